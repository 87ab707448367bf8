"""The clients that people use, against a running server: SPARQLWrapper, rdflib, pandas, curl."""

import json
import re
import subprocess
from urllib.error import HTTPError

import pandas
import pytest
import rdflib
from approve import SNAPSHOT, SOURCES
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, RDFXML, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed
from tools import peer

from allograph.checks.check import Checked
from allograph.namespaces import BASE
from allograph.service.live import serve_release
from allograph.settings import Settings

STUDY = rdflib.URIRef(f"{BASE}study/ino-vate")
STUDIES = f"SELECT ?study WHERE {{ ?study a <{BASE}ontology#Study> }} ORDER BY ?study"
STUDY_IRIS = sorted(f"{BASE}study/{path.stem}" for path in SOURCES.graph.glob("study/*.ttl"))

with_curl = peer("curl")


def curl(*arguments):
    """Run curl; return what it wrote."""
    done = subprocess.run(["curl", "-sS", *arguments], capture_output=True, check=True)
    return done.stdout.decode()


def wrapper(server, query, return_format):
    request = SPARQLWrapper(f"{server}/sparql")
    request.setQuery(query)
    request.setReturnFormat(return_format)
    return request


@pytest.mark.parametrize(("method", "how"), [(GET, None), (POST, None), (POST, POSTDIRECTLY)])
def test_sparqlwrapper_sends_a_query_in_each_way(server, method, how):
    request = wrapper(server, STUDIES, JSON)
    request.setMethod(method)
    if how:
        request.setRequestMethod(how)
    rows = request.queryAndConvert()["results"]["bindings"]
    assert [row["study"]["value"] for row in rows] == STUDY_IRIS


def test_sparqlwrapper_reads_xml_and_csv(server):
    document = wrapper(server, STUDIES, XML).queryAndConvert()
    assert len(document.getElementsByTagName("result")) == len(STUDY_IRIS)
    text = wrapper(server, STUDIES, CSV).queryAndConvert().decode()
    assert text.split() == ["study", *STUDY_IRIS]


@pytest.mark.parametrize(("return_format", "syntax"), [(TURTLE, "turtle"), (RDFXML, "xml")])
def test_sparqlwrapper_reads_triples(server, return_format, syntax):
    body = wrapper(server, f"DESCRIBE <{STUDY}>", return_format).query().response.read()
    graph = rdflib.Graph().parse(data=body, format=syntax)
    assert (STUDY, rdflib.RDF.type, rdflib.URIRef(f"{BASE}ontology#Study")) in graph


def test_sparqlwrapper_learns_of_a_mistake_with_its_line_and_column(server):
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrapper(server, "SELECT * { ?s ?p }", JSON).query()


def test_rdflib_queries_the_service_as_a_store(server):
    graph = rdflib.Graph(SPARQLStore(f"{server}/sparql"))
    assert [str(row.study) for row in graph.query(STUDIES)] == STUDY_IRIS
    assert (STUDY, rdflib.RDF.type, rdflib.URIRef(f"{BASE}ontology#Study")) in graph


def test_rdflib_reads_a_record_from_its_address(server):
    graph = rdflib.Graph().parse(f"{server}/study/ino-vate")
    assert (STUDY, rdflib.RDF.type, rdflib.URIRef(f"{BASE}ontology#Study")) in graph


@pytest.mark.slow
def test_rdflib_reads_the_download_and_it_is_what_was_loaded(server):
    graph = rdflib.Graph().parse(f"{server}/download/allograph.ttl", format="turtle")
    assert len(graph) == len({quad.triple for quad in Checked(SNAPSHOT).quads})


def test_pandas_reads_a_question(server):
    table = pandas.read_csv(f"{server}/questions/figures.csv?study=ino-vate&study=ino-children")
    assert set(table["study"]) == {"ino-vate", "ino-children"}
    assert table["value"].dtype == float
    assert table["reported_as"].notna().all()


def test_pandas_is_told_of_a_wrong_argument(server):
    with pytest.raises(HTTPError, match="400"):
        pandas.read_csv(f"{server}/questions/figures.csv?dose=5")


@with_curl
def test_curl_asks_a_question_and_a_query(server):
    figures = curl(f"{server}/questions/figures.csv?study=mini-hcvd-ino")
    assert "44 patients (92%)" in figures
    answer = curl(
        f"{server}/sparql", "--data-urlencode", f"query={STUDIES}", "-H", "Accept: text/csv"
    )
    assert answer.split()[1:] == STUDY_IRIS


@with_curl
def test_curl_follows_an_entity_tag(server, tmp_path):
    address, tag = f"{server}/questions/figures.csv", tmp_path / "tag"
    status = ["-o", str(tmp_path / "answer"), "-w", "%{http_code}"]
    assert curl(address, "--etag-save", str(tag), *status) == "200"
    assert curl(address, "--etag-compare", str(tag), *status) == "304"


@with_curl
def test_curl_is_told_what_is_offered(server):
    problem = json.loads(curl(f"{server}/study/ino-vate", "-H", "Accept: image/png"))
    assert problem["status"] == 406
    assert "text/turtle" in problem["offered"]


OF_RELEASE = re.compile(rb'data-release="[^"]*"')
"""What a page prints in its foot; of a store elsewhere no release is known."""


@pytest.mark.slow
def test_the_service_shows_the_same_over_an_endpoint_elsewhere(server, release, client):
    settings = Settings(store=f"{server}/sparql", workers=1)
    elsewhere = serve_release(settings, release)
    elsewhere.app.test_client_class = type(client)
    for address in ("/", "/study/ino-vate", "/study/ino-vate.nt", "/quality.csv", "/search?q=InO"):
        shown = elsewhere.app.test_client().get(address).data
        assert OF_RELEASE.sub(b"", shown) == OF_RELEASE.sub(b"", client.get(address).data)
    elsewhere.pool.close()
