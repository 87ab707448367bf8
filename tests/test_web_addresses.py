"""The other promised addresses: search, ontology, downloads, graph store, doubts, probes, API."""

import csv
import gzip
import json
import re
from hashlib import sha256
from io import StringIO

import pyoxigraph
import pytest
from approve import QUESTIONS, SNAPSHOT, SOURCES
from doubt_pages import HTML, all_pages
from openapi_spec_validator import validate

from allograph.curated.sources import Part
from allograph.namespaces import BASE
from allograph.rdf.formats import formats_for
from allograph.rdf.nodes import Nodes
from allograph.rdf.vocabularies import AG, RDF

EXPORTS = [f"allograph.{format.name}" for format in formats_for("graph", "dataset")]


def triples_in(response, media_type="text/turtle"):
    syntax = pyoxigraph.RdfFormat.from_media_type(media_type)
    return {quad.triple for quad in pyoxigraph.parse(response.data, syntax)}


def objects_of(triples):
    return {getattr(triple.object, "value", None) for triple in triples}


def test_the_home_page_leads_to_the_studies_and_the_questions(client, release):
    page = client.get("/").text
    studies = client.get("/study", headers={"Accept": "text/html"}).text
    assert 'href="/study"' in page
    for study in SOURCES.graph.glob("study/*.ttl"):
        assert f'href="/study/{study.stem}"' in studies
    questions = client.get("/questions", headers={"Accept": "text/html"}).text
    for name in QUESTIONS:
        assert f'href="/questions/{name}"' in questions
        assert f'href="/questions/{name}"' in page
    assert release.id in page
    assert release.manifest["issued"] in page
    assert 'role="search"' in page


def test_the_ontology_page_has_an_anchor_for_each_term(client):
    page = client.get("/ontology", headers={"Accept": "text/html"}).text
    prefix = f"{BASE}ontology#"
    terms = {
        quad.subject.value.removeprefix(prefix)
        for quad in SNAPSHOT.loaded.quads
        if quad.subject.value.startswith(prefix)
    }
    assert {"Study", "value"} < terms
    for term in terms:
        assert f'id="{term}"' in page


def test_the_ontology_and_the_shapes_are_served_as_they_were_written(client):
    ontology, shapes = client.get("/ontology.ttl"), client.get("/shapes.ttl")
    assert ontology.mimetype == shapes.mimetype == "text/turtle"
    assert (SOURCES.ontology / "allograph.ttl").read_text() in ontology.text
    for path in SOURCES.files(Part.SHAPES):
        assert path.read_text() in shapes.text
    assert len(triples_in(ontology)) > 500
    assert len(triples_in(shapes)) > 500


@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_the_ontology_comes_as_rdf_by_accept_header(client, format):
    response = client.get("/ontology", headers={"Accept": format.media_type})
    assert response.mimetype == format.media_type
    subjects = {triple.subject.value for triple in triples_in(response, format.media_type)}
    assert f"{BASE}ontology#Study" in subjects


@pytest.mark.parametrize("name", [name + end for name in EXPORTS for end in ("", ".gz")])
def test_each_export_is_downloaded_whole_with_the_digest_of_the_manifest(client, release, name):
    response = client.get(f"/download/{name}")
    digest = release.manifest["exports"][name]["sha256"]
    assert response.status_code == 200
    assert sha256(response.data).hexdigest() == digest
    assert response.headers["ETag"] == f'"{digest}"'
    assert response.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert int(response.headers["Content-Length"]) == release.manifest["exports"][name]["bytes"]
    again = client.get(f"/download/{name}", headers={"If-None-Match": f'"{digest}"'})
    assert (again.status_code, again.data) == (304, b"")


def test_a_compressed_export_holds_the_plain_one(client):
    plain = client.get("/download/allograph.nq")
    packed = client.get("/download/allograph.nq.gz")
    assert plain.mimetype == "application/n-quads"
    assert packed.mimetype == "application/gzip"
    assert gzip.decompress(packed.data) == plain.data


def test_the_download_page_gives_size_and_digest_of_each_export(client, release):
    page = client.get("/download").text
    for name, file in release.manifest["exports"].items():
        assert f'href="/download/{name}"' in page
        assert file["sha256"] in page


@pytest.mark.parametrize("name", ["allograph.zip", "..%2Fmanifest.json", "%2e%2e/manifest.json"])
def test_only_exports_can_be_downloaded(client, name):
    assert client.get(f"/download/{name}").status_code == 404


def test_the_graph_store_gives_a_named_graph(client):
    graph = f"{BASE}graph/study/ino-vate"
    served = triples_in(client.get("/store", query_string={"graph": graph}))
    curated = {quad.triple for quad in SNAPSHOT.loaded.quads if quad.graph_name.value == graph}
    assert len(served) == len(curated)


def test_the_graph_store_gives_the_default_graph_with_each_triple_once(client, whole):
    served = client.get("/store?default", headers={"Accept": "application/n-triples"})
    lines = served.text.splitlines()
    assert len(lines) == len(set(lines)) == len({quad.triple for quad in whole})


def test_the_graph_store_answers_head_and_refuses_writes(client):
    assert client.head("/store?default").headers["Content-Type"].startswith("text/turtle")
    for method in (client.put, client.post, client.delete):
        response = method("/store?default")
        assert response.status_code == 405
        assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_the_graph_store_knows_only_the_graphs_that_there_are(client):
    assert client.get("/store?graph=http://nowhere.example/").status_code == 404
    assert client.get("/store?graph=not an iri").status_code == 400
    assert client.get("/store").status_code == 400
    assert client.get("/store?default&graph=http://nowhere.example/").status_code == 400


def test_the_doubts_are_all_the_flags_of_the_graph(client, whole):
    """Those that were written and those that follow; of a place, at what is printed there."""
    nodes = Nodes(quad.triple for quad in whole)
    flagged = {
        (node.iri, flag)
        for node in nodes.having("flag")
        for flag in node.iris("flag")
        if AG.CitedPlace not in node.iris(RDF.type)
    }
    assert {(node, flag) for node, flag in flagged if flag == f"{BASE}flag/excerpt-only"}
    rows = list(csv.DictReader(StringIO(client.get("/quality.csv").text)))
    assert {(row["part"], row["flag"]) for row in rows if row["flag"]} == flagged
    page = "".join(all_pages(client))
    for part, _flag in flagged:
        assert f'href="{part.replace(BASE, "/")}"' in page
    for flag in {flag for _part, flag in flagged}:
        found = client.get(f"/quality?f.doubt={flag.rpartition('/')[2]}", headers=HTML).text
        parts = [part.replace(BASE, "/") for part, other in flagged if other == flag]
        assert any(f'href="{part}"' in found for part in parts), flag


def test_the_doubts_come_as_json_too(client):
    response = client.get("/quality.json")
    assert response.get_json(force=True)["results"]["bindings"]


def test_void_describes_the_dataset_that_is_served(client, release):
    objects = objects_of(triples_in(client.get("/.well-known/void")))
    assert release.id in objects
    assert f"{BASE}download/allograph.ttl" in objects


def test_the_examples_are_the_questions(client):
    triples = triples_in(client.get("/.well-known/sparql-examples"))
    assert {question.text for question in QUESTIONS.values()} <= objects_of(triples)


@pytest.mark.parametrize("address", ["/.well-known/void", "/.well-known/sparql-examples"])
@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_the_descriptions_come_in_every_rdf_format(client, address, format):
    response = client.get(address, headers={"Accept": format.media_type})
    assert response.mimetype == format.media_type
    assert triples_in(response, format.media_type) == triples_in(client.get(address))


def test_the_openapi_document_is_valid(client):
    validate(client.get("/openapi.json").get_json())


def test_the_openapi_document_holds_every_route_and_every_question(client, app):
    paths = client.get("/openapi.json").get_json()["paths"]
    for name, question in QUESTIONS.items():
        parameters = paths[f"/questions/{name}"]["get"]["parameters"]
        named = {item["name"] for item in parameters}
        assert named == {item.name for item in question.parameters} | {
            "release",
            "limit",
            "offset",
            "sort",
            "retellings",
            "columns",
            "page",
            "colours",
            "width",
        }
        suffixes = paths[f"/questions/{name}.{{suffix}}"]["get"]["parameters"][0]["schema"]["enum"]
        assert {format.name for format in formats_for("solutions")} <= set(suffixes)
    routes = {rule.rule for rule in app.url_map.iter_rules() if "<" not in rule.rule}
    assert routes <= set(paths)


@pytest.mark.slow
def test_the_openapi_document_offers_what_the_address_answers_with(client):
    paths = client.get("/openapi.json").get_json()["paths"]
    for path in ("/questions/figures", "/questions/median-survival"):
        for media_type in paths[path]["get"]["responses"]["200"]["content"]:
            response = client.get(path, headers={"Accept": media_type})
            assert response.mimetype == media_type
    assert "svg" in str(paths["/questions/median-survival.{suffix}"])


def test_the_openapi_document_names_the_refusals_of_queries_at_the_endpoint_alone(client):
    paths = client.get("/openapi.json").get_json()["paths"]
    for method in ("get", "post"):
        assert {"403", "415"} <= set(paths["/sparql"][method]["responses"])
    assert not {"403", "415"} & set(paths["/quality"]["get"]["responses"])


def test_the_interface_page_shows_every_path(client):
    shown = set(re.findall(r"<code>(/[^<]*)</code>", client.get("/docs").text))
    for path in client.get("/openapi.json").get_json()["paths"]:
        assert {path, path.removesuffix(".{suffix}")} & shown


def test_the_probes_answer_and_are_never_kept(client, release):
    for address in ("/health", "/ready", "/metrics"):
        assert client.get(address).headers["Cache-Control"] == "no-store"
    assert client.get("/health").text == "ok\n"
    assert release.id in client.get("/ready").text


def test_the_metrics_count_requests_and_time_queries(client):
    def count(line):
        text = client.get("/metrics").text
        return sum(float(row.split()[-1]) for row in text.splitlines() if row.startswith(line))

    answered = 'allograph_requests_total{endpoint="sparql.query_by_get",status="200"}'
    requests, queries = count(answered), count("allograph_query_seconds_count")
    client.get("/sparql?query=ASK%20%7B%7D")
    assert count(answered) == requests + 1
    assert count("allograph_query_seconds_count") == queries + 1


def test_problems_are_described_in_the_openapi_document(client):
    document = client.get("/openapi.json").get_json()
    problem = json.loads(client.get("/questions/figures?dose=5").data)
    assert set(document["components"]["schemas"]["Problem"]["required"]) <= set(problem)
