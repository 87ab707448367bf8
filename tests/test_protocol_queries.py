"""Queries as people paste and save them, asked of a running server in each way of the protocol."""

import csv
import io
from http.client import IncompleteRead

import pytest
from over_http import by_form, by_get, directly, send

from allograph.namespaces import BASE

XML = "application/sparql-results+xml"
RDF_XML = "application/rdf+xml"
PREFIX = f"PREFIX ag: # the terms of this graph\n  <{BASE}ontology#>\n"
COUNTS = "SELECT ?study (COUNT(?r) AS ?all) (COUNT(?flag) AS ?doubted) "
WHERE = "{ ?r a ag:Result ; ag:study ?study OPTIONAL { ?r ag:flag ?flag } } GROUP BY ?study"

EACH_WAY = pytest.mark.parametrize("way", [by_get, by_form, directly])


@EACH_WAY
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    "query", ["SELECT (COUNT(*) AS ?n) { ?drug a ag:Drug }", "ask { ?drug a ag:Drug }"]
)
def test_a_mark_and_comments_before_a_query_make_no_difference(server, way, mark, query):
    plain = PREFIX.replace(" # the terms of this graph\n  ", "")
    reply = way(server, f"{mark}{PREFIX}{query}")
    assert (reply.status, reply.body) == (200, by_get(server, plain + query).body)


@EACH_WAY
@pytest.mark.parametrize(
    ("query", "place", "detail"),
    [
        ("SELECT\u00a0?x { ?x ?p ?o }", (1, 7), "a no-break space (U+00A0) stands here"),
        ("\ufeffASK {}\n\x0b", (2, 1), "a vertical tab (U+000B) stands here"),
        ("SELECT ?x { BIND(1 AS ?x)\nBIND(2 AS ?x) }", (2, 1), "?x is in scope here already"),
        ("SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o }", (1, 8), "?p is neither grouped nor"),
        ("ASK { FILTER(1 > 2 }", (1, 20), "a ) is missing here: the ( of line 1, column 13"),
    ],
)
def test_a_mistake_is_told_with_its_reason_and_place(server, way, query, place, detail):
    problem = way(server, query).json
    assert (problem["status"], problem["line"], problem["column"]) == (400, *place)
    assert detail in problem["detail"]


def test_shares_can_be_made_of_counts(server):
    query = f"{PREFIX}{COUNTS}(100 * ?doubted / ?all AS ?share) {WHERE}"
    rows = list(csv.DictReader(io.StringIO(by_get(server, query, accept="text/csv").text)))
    assert rows
    for row in rows:
        share = 100 * int(row["doubted"]) / int(row["all"])
        assert float(row["share"]) == pytest.approx(share)


def test_a_list_of_records_in_a_cell_is_not_empty(server):
    query = f"{PREFIX}SELECT (GROUP_CONCAT(?drug) AS ?drugs) {{ ?drug a ag:Drug }}"
    _, [drugs] = csv.reader(io.StringIO(by_get(server, query, accept="text/csv").text))
    assert f"{BASE}drug/blinatumomab" in drugs.split()


def test_relative_iris_are_those_of_the_endpoint(server):
    reply = by_get(server, "CONSTRUCT { <s> <p> <#o> } {}", accept="application/n-triples")
    assert reply.text == f"<{BASE}s> <{BASE}p> <{BASE}sparql#o> .\n"


@EACH_WAY
@pytest.mark.parametrize(
    ("query", "accept", "offered"),
    [
        ("CONSTRUCT { <s> <terms/1> 'a' } {}", RDF_XML, "text/turtle"),
        ("CONSTRUCT { <s> <p> 'a\\u0001' } {}", RDF_XML, "application/n-triples"),
        ("SELECT ('a\\u0001' AS ?x) {}", XML, "text/csv"),
        ("CONSTRUCT { <s> <p> <<( <a> <b> <c> )>> } {}", "application/ld+json", "text/turtle"),
    ],
)
def test_what_a_format_cannot_hold_is_not_acceptable(server, way, query, accept, offered):
    reply = way(server, query, accept=accept)
    assert (reply.status, reply.media_type) == (406, "application/problem+json")
    assert offered in reply.json["offered"]
    assert accept not in reply.json["offered"]
    assert way(server, query, accept=offered).status == 200


def test_what_xml_cannot_hold_breaks_an_answer_that_has_begun(server):
    many = " UNION ".join(["{ ?s ?p ?o }"] * 4)
    query = f"SELECT * {{ {many} UNION {{ BIND('a\\u0001' AS ?x) }} }} ORDER BY ?x"
    with pytest.raises(IncompleteRead):
        by_form(server, query, accept=XML)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("query=ASK+%7B%7D", "application/x-www-form-urlencoded"),
        ("ASK {}", "application/sparql-query"),
    ],
)
def test_a_body_may_come_in_chunks_without_a_length(server, body, content_type):
    pieces = iter([body[:4].encode(), body[4:].encode()])
    reply = send(server, "POST", "/sparql", pieces, content_type=content_type)
    assert (reply.status, reply.json["boolean"]) == (200, True)
