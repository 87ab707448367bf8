"""SPARQL 1.1 Protocol, section 2.1.5: accepted response formats, negotiated over HTTP.

https://www.w3.org/TR/sparql11-protocol/#conneg; the weights and wildcards of RFC 9110, 12.5.1.
"""

import pytest
from over_http import get

from allograph.rdf.formats import formats_for

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
TURTLE = "text/turtle"
SELECT = "SELECT ?x WHERE { VALUES ?x { 1 } }"
CONSTRUCT = "CONSTRUCT { <x:s> <x:p> ?x } WHERE { VALUES ?x { 1 } }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


def answer(server, query, accept):
    return get(server, "/sparql", {"query": query}, accept=accept)


@pytest.mark.parametrize("accept", [None, "*/*", "", "application/*"])
@pytest.mark.parametrize(("query", "media_type"), [(SELECT, JSON), ("ASK {}", JSON)])
def test_json_is_sent_to_those_who_take_anything(server, accept, query, media_type):
    reply = answer(server, query, accept)
    assert (reply.status, reply.media_type) == (200, media_type)


@pytest.mark.parametrize("accept", [None, "*/*", "", "text/*"])
@pytest.mark.parametrize("query", [CONSTRUCT, "DESCRIBE <x:s>"])
def test_turtle_is_sent_to_those_who_take_anything(server, accept, query):
    reply = answer(server, query, accept)
    assert (reply.status, reply.media_type) == (200, TURTLE)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (f"{CSV};q=0.4, {XML};q=0.6", XML),
        (f"{XML};q=0.6, {CSV};q=0.4", XML),
        (f"{CSV};q=0.999, {XML};q=1.0", XML),
        (f"{JSON};q=0, */*;q=0.1", CSV),
        (f"*/*;q=0.5, {XML}", XML),
        (f"text/*;q=0.9, {CSV};q=0.1", TSV),
        (f"text/*, {CSV};q=0", TSV),
        (f"image/png, {TSV};q=0.1", TSV),
        (f"{TURTLE}, {XML};q=0.2", XML),
        (f"{XML.upper()}", XML),
        (f"{XML};charset=utf-8", XML),
        (f"{XML} ; q=0.5 , {CSV} ; q=0.4", XML),
        (f"{XML};Q=0.3, {CSV};q=0.2", XML),
        (f",, {XML} ,", XML),
        ("application/json", "application/json"),
        (BROWSER, "text/html"),
    ],
)
def test_accept_is_weighed_with_its_qualities_and_wildcards(server, accept, media_type):
    reply = answer(server, SELECT, accept)
    assert (reply.status, reply.media_type) == (200, media_type)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/rdf+xml;q=0.5, application/n-triples;q=0.6", "application/n-triples"),
        ("application/ld+json, */*;q=0.1", "application/ld+json"),
        (f"{JSON}, application/rdf+xml;q=0.1", "application/rdf+xml"),
        (f"{TURTLE};q=0, text/*, application/trig;q=0.1", "application/trig"),
        ("application/n-quads", "application/n-quads"),
    ],
)
def test_accept_is_weighed_for_triples_as_well(server, accept, media_type):
    reply = answer(server, CONSTRUCT, f"{accept}, text/html;q=0")
    assert (reply.status, reply.media_type) == (200, media_type)


@pytest.mark.parametrize(
    ("query", "accept", "kinds"),
    [
        (SELECT, "image/png", ["solutions"]),
        (SELECT, TURTLE, ["solutions"]),
        (SELECT, "*/*;q=0", ["solutions"]),
        (SELECT, f"{JSON};q=0", ["solutions"]),
        ("ASK {}", "application/rdf+xml", ["solutions"]),
        (CONSTRUCT, CSV, ["graph", "dataset"]),
        (CONSTRUCT, XML, ["graph", "dataset"]),
        ("DESCRIBE <x:s>", "application/pdf, image/*", ["graph", "dataset"]),
    ],
)
def test_what_is_not_offered_is_refused_with_all_that_is(server, query, accept, kinds):
    reply = answer(server, query, accept)
    assert (reply.status, reply.media_type) == (406, "application/problem+json")
    offered = reply.json["offered"]
    assert {format.media_type for format in formats_for(*kinds)} <= set(offered)
    for media_type in offered:
        again = answer(server, query, media_type)
        assert (again.status, again.media_type) == (200, media_type)


@pytest.mark.parametrize(
    "accept", ["nonsense", "text", ";q=", "a/b;q=x", "/", "*/csv", "\xff", "q=0.5"]
)
def test_an_accept_that_nobody_understands_does_not_break_the_server(server, accept):
    assert answer(server, SELECT, accept).status in (200, 400, 406)


def test_an_answer_says_that_it_depends_on_accept(server):
    for accept in (None, CSV, "image/png"):
        assert "Accept" in answer(server, SELECT, accept).headers["Vary"]


def test_a_form_that_negotiates_is_answered_the_same_by_post(server):
    for accept in (JSON, XML, CSV, TSV):
        by_post = get(
            server,
            "/sparql",
            method="POST",
            body=SELECT.encode(),
            content_type="application/sparql-query",
            accept=accept,
        )
        assert by_post.media_type == accept
        assert by_post.body == answer(server, SELECT, accept).body
