"""SPARQL 1.1 Protocol, section 2.1.4: the RDF dataset that a query is executed against.

https://www.w3.org/TR/sparql11-protocol/#dataset, asked of a running server over HTTP.
"""

from urllib.parse import quote

import pytest
from over_http import by_form, by_get, directly, get, post_form, send

from allograph.namespaces import BASE

COUNT = "SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }"
COUNT_NAMED = "SELECT (COUNT(*) AS ?count) WHERE { GRAPH ?g { ?s ?p ?o } }"
GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
ONE = f"{BASE}graph/study/ino-vate"
OTHER = f"{BASE}graph/study/mini-hcvd-ino"
NOWHERE = "http://nowhere.example/graph"
EACH_WAY = pytest.mark.parametrize("way", [by_get, by_form, directly])


def count_of(reply):
    assert reply.status == 200, reply.text[:300]
    [row] = reply.json["results"]["bindings"]
    return int(row["count"]["value"])


def graphs_of(reply):
    assert reply.status == 200, reply.text[:300]
    return [row["g"]["value"] for row in reply.json["results"]["bindings"]]


@pytest.fixture(scope="module")
def sizes(whole):
    """How many triples each named graph has, and how many there are in all."""
    triples = {}
    for quad in whole:
        triples.setdefault(quad.graph_name.value, set()).add(quad.triple)
    sizes = {graph: len(of_graph) for graph, of_graph in triples.items()}
    return {**sizes, None: len(set().union(*triples.values()))}


def test_parameters_may_come_in_any_order(server, sizes):
    arguments = [("query", COUNT), ("default-graph-uri", ONE)]
    for in_order in (arguments, arguments[::-1]):
        assert count_of(get(server, "/sparql", in_order)) == sizes[ONE]
        assert count_of(post_form(server, "/sparql", in_order)) == sizes[ONE]


def test_a_dataset_in_the_url_is_not_ignored_when_the_query_comes_in_a_form(server, sizes):
    target = f"/sparql?default-graph-uri={quote(ONE)}"
    reply = send(
        server,
        "POST",
        target,
        f"query={quote(COUNT)}",
        content_type="application/x-www-form-urlencoded",
    )
    assert reply.status == 400 or count_of(reply) == sizes[ONE]


@EACH_WAY
def test_without_a_dataset_the_default_one_is_asked(server, sizes, way):
    assert count_of(way(server, COUNT)) == sizes[None]
    assert graphs_of(way(server, GRAPHS)) == sorted(graph for graph in sizes if graph)


@EACH_WAY
def test_a_default_graph_uri_names_the_whole_default_graph(server, sizes, way):
    dataset = [("default-graph-uri", ONE)]
    assert count_of(way(server, COUNT, dataset)) == sizes[ONE]
    assert graphs_of(way(server, GRAPHS, dataset)) == []


@EACH_WAY
def test_several_default_graph_uris_are_merged(server, sizes, way):
    dataset = [("default-graph-uri", ONE), ("default-graph-uri", OTHER)]
    assert count_of(way(server, COUNT, dataset)) == sizes[ONE] + sizes[OTHER]


@EACH_WAY
def test_a_graph_that_is_named_twice_is_merged_once(server, sizes, way):
    assert count_of(way(server, COUNT, [("default-graph-uri", ONE)] * 2)) == sizes[ONE]


@pytest.mark.parametrize(
    "clauses",
    [
        f"FROM <{ONE}>" * 2,
        f"FROM <{ONE}> FROM <{ONE}>",
        f"FROM <{ONE}> FROM NAMED <{OTHER}> FROM <{ONE}>",
    ],
)
def test_a_graph_that_a_query_names_twice_is_merged_once(server, sizes, clauses):
    assert count_of(by_get(server, COUNT.replace("WHERE", f"{clauses} WHERE"))) == sizes[ONE]


def test_a_graph_is_the_same_by_its_iri_and_by_a_prefixed_name(server, sizes):
    prefix, _, local = ONE.rpartition("/")
    clauses = f"FROM <{ONE}> FROM one:{local}"
    query = f"PREFIX one: <{prefix}/> {COUNT.replace('WHERE', f'{clauses} WHERE')}"
    assert count_of(by_get(server, query)) == sizes[ONE]


@EACH_WAY
def test_named_graph_uris_are_all_the_named_graphs_and_leave_the_default_graph_empty(
    server, sizes, way
):
    dataset = [("named-graph-uri", OTHER), ("named-graph-uri", ONE)]
    assert graphs_of(way(server, GRAPHS, dataset)) == sorted([ONE, OTHER])
    assert count_of(way(server, COUNT_NAMED, dataset)) == sizes[ONE] + sizes[OTHER]
    assert count_of(way(server, COUNT, dataset)) == 0


@EACH_WAY
def test_default_and_named_graphs_make_one_dataset(server, sizes, way):
    dataset = [("default-graph-uri", ONE), ("named-graph-uri", OTHER)]
    assert count_of(way(server, COUNT, dataset)) == sizes[ONE]
    assert graphs_of(way(server, GRAPHS, dataset)) == [OTHER]


def test_from_and_from_named_hold_when_the_request_names_no_dataset(server, sizes):
    clauses = f"FROM <{ONE}> FROM NAMED <{OTHER}> WHERE"
    assert count_of(by_get(server, COUNT.replace("WHERE", clauses))) == sizes[ONE]
    assert graphs_of(by_get(server, GRAPHS.replace("WHERE", clauses))) == [OTHER]


@EACH_WAY
@pytest.mark.parametrize(
    ("dataset", "default", "named"),
    [
        ([("default-graph-uri", ONE)], ONE, []),
        ([("named-graph-uri", ONE)], 0, [ONE]),
        ([("default-graph-uri", ONE), ("named-graph-uri", ONE)], ONE, [ONE]),
    ],
)
def test_the_dataset_of_the_request_overrides_the_one_of_the_query(
    server, sizes, way, dataset, default, named
):
    clauses = f"FROM <{OTHER}> FROM NAMED <{OTHER}> WHERE"
    assert count_of(way(server, COUNT.replace("WHERE", clauses), dataset)) == sizes.get(default, 0)
    assert graphs_of(way(server, GRAPHS.replace("WHERE", clauses), dataset)) == named


@EACH_WAY
def test_an_unknown_graph_is_empty(server, way):
    assert count_of(way(server, COUNT, [("default-graph-uri", NOWHERE)])) == 0
    assert graphs_of(way(server, GRAPHS, [("named-graph-uri", NOWHERE)])) == []
    assert count_of(way(server, COUNT.replace("WHERE", f"FROM <{NOWHERE}> WHERE"))) == 0
    assert graphs_of(way(server, GRAPHS.replace("WHERE", f"FROM NAMED <{NOWHERE}> WHERE"))) == []


@pytest.mark.parametrize("iri", ["", "not an iri", "study/ino-vate", "http://a.example/<b>"])
@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_uri_that_is_no_absolute_iri_is_a_bad_request(server, name, iri):
    reply = by_get(server, COUNT, [(name, iri)])
    assert (reply.status, reply.media_type) == (400, "application/problem+json")
