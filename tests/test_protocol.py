"""SPARQL 1.1 Protocol, section 2.1: the query operation, sentence by sentence.

https://www.w3.org/TR/sparql11-protocol/#query-operation, asked of a running server over HTTP.
"""

import csv
import io
import subprocess
from urllib.parse import quote

import pyoxigraph
import pytest
from over_http import by_form, by_get, directly, get, post_form, send

from allograph.namespaces import BASE
from allograph.rdf.formats import formats_for

JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"
CSV = "text/csv"
TSV = "text/tab-separated-values"
QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
PROBLEM = "application/problem+json"

COUNT = "SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }"
STUDY = f"{BASE}study/ino-vate"
CONSTRUCT = f"CONSTRUCT {{ <{STUDY}> a ?class }} WHERE {{ <{STUDY}> a ?class }}"
DESCRIBE = f"DESCRIBE <{STUDY}>"
ONE = f"{BASE}graph/study/ino-vate"
TERMS = """SELECT ?iri ?plain ?tagged ?typed ?odd ?unbound WHERE {
  VALUES (?iri ?plain ?tagged ?typed ?odd ?unbound) {
    (<http://example.org/é> "a, \\"b\\"\\n<c>" "août"@fr 42 "\\t|\\\\" UNDEF) } }"""


def ask(server, query, accept=None, **arguments):
    return get(server, "/sparql", {"query": query, **arguments}, accept=accept)


def problem_of(reply):
    assert reply.media_type == PROBLEM
    assert reply.json["status"] == reply.status
    assert reply.json["detail"]
    return reply.json


EACH_WAY = pytest.mark.parametrize("way", [by_get, by_form, directly])


# 2.1: "must be invoked with either the HTTP GET or HTTP POST method", "exactly one query string"


@EACH_WAY
@pytest.mark.parametrize("query", [COUNT, "ASK {}", CONSTRUCT, DESCRIBE])
def test_every_form_of_query_is_answered_however_it_is_sent(server, way, query):
    reply = way(server, query)
    assert reply.status == 200
    assert reply.body == by_get(server, query).body


@EACH_WAY
def test_a_query_keeps_its_characters_however_it_is_sent(server, way):
    text = "é + & = % 日本 😀 #"
    reply = way(server, f"SELECT ?text\n# ü\r\nWHERE {{\tBIND('{text}' AS ?text) }}")
    assert reply.json["results"]["bindings"][0]["text"]["value"] == text


def test_a_slash_at_the_end_of_the_address_makes_no_difference(server):
    expected = by_get(server, COUNT).body
    for reply in (
        get(server, "/sparql/", {"query": COUNT}),
        post_form(server, "/sparql/", {"query": COUNT}),
        send(server, "POST", "/sparql/", COUNT, content_type=QUERY),
    ):
        assert (reply.status, reply.body) == (200, expected)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_another_method_is_refused_with_those_that_are_allowed(server, method):
    reply = get(server, "/sparql", {"query": "ASK {}"}, method=method)
    assert reply.status == 405
    assert set(reply.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}
    problem_of(reply)


def test_a_method_that_nobody_knows_is_refused(server):
    assert get(server, "/sparql", {"query": "ASK {}"}, method="BREW").status in (405, 501)


@pytest.mark.parametrize("query", ["ASK {}", "ASK { ?s ?p }", CONSTRUCT])
@pytest.mark.parametrize("accept", [None, XML, "image/png"])
def test_head_answers_as_get_does_without_a_body(server, query, accept):
    whole = ask(server, query, accept)
    head = get(server, "/sparql", {"query": query}, method="HEAD", accept=accept)
    assert (head.status, head.body) == (whole.status, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Vary"):
        assert head.headers[name] == whole.headers[name]


def test_options_names_the_methods_and_lets_other_sites_ask(server):
    reply = send(
        server,
        "OPTIONS",
        "/sparql",
        origin="https://elsewhere.example",
        access_control_request_method="POST",
        access_control_request_headers="content-type",
    )
    assert reply.status in (200, 204)
    assert {"GET", "HEAD", "OPTIONS", "POST"} == set(reply.headers["Allow"].split(", "))
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "content-type" in reply.headers["Access-Control-Allow-Headers"].lower()


@pytest.mark.parametrize("query", ["", " ", "\r\n\t", "# only a comment"])
@EACH_WAY
def test_no_query_is_a_bad_request(server, way, query):
    reply = way(server, query)
    assert reply.status == 400
    problem_of(reply)


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_dataset_without_a_query_is_a_bad_request(server, name):
    assert get(server, "/sparql", {name: ONE}, accept="text/turtle").status == 400
    assert post_form(server, "/sparql", {name: ONE}).status == 400


def test_a_parameter_of_another_name_is_no_query(server):
    assert post_form(server, "/sparql", {"Query": "ASK {}"}).status == 400


@pytest.mark.parametrize("way", [by_get, by_form])
@pytest.mark.parametrize("second", ["ASK {}", COUNT, ""])
def test_two_queries_are_a_bad_request(server, way, second):
    assert way(server, "ASK {}", [("query", second)]).status == 400


@pytest.mark.parametrize("way", [by_form, directly])
def test_a_query_in_the_url_and_another_in_the_body_are_a_bad_request(server, way):
    target = f"/sparql?query={quote(COUNT)}"
    body, content_type = (f"query={quote('ASK {}')}", FORM) if way is by_form else ("ASK {}", QUERY)
    assert send(server, "POST", target, body, content_type=content_type).status == 400


@EACH_WAY
@pytest.mark.parametrize("said", ["", " BIND('SERVICE <x:> { }' AS ?said)"])
def test_the_empty_prefix_is_understood(server, way, said):
    reply = way(server, f"PREFIX : <{BASE}study/> ASK {{ :ino-vate ?p ?o{said} }}")
    assert (reply.status, reply.json["boolean"]) == (200, True)


def test_a_negative_decimal_is_understood(server):
    reply = ask(server, "ASK { OPTIONAL { ?s ?p -1.0 } }")
    assert (reply.status, reply.json["boolean"]) == (200, True)
    assert ask(server, "ASK { ?s ?p -1.0 ?o }").status == 400


# 2.1.1: query via GET


def test_a_space_may_be_a_plus_or_percent_twenty(server):
    plus = send(server, "GET", "/sparql?query=ASK+%7B%7D")
    percent = send(server, "GET", "/sparql?query=ASK%20%7B%7D")
    assert plus.status == percent.status == 200
    assert plus.body == percent.body


@pytest.mark.parametrize("query", ["ASK%20%7B%20BIND('%FF'%20AS%20%3Fx)%7D", "%C3%28"])
def test_percent_escapes_that_are_not_utf_8_are_a_bad_request(server, query):
    assert send(server, "GET", f"/sparql?query={query}").status == 400
    assert send(server, "POST", "/sparql", f"query={query}", content_type=FORM).status == 400


# 2.1.2: query via POST with URL-encoded parameters


@pytest.mark.parametrize(
    "content_type", [FORM, f"{FORM}; charset=UTF-8", f"{FORM};charset=utf-8", FORM.upper()]
)
def test_a_form_is_read_whatever_the_spelling_of_its_type(server, content_type):
    reply = post_form(server, "/sparql", {"query": "ASK {}"}, content_type=content_type)
    assert (reply.status, reply.json["boolean"]) == (200, True)


# 2.1.3: query via POST directly; "UTF-8 is the only valid charset here"


@pytest.mark.parametrize(
    "content_type", [QUERY, f"{QUERY}; charset=utf-8", f"{QUERY};charset=UTF-8", QUERY.title()]
)
def test_a_query_as_the_body_is_read_whatever_the_spelling_of_its_type(server, content_type):
    assert directly(server, "ASK {}", content_type=content_type).json["boolean"] is True


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", "; charset=utf-16"])
def test_a_body_in_another_encoding_is_refused(server, charset):
    body = "ASK { ?s ?p 'é' }".encode("utf-16")
    reply = send(server, "POST", "/sparql", body, content_type=QUERY + charset)
    assert reply.status in (400, 415)
    problem_of(reply)


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "text/plain",
        "application/json",
        JSON,
        "text/turtle",
        "multipart/form-data",
        "nonsense",
    ],
)
@pytest.mark.parametrize("body", ["ASK {}", f"query={quote('ASK {}')}"])
def test_a_body_of_another_type_is_refused_with_those_that_are_taken(server, content_type, body):
    reply = send(server, "POST", "/sparql", body.encode(), content_type=content_type)
    assert reply.status == 415
    assert {QUERY, FORM} <= set(problem_of(reply)["offered"])


def test_curl_asks_in_each_of_the_three_ways(server):
    url = f"{server}/sparql"
    ways = (
        ["--get", "--data-urlencode", "query=ASK {}", url],
        ["--data-urlencode", "query=ASK {}", url],
        ["--header", f"Content-Type: {QUERY}", "--data-binary", "ASK {}", url],
    )
    answers = {
        subprocess.run(["curl", "--silent", "--fail", *way], capture_output=True, check=True).stdout
        for way in ways
    }
    assert answers == {get(server, "/sparql", {"query": "ASK {}"}).body}


# 2.1.6: "The content type must be the media type defined for the format of the response body"


@pytest.mark.parametrize("format", formats_for("solutions"), ids=lambda format: format.name)
@pytest.mark.parametrize("query", [COUNT, "ASK {}", TERMS])
def test_solutions_come_in_every_format_with_its_type(server, format, query):
    reply = ask(server, query, format.media_type)
    assert (reply.status, reply.media_type) == (200, format.media_type)
    assert reply.body


@pytest.mark.parametrize("format", formats_for("graph", "dataset"), ids=lambda format: format.name)
@pytest.mark.parametrize("query", [CONSTRUCT, DESCRIBE])
def test_triples_come_in_every_format_with_its_type(server, format, query):
    reply = ask(server, query, format.media_type)
    assert (reply.status, reply.media_type) == (200, format.media_type)
    syntax = pyoxigraph.RdfFormat.from_media_type(format.media_type)
    triples = {quad.triple for quad in pyoxigraph.parse(reply.body, syntax)}
    plain = ask(server, query, "application/n-triples").body
    assert triples == {
        quad.triple for quad in pyoxigraph.parse(plain, pyoxigraph.RdfFormat.N_TRIPLES)
    }
    assert STUDY in {triple.subject.value for triple in triples}


def test_json_solutions_say_kind_language_and_datatype_of_each_term(server):
    """SPARQL 1.1 Query Results JSON Format, section 3.2.2."""
    document = ask(server, TERMS, JSON).json
    assert document["head"]["vars"] == ["iri", "plain", "tagged", "typed", "odd", "unbound"]
    assert document["results"]["bindings"] == [
        {
            "iri": {"type": "uri", "value": "http://example.org/é"},
            "plain": {"type": "literal", "value": 'a, "b"\n<c>'},
            "tagged": {"type": "literal", "value": "août", "xml:lang": "fr"},
            "typed": {
                "type": "literal",
                "value": "42",
                "datatype": "http://www.w3.org/2001/XMLSchema#integer",
            },
            "odd": {"type": "literal", "value": "\t|\\"},
        }
    ]


@pytest.mark.parametrize("accept", [XML, TSV])
def test_xml_and_tsv_solutions_hold_the_same_terms_as_json(server, accept):
    def rows(accept):
        syntax = pyoxigraph.QueryResultsFormat.from_media_type(accept)
        solutions = pyoxigraph.parse_query_results(ask(server, TERMS, accept).body, syntax)
        names = [variable.value for variable in solutions.variables]
        return names, [[row[name] for name in names] for row in solutions]

    assert rows(accept) == rows(JSON)


def test_csv_solutions_hold_the_plain_values(server):
    """SPARQL 1.1 Query Results CSV and TSV Formats, section 3."""
    reply = ask(server, TERMS, CSV)
    header, row = csv.reader(io.StringIO(reply.text, newline=""))
    assert header == ["iri", "plain", "tagged", "typed", "odd", "unbound"]
    assert row == ["http://example.org/é", 'a, "b"\n<c>', "août", "42", "\t|\\", ""]
    assert reply.text.endswith("\r\n")


@pytest.mark.parametrize("accept", [JSON, XML, TSV, CSV])
@pytest.mark.parametrize(("query", "truth"), [("ASK {}", "true"), ("ASK { FILTER(0) }", "false")])
def test_the_truth_is_told_in_every_format(server, query, truth, accept):
    assert truth in ask(server, query, accept).text


# 2.1.7: "400 if the query is not a legal sequence of characters in the language"


@EACH_WAY
@pytest.mark.parametrize(
    "query",
    [
        "nonsense",
        "SELECT",
        "SELECT * WHERE { ?s ?p }",
        "SELECT ?x WHERE { ?x ?p ?o ",
        "ASK {} ASK {}",
        "ASK {} ; ASK {}",
        "SELECT * WHERE { ?s nowhere:declared ?o }",
        "SELECT ?o WHERE { ?s ?p ?o } GROUP BY ?s",
        "SELECT (1 AS ?x) (2 AS ?x) {}",
        "ASK { BIND(1 AS ?x) BIND(2 AS ?x) }",
        "ASK { FILTER(?x = 'open) }",
        "ASK { ?s ?p <http://a b> }",
        "CONSTRUCT { ?s ?p }",
        "DESCRIBE",
        "ASK {} \0",
        "{ 'query': 'ASK {}' }",
    ],
)
def test_what_is_no_query_is_a_bad_request(server, way, query):
    reply = way(server, query)
    assert reply.status == 400
    problem_of(reply)


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("ASK {\n  ?s ?p ?o ) }", 2),
        ("SELECT * {\n  ?s ?p }\nORDER BY ?s", 2),
        ("SELECT *\nWHERE {\n  ?s ?p ?o\n} ORDR BY ?s\nLIMIT 2", 4),
    ],
)
def test_a_mistake_is_shown_on_its_line(server, query, line):
    problem = problem_of(ask(server, query))
    assert (problem["line"], type(problem["column"])) == (line, int)


@pytest.mark.parametrize("accept", [JSON, CSV])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { BIND(<http://example.org/no-such-function>(1) AS ?x) }",
        "SELECT ?x { ?s ?p ?o FILTER(<http://example.org/no-such-function>(?o)) }",
    ],
)
def test_an_unknown_function_is_a_failure_that_says_so(server, query, accept):
    reply = ask(server, query, accept)
    assert reply.status in (400, 500)
    assert "no-such-function" in problem_of(reply)["detail"]


def test_a_failure_is_told_to_a_person_as_a_page(server):
    reply = ask(server, "ASK { ?s ?p <b>&<script> }", "text/html")
    assert (reply.status, reply.media_type) == (400, "text/html")
    assert "<script>" not in reply.text


def test_a_failure_is_told_even_to_those_who_accept_no_problem_document(server):
    assert ask(server, "ASK { ?s ?p }", JSON).status == 400
    assert ask(server, "ASK { ?s ?p }", "text/turtle").status in (400, 406)
