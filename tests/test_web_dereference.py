"""Every IRI of ours is an address: it answers in RDF that speaks of it, and as a page."""

import pyoxigraph
import pytest
from approve import SNAPSHOT

from allograph import __version__
from allograph.namespaces import BASE
from allograph.rdf.formats import formats_for
from allograph.rdf.vocabularies import DCTERMS, OWL

TURTLE, HTML = "text/turtle", "text/html"
REPLACED = {
    node.iri: node.value(DCTERMS.isReplacedBy)
    for node in SNAPSHOT.loaded.nodes.having(OWL.deprecated)
}


def address_of(iri):
    return "/" + iri.removeprefix(BASE)


def iris_in(response):
    syntax = pyoxigraph.RdfFormat.from_media_type(response.mimetype)
    return {
        term.value
        for quad in pyoxigraph.parse(response.data, syntax)
        for term in quad.triple
        if isinstance(term, pyoxigraph.NamedNode)
    }


@pytest.mark.slow
def test_every_subject_of_the_release_answers_in_rdf_that_speaks_of_it_and_as_a_page(client, whole):
    parts = {}
    for quad in whole:
        document = quad.subject.value.partition("#")[0]
        parts.setdefault(document, set()).add(quad.subject.value)
    assert {f"{BASE}flag", f"{BASE}flag/inferred", f"{BASE}prefixes", f"{BASE}borrowed"} <= set(
        parts
    )
    for document, subjects in parts.items():
        for accept in (TURTLE, HTML):
            response = client.get(
                address_of(document), headers={"Accept": accept}, follow_redirects=True
            )
            assert (response.status_code, response.mimetype) == (200, accept), document
            if accept == TURTLE and document not in REPLACED:
                assert subjects <= iris_in(response), document


@pytest.mark.slow
def test_every_named_graph_answers_with_its_triples_and_leads_a_browser_to_a_page(client, whole):
    for graph in {quad.graph_name.value for quad in whole}:
        for accept in (TURTLE, HTML):
            response = client.get(
                address_of(graph), headers={"Accept": accept}, follow_redirects=True
            )
            assert (response.status_code, response.mimetype) == (200, accept), graph


@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
@pytest.mark.parametrize("of", ["flag", "outcome", "study", "prefixes", "borrowed"])
def test_a_list_and_a_file_of_the_ontology_come_by_suffix_and_by_accept_header(client, of, format):
    by_suffix = client.get(f"/{of}.{format.name}", headers={"Accept": HTML})
    by_header = client.get(f"/{of}", headers={"Accept": format.media_type})
    assert by_suffix.mimetype == by_header.mimetype == format.media_type
    assert by_suffix.data == by_header.data


def test_the_graph_of_a_record_comes_by_suffix_and_leads_a_browser_to_its_page(client):
    assert client.get("/graph/study/ino-vate.ttl").mimetype == TURTLE
    assert client.get("/graph/study/none.ttl").status_code == 404
    response = client.get("/graph/study/ino-vate", headers={"Accept": HTML})
    assert (response.status_code, response.headers["Location"]) == (303, "/study/ino-vate")
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize("name", ["//example.org", "/example.org/x", "study/none"])
def test_no_graph_leads_a_browser_away_from_here(client, name):
    response = client.get(f"/graph/{name}", headers={"Accept": HTML}, follow_redirects=True)
    assert response.status_code == 404


def test_the_version_of_the_ontology_leads_to_it_and_another_is_not_found(client):
    response = client.get(f"/ontology/{__version__}", headers={"Accept": TURTLE})
    assert (response.status_code, response.headers["Location"]) == (303, "/ontology")
    assert client.get("/ontology/0.0.1").status_code == 404


def test_a_deprecated_record_leads_for_good_to_what_took_its_place_and_keeps_the_suffix(client):
    assert REPLACED
    for old, new in REPLACED.items():
        if "#" in old:
            continue
        for suffix in ("", ".ttl", ".jsonld"):
            response = client.get(address_of(old) + suffix)
            assert response.status_code == 301
            assert response.headers["Location"] == address_of(new) + suffix


def test_a_deprecated_record_is_in_no_list_and_stays_in_the_downloads(client, release):
    listed = client.get("/drug", headers={"Accept": HTML}).text
    whole = (release.exports / "allograph.nt").read_text()
    for old in REPLACED:
        assert f'href="{address_of(old)}"' not in listed
        assert f"<{old}> <{OWL.deprecated}>" in whole


def test_an_address_with_a_suffix_below_nothing_is_not_found(client):
    assert client.get("/nothing.ttl").status_code == 404
    assert client.get("/flag.parquet").status_code == 404
