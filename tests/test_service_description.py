"""SPARQL 1.1 Service Description: what the endpoint says of itself, and whether it is true.

https://www.w3.org/TR/sparql11-service-description/, asked of a running server at ``/sparql``.
"""

import pytest
import rdflib
from over_http import get
from rdflib.namespace import RDF

from allograph.namespaces import BASE
from allograph.rdf.formats import FORMATS, formats_for

SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
W3C_FORMATS = rdflib.Namespace("http://www.w3.org/ns/formats/")
TURTLE = "text/turtle"
STUDY_GRAPH = f"{BASE}graph/study/ino-vate"
COUNT = "SELECT (COUNT(*) AS ?count) { { SELECT DISTINCT ?s ?p ?o { PATTERN } } }"


@pytest.fixture(scope="module")
def description(server):
    reply = get(server, "/sparql", accept=TURTLE)
    return rdflib.Graph().parse(data=reply.body, format="turtle")


@pytest.fixture(scope="module")
def service(description):
    [service] = description.subjects(RDF.type, SD.Service)
    return service


@pytest.fixture(scope="module")
def dataset(description, service):
    [dataset] = description.objects(service, SD.defaultDataset)
    return dataset


def solutions(server, query):
    return get(server, "/sparql", {"query": query}).json["results"]["bindings"]


def count(server, pattern):
    [row] = solutions(server, COUNT.replace("PATTERN", pattern))
    return int(row["count"]["value"])


# 2: "should return a service description when dereferenced by GET without any query parameters"


@pytest.mark.slow
@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_the_service_describes_itself_in_every_rdf_syntax(server, description, format, path):
    reply = get(server, path, accept=format.media_type)
    assert (reply.status, reply.media_type) == (200, format.media_type)
    syntax = "json-ld" if format.name == "jsonld" else format.media_type
    assert set(rdflib.Graph().parse(data=reply.body, format=syntax)) == set(description)


@pytest.mark.slow
@pytest.mark.parametrize("accept", [None, "*/*", "text/csv, text/turtle;q=0.1"])
def test_the_description_is_turtle_unless_another_syntax_is_preferred(server, accept):
    reply = get(server, "/sparql", accept=accept)
    assert (reply.status, reply.media_type) == (200, TURTLE)


@pytest.mark.parametrize("accept", ["text/csv", "application/sparql-results+json", "image/png"])
def test_a_description_in_what_is_no_rdf_is_refused_with_what_is_offered(server, accept):
    reply = get(server, "/sparql", accept=accept)
    assert reply.status == 406
    assert {format.media_type for format in formats_for("graph")} <= set(reply.json["offered"])


def test_a_browser_is_shown_a_form_instead(server):
    reply = get(server, "/sparql", accept="text/html,application/xhtml+xml,*/*;q=0.8")
    assert (reply.status, reply.media_type) == (200, "text/html")
    assert "<form" in reply.text


@pytest.mark.slow
def test_head_answers_as_get_does_without_a_body(server):
    whole, head = (
        get(server, "/sparql", method=method, accept=TURTLE) for method in ("GET", "HEAD")
    )
    assert (head.status, head.body) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


# 3: what is said is true


def test_the_endpoint_is_the_address_that_was_asked(server, description, service):
    assert list(description.objects(service, SD.endpoint)) == [rdflib.URIRef(f"{server}/sparql")]
    assert solutions(server, "SELECT (1 AS ?x) {}") != []


def test_the_language_is_sparql_1_1_query_and_no_update(description, service):
    assert set(description.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query}


def test_the_default_graph_is_the_union_of_the_named_graphs_as_the_features_say(
    server, description, service
):
    assert (service, SD.feature, SD.UnionDefaultGraph) in description
    everything = count(server, "?s ?p ?o")
    assert count(server, "GRAPH ?g { ?s ?p ?o }") == everything
    both = "?s ?p ?o . GRAPH ?g { ?s ?p ?o }"
    assert count(server, both) == everything


def test_no_feature_is_claimed_that_is_refused_or_missing(description, service):
    features = set(description.objects(service, SD.feature))
    assert features == {SD.UnionDefaultGraph}


def test_no_feature_hides_that_graphs_are_never_fetched_and_service_is_refused(server):
    """The features that are not claimed: DereferencesURIs, BasicFederatedQuery, EmptyGraphs."""
    assert solutions(server, f"SELECT * FROM <{server}/study/ino-vate.ttl> {{ ?s ?p ?o }}") == []
    refused = "ASK { SERVICE <http://127.0.0.1:9/> {} }"
    assert get(server, "/sparql", {"query": refused}).status == 403


def test_the_result_formats_are_named_by_their_iris_at_the_w3c(description, service):
    named = set(description.objects(service, SD.resultFormat))
    assert {
        W3C_FORMATS[name]
        for name in (
            "SPARQL_Results_JSON",
            "SPARQL_Results_XML",
            "SPARQL_Results_CSV",
            "SPARQL_Results_TSV",
            "Turtle",
            "N-Triples",
            "RDF_XML",
            "JSON-LD",
            "TriG",
            "N-Quads",
        )
    } == named


@pytest.mark.parametrize(
    "format", [format for format in FORMATS if format.iri], ids=lambda format: format.name
)
def test_every_result_format_that_is_named_is_sent(server, description, service, format):
    assert (service, SD.resultFormat, rdflib.URIRef(format.iri)) in description
    query = "ASK {}" if format.kind == "solutions" else "CONSTRUCT { ?s a 1 } { BIND(<x:s> AS ?s) }"
    reply = get(server, "/sparql", {"query": query}, accept=format.media_type)
    assert (reply.status, reply.media_type) == (200, format.media_type)


def test_the_default_dataset_has_one_default_graph(description, dataset):
    assert (dataset, RDF.type, SD.Dataset) in description
    [graph] = description.objects(dataset, SD.defaultGraph)
    assert (graph, RDF.type, SD.Graph) in description


def test_the_named_graphs_are_those_of_the_store(server, description, dataset):
    nodes = set(description.objects(dataset, SD.namedGraph))
    assert all((node, RDF.type, SD.NamedGraph) in description for node in nodes)
    names = [str(name) for node in nodes for name in description.objects(node, SD.name)]
    rows = solutions(server, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")
    assert sorted(names) == sorted(row["g"]["value"] for row in rows)
    assert len(nodes) == len(names)
    assert STUDY_GRAPH in names


def test_no_node_of_the_description_is_blank(description):
    assert not any(isinstance(term, rdflib.BNode) for triple in description for term in triple)


def test_every_term_of_the_vocabulary_is_one_that_the_vocabulary_has(description):
    used = {term for triple in description for term in triple if str(term).startswith(str(SD))}
    known = {
        "Dataset Graph NamedGraph SPARQL11Query Service UnionDefaultGraph defaultDataset "
        "defaultGraph endpoint feature name namedGraph resultFormat supportedLanguage"
    }
    assert used <= {SD[name] for names in known for name in names.split()}
