"""A name in a query that stands nowhere is told, with the nearest name that is known."""

from dataclasses import replace
from functools import partial

import pytest

from allograph.namespaces import BASE
from allograph.rdf.store import OxigraphStore
from allograph.reading.graph import Graph
from allograph.reading.reader import Reader
from allograph.reading.starters import STARTERS
from allograph.reading.unknown_terms import (
    LONGEST_QUERY,
    names_in,
    standing_in,
    unknown_terms,
)

CSV = {"Accept": "text/csv"}


@pytest.fixture(scope="module")
def reader(release):
    store = OxigraphStore.on_disk(release.store)
    return Reader(release, store, release.questions, release.namespaces)


def declared(reader, body):
    """A query with all prefixes of ours."""
    prefixes = (f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in reader.namespaces.items())
    return "".join(prefixes) + body


def told(reader, body):
    found = unknown_terms(reader, declared(reader, body), partial(standing_in, reader.store))
    return [str(unknown) for unknown in found]


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        ("?r ag:numertor ?n", "ag:numertor is no term of the ontology; did you mean ag:numerator?"),
        ("?r a ag:study", "ag:study is no class; did you mean ag:Study?"),
        ("?r a ag:Studdy", "ag:Studdy is no term of the ontology; did you mean ag:Study?"),
        ("?r ag:lable ?n", "ag:lable is no term of the ontology; did you mean rdfs:label?"),
        ("?r rdfs:labl ?n", "rdfs:labl stands in no triple here; did you mean rdfs:label?"),
        ("?r skos:altlabel ?n", "did you mean skos:altLabel?"),
        ("?r ag:outcome outcome:complete-remision", "did you mean outcome:complete-remission?"),
        ("?r ag:outcome outcome:os", "did you mean outcome:overall-survival?"),
        ("?r ag:drug drug:ino", "did you mean drug:inotuzumab-ozogamicin?"),
        ("?r ag:outcome ag:complete-remission", "did you mean outcome:complete-remission?"),
        (f"<{BASE}study/ino-vat> ?p ?o", f"<{BASE}study/ino-vat> stands in no triple here; did"),
        ("?r ag:flibbertigibbet ?n", "ag:flibbertigibbet is no term of the ontology."),
        (f"GRAPH <{BASE}graph/study/no> {{ ?s ?p ?o }}", "study/no> stands in no triple here"),
    ],
)
def test_the_nearest_name_is_told(reader, pattern, sentence):
    assert sentence in " ".join(told(reader, f"SELECT * {{ {pattern} }}"))


@pytest.mark.parametrize(
    "body",
    [
        "SELECT * { ?r a ag:Result ; ag:outcome outcome:complete-remission }",
        f"SELECT * {{ <{BASE}study/ino-vate#ino> ?p ?o }}",
        f"SELECT * {{ GRAPH <{BASE}graph/study/ino-vate> {{ ?s ?p ?o }} }}",
        "CONSTRUCT { ?r ag:mine ?o } WHERE { ?r ag:outcome ?o }",
        'SELECT * { ?r ag:value ?v FILTER(xsd:integer(?v) = "1"^^xsd:integer) }',
        "SELECT * { ?r rdfs:label 'ag:numertor' } # ag:numertor",
        r"SELECT * { ?s ?p <http://example.org/\u003E> }",
        f"SELECT * {{ ?s ?p <http://example.org/{'long' * 50}> }}",
    ],
)
def test_nothing_is_told_of_what_stands_somewhere_or_is_not_looked_for(reader, body):
    assert told(reader, body) == []


def test_a_query_whose_names_are_known_asks_nothing_more(reader):
    def exist(names):
        raise AssertionError(names)

    for starter in STARTERS:
        assert unknown_terms(reader, starter.text(reader.namespaces), exist) == []


def test_a_long_query_and_another_store_are_not_looked_through(reader):
    def exist(names):
        raise AssertionError(names)

    query = declared(reader, "SELECT * { ?r ag:numertor ?n }")
    assert unknown_terms(reader, f"{query}#{'-' * LONGEST_QUERY}", exist) == []
    assert unknown_terms(replace(reader, is_release=False), query, exist) == []


def test_a_query_that_is_not_finished_is_read_as_far_as_it_goes():
    query = f"PREFIX ag: <{BASE}ontology#> CONSTRUCT {{ ?a ag:b "
    assert list(names_in(query)) == []
    assert [name.iri for name in names_in(f"PREFIX ag: <{BASE}ontology#> ASK {{ ?a ag:b")] == [
        f"{BASE}ontology#b"
    ]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_program_is_told_in_a_header(client, reader, method):
    query = declared(reader, "SELECT ?n { ?r ag:numertor ?n }")
    send = {"query_string" if method == "get" else "data": {"query": query}}
    for _ in range(2):  # the second answer is one that was kept
        answer = getattr(client, method)("/sparql", headers=CSV, **send)
        assert answer.text == "n\r\n"
        assert answer.headers["Query-Remark"] == (
            "ag:numertor is no term of the ontology; did you mean ag:numerator?"
        )
    assert "Query-Remark" in answer.headers["Access-Control-Expose-Headers"]
    good = client.get("/sparql", query_string={"query": "ASK { ?s ?p ?o }"}, headers=CSV)
    assert "Query-Remark" not in good.headers


def test_what_no_header_holds_is_escaped(client):
    query = "ASK { <http://example.org/é> ?p ?o }"
    answer = client.get("/sparql", query_string={"query": query}, headers=CSV)
    assert answer.headers["Query-Remark"].startswith("<http://example.org/\\xe9> stands in no")


def test_a_reader_of_the_page_is_told_above_the_answer(client, reader):
    query = declared(reader, "SELECT ?n { ?r ag:numertor ?n }")
    page = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"})
    assert "did you mean ag:numerator?" in page.text


def test_a_reader_of_the_command_line_and_one_in_python_are_told(allograph, release, reader):
    query = declared(reader, "SELECT ?n { ?r ag:numertor ?n }")
    done = allograph("query", stdin=query)
    sentence = "ag:numertor is no term of the ontology; did you mean ag:numerator?"
    assert (done.returncode, done.stderr) == (0, f"note: {sentence}\n")
    rows = Graph(release).sparql(query)
    assert (list(rows), rows.remark) == ([], sentence)


@pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.title)
def test_a_starter_is_short_and_finds_something(reader, starter):
    query = starter.text(reader.namespaces)
    assert len(starter.body.strip().splitlines()) <= 20
    assert any(True for _ in reader.store.query(query))
