"""Answers that are easily made wrong: a triple in two graphs, a text that reads like a formula."""

import csv
import io
import json

import pytest

from allograph.rdf.store import write_store
from allograph.rdf.terms import Literal, NamedNode, Quad
from allograph.service.live import serve_release
from allograph.settings import Settings

A, B, S, P = (NamedNode(f"http://example.org/{name}") for name in "absp")
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x.example")')


@pytest.fixture(scope="module")
def client(release, tmp_path_factory):
    """The service over a store with one triple in two graphs."""
    store = tmp_path_factory.mktemp("two-graphs") / "store"
    write_store(store, [Quad(S, P, Literal("1"), graph) for graph in (A, B)])
    served = serve_release(Settings(workers=1, store=str(store)), release)
    yield served.app.test_client()
    served.pool.close()


def test_a_triple_in_two_graphs_is_counted_once_in_the_default_graph_of_the_store(client):
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    answer = client.get("/sparql", buffered=True, query_string={"query": query})
    (row,) = json.loads(answer.data)["results"]["bindings"]
    assert row["n"]["value"] == "1"


@pytest.mark.parametrize("clauses", ["FROM {a} FROM {b}", "FROM {a} FROM {b} FROM {a}"])
def test_a_triple_in_two_graphs_is_counted_once(client, clauses):
    clauses = clauses.format(a=A, b=B)
    query = f"SELECT (COUNT(*) AS ?n) {clauses} WHERE {{ ?s ?p ?o }}"
    answer = client.get("/sparql", buffered=True, query_string={"query": query})
    (row,) = json.loads(answer.data)["results"]["bindings"]
    assert row["n"]["value"] == "1"


def test_a_triple_in_two_graphs_that_the_request_names_is_counted_once(client):
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    arguments = [("query", query), *(("default-graph-uri", graph.value) for graph in (A, B))]
    answer = client.get(
        "/sparql", buffered=True, query_string=arguments, headers={"Accept": "text/csv"}
    )
    assert answer.text.split() == ["n", "1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_holds_each_text_as_it_is_as_the_standard_says(client, text):
    """SPARQL 1.1 Query Results CSV, section 3: a spreadsheet is told what to make of it."""
    written = text.replace('"', '\\"').replace("\t", "\\t")
    query = {"query": f'SELECT ("{written}" AS ?x) {{}}'}
    answer = client.get(
        "/sparql", buffered=True, query_string=query, headers={"Accept": "text/csv"}
    )
    assert list(csv.reader(io.StringIO(answer.text))) == [["x"], [text]]
