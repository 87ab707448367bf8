"""SPARQL 1.1 Graph Store HTTP Protocol: what a server that is only read must keep.

https://www.w3.org/TR/sparql11-http-rdf-update/, asked of a running server at ``/store``.
"""

from urllib.parse import quote

import pyoxigraph
import pytest
from over_http import get, send

from allograph.namespaces import BASE
from allograph.rdf.formats import formats_for

STUDY = f"{BASE}graph/study/ino-vate"
SCHEME = f"{BASE}graph/ontology/schemes/flag"
UNKNOWN = "http://nowhere.example/graph"
TURTLE = "text/turtle"
FORMATS = formats_for("graph")


def triples_of(reply):
    assert reply.status == 200, reply.text[:300]
    syntax = pyoxigraph.RdfFormat.from_media_type(reply.media_type)
    return {quad.triple for quad in pyoxigraph.parse(reply.body, syntax)}


@pytest.fixture(scope="module")
def stored(whole):
    """The triples of each graph, spelt as in the files: 0.50 is another term than 0.5."""

    def triples(iri):
        return {quad.triple for quad in whole if iri is None or quad.graph_name.value == iri}

    return triples


# 4.2: indirect graph identification, by ?graph= and ?default


@pytest.mark.parametrize("iri", [STUDY, SCHEME])
def test_a_named_graph_is_addressed_by_its_iri(server, stored, iri):
    assert triples_of(get(server, "/store", {"graph": iri}, accept=TURTLE)) == stored(iri)


@pytest.mark.slow
@pytest.mark.parametrize("target", ["/store?default", "/store?default=", "/store/?default"])
def test_the_default_graph_is_addressed_by_a_word_without_a_value(server, stored, target):
    assert triples_of(send(server, "GET", target, accept="application/n-triples")) == stored(None)


@pytest.mark.parametrize("path", ["/store", "/store/"])
def test_a_slash_at_the_end_of_the_address_makes_no_difference(server, stored, path):
    assert triples_of(get(server, path, {"graph": STUDY})) == stored(STUDY)


@pytest.mark.parametrize("iri", ["", "study/ino-vate", "not an iri", "http://a.example/<b>", "#x"])
def test_a_graph_iri_that_is_not_absolute_is_a_bad_request(server, iri):
    reply = get(server, "/store", {"graph": iri})
    assert (reply.status, reply.media_type) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "graphs=x",
        f"default&graph={quote(STUDY)}",
        f"graph={quote(STUDY)}&graph={quote(SCHEME)}",
        "default&default",
    ],
)
def test_a_request_that_names_no_graph_or_several_is_a_bad_request(server, query):
    reply = send(server, "GET", f"/store?{query}" if query else "/store")
    assert (reply.status, reply.media_type) == (400, "application/problem+json")


# 5.2: HTTP GET


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS, ids=lambda format: format.name)
@pytest.mark.parametrize("arguments", [{"graph": STUDY}, {"default": ""}], ids=["named", "default"])
def test_a_graph_comes_in_every_format_that_is_accepted(server, stored, format, arguments):
    reply = get(server, "/store", arguments, accept=format.media_type)
    assert reply.media_type == format.media_type
    assert triples_of(reply) == stored(arguments.get("graph"))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, TURTLE),
        ("*/*", TURTLE),
        ("text/*", TURTLE),
        ("text/turtle;q=0.4, application/rdf+xml;q=0.6", "application/rdf+xml"),
        ("text/turtle;q=0, */*;q=0.1", "application/n-triples"),
        ("image/png, application/ld+json;q=0.1", "application/ld+json"),
    ],
)
def test_accept_is_weighed_with_its_qualities_and_wildcards(server, accept, media_type):
    reply = get(server, "/store", {"graph": STUDY}, accept=accept)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert "Accept" in reply.headers["Vary"]


@pytest.mark.parametrize("accept", ["text/csv", "image/png", "*/*;q=0", "application/trig"])
def test_what_is_not_offered_is_refused_with_all_that_is(server, accept):
    reply = get(server, "/store", {"graph": STUDY}, accept=accept)
    assert (reply.status, reply.media_type) == (406, "application/problem+json")
    offered = reply.json["offered"]
    assert {format.media_type for format in FORMATS} <= set(offered)
    for media_type in offered:
        assert get(server, "/store", {"graph": STUDY}, accept=media_type).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("iri", [UNKNOWN, f"{STUDY}/", STUDY.upper(), "urn:x"])
def test_a_graph_that_is_not_there_is_not_found(server, method, iri):
    assert get(server, "/store", {"graph": iri}, method=method).status == 404


def test_a_graph_can_be_kept_by_a_cache_and_asked_for_again(server):
    first = get(server, "/store", {"graph": STUDY}, accept=TURTLE)
    assert "no-store" not in first.headers["Cache-Control"]
    tag = first.headers["ETag"]
    again = get(server, "/store", {"graph": STUDY}, accept=TURTLE, if_none_match=tag)
    assert (again.status, again.body) == (304, b"")
    in_another_format = get(server, "/store", {"graph": STUDY}, accept="application/rdf+xml")
    assert in_another_format.headers["ETag"] != tag


# 5.8: HTTP HEAD: "identical to GET except that the server must not return a body"


@pytest.mark.parametrize("query", [f"graph={quote(STUDY)}", "default", "", f"graph={UNKNOWN}"])
@pytest.mark.parametrize("accept", [None, "application/rdf+xml", "image/png"])
def test_head_answers_as_get_does_without_a_body(server, query, accept):
    whole = send(server, "GET", f"/store?{query}", accept=accept)
    head = send(server, "HEAD", f"/store?{query}", accept=accept)
    assert (head.status, head.body) == (whole.status, b"")
    for name in ("Content-Type", "ETag", "Vary"):
        assert head.headers[name] == whole.headers[name]


# 5.1: "405 if the method is not allowed"; 5.3 to 5.7 are for those who write


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("query", [f"graph={quote(STUDY)}", "default", f"graph={UNKNOWN}", ""])
def test_what_would_write_is_refused_with_the_methods_that_are_allowed(
    server, stored, method, query
):
    body = b"<http://example.org/s> <http://example.org/p> 1 ."
    reply = send(server, method, f"/store?{query}", body, content_type=TURTLE)
    assert (reply.status, reply.media_type) == (405, "application/problem+json")
    assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert triples_of(get(server, "/store", {"graph": STUDY}, accept=TURTLE)) == stored(STUDY)


def test_options_names_the_methods_that_are_allowed(server):
    reply = send(server, "OPTIONS", "/store", origin="https://elsewhere.example")
    assert reply.status in (200, 204)
    assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
    assert reply.headers["Access-Control-Allow-Origin"] == "*"


def test_download_store_and_record_hold_the_same_terms(server):
    """11.0 and 11 are two literals (RDF 1.1 Concepts, section 3.3); a store keeps but one value."""
    download = triples_of(get(server, "/download/allograph.nt"))
    assert triples_of(get(server, "/store?default")) == download
    record = triples_of(get(server, "/study/ino-salvage-100.nt"))
    assert record <= download
    value = pyoxigraph.NamedNode(f"{BASE}ontology#value")
    spelt = {triple.object.value for triple in record if triple.predicate == value}
    assert {"11.0", "28.0"} <= spelt


def test_a_constructed_triple_has_the_digits_of_the_files(server):
    query = f"CONSTRUCT WHERE {{ ?s <{BASE}ontology#value> 11.0 }}"
    found = triples_of(get(server, "/sparql", {"query": query}, accept=TURTLE))
    assert {triple.object.value for triple in found} == {"11.0"}
