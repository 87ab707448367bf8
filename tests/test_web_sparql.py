"""SPARQL 1.1 Protocol, section by section, at ``/sparql``."""

import csv
import json
from io import StringIO

import pyoxigraph
import pytest

from allograph.namespaces import BASE
from allograph.rdf.formats import FORMATS, formats_for

COUNT = "SELECT (COUNT(*) AS ?count) WHERE { ?s ?p ?o }"
STUDY = f"{BASE}study/ino-vate"
STUDY_GRAPH = f"{BASE}graph/study/ino-vate"
OTHER_GRAPH = f"{BASE}graph/study/mini-hcvd-ino"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DESCRIBE_STUDY = f"CONSTRUCT {{ <{STUDY}> ?p ?o }} WHERE {{ <{STUDY}> ?p ?o }}"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def ask(client, query, accept="application/sparql-results+json", **arguments):
    return client.get(
        "/sparql", query_string={"query": query, **arguments}, headers={"Accept": accept}
    )


def count_of(response):
    assert response.status_code == 200, response.text
    return int(response.get_json(force=True)["results"]["bindings"][0]["count"]["value"])


# 2.1.1 to 2.1.3: three ways to send a query


def test_a_query_in_the_url_is_answered(client):
    assert count_of(ask(client, COUNT)) > 1000


def test_a_query_in_a_form_is_answered(client):
    assert count_of(client.post("/sparql", data={"query": COUNT})) > 1000


def test_a_query_as_the_body_is_answered(client):
    response = client.post("/sparql", data=COUNT, content_type="application/sparql-query")
    assert count_of(response) > 1000


def test_a_charset_on_the_type_of_the_body_does_no_harm(client):
    response = client.post(
        "/sparql", data=COUNT, content_type="application/sparql-query; charset=utf-8"
    )
    assert count_of(response) > 1000


def test_a_trailing_slash_makes_no_difference(client):
    with_slash = client.get("/sparql/", query_string={"query": COUNT})
    assert with_slash.data == ask(client, COUNT).data


# 2.1.4: the dataset


def test_default_graph_uri_is_the_whole_default_graph(client):
    of_study = count_of(ask(client, COUNT, **{"default-graph-uri": STUDY_GRAPH}))
    assert 100 < of_study < count_of(ask(client, COUNT))


def test_several_default_graph_uris_are_merged(client):
    one, other = (
        count_of(ask(client, COUNT, **{"default-graph-uri": graph}))
        for graph in (STUDY_GRAPH, OTHER_GRAPH)
    )
    both = count_of(ask(client, COUNT, **{"default-graph-uri": [STUDY_GRAPH, OTHER_GRAPH]}))
    assert both == one + other


def test_named_graph_uris_are_the_only_named_graphs(client):
    query = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    graphs = [STUDY_GRAPH, OTHER_GRAPH]
    rows = ask(client, query, **{"named-graph-uri": graphs}).get_json(force=True)
    assert [row["g"]["value"] for row in rows["results"]["bindings"]] == sorted(graphs)


def test_a_dataset_in_the_url_holds_for_a_query_in_the_body(client):
    response = client.post(
        "/sparql",
        query_string={"default-graph-uri": STUDY_GRAPH},
        data=COUNT,
        content_type="application/sparql-query",
    )
    assert count_of(response) == count_of(ask(client, COUNT, **{"default-graph-uri": STUDY_GRAPH}))


def test_the_dataset_of_the_request_overrides_from(client):
    query = COUNT.replace("WHERE", f"FROM <{OTHER_GRAPH}> WHERE")
    assert count_of(ask(client, query, **{"default-graph-uri": STUDY_GRAPH})) == count_of(
        ask(client, COUNT, **{"default-graph-uri": STUDY_GRAPH})
    )


def test_an_unknown_graph_is_empty(client):
    assert count_of(ask(client, COUNT, **{"default-graph-uri": "http://nowhere.example/"})) == 0


# 2.1.5: the type of the answer


@pytest.mark.parametrize("format", formats_for("solutions"), ids=lambda format: format.name)
@pytest.mark.parametrize("query", [COUNT, "ASK {}"])
def test_solutions_come_in_every_format_that_is_asked_for(client, format, query):
    response = ask(client, query, accept=format.media_type)
    assert (response.status_code, response.mimetype) == (200, format.media_type)
    assert response.data


@pytest.mark.parametrize("format", formats_for("graph", "dataset"), ids=lambda format: format.name)
def test_triples_come_in_every_format_that_is_asked_for(client, format):
    response = ask(client, DESCRIBE_STUDY, accept=format.media_type)
    assert (response.status_code, response.mimetype) == (200, format.media_type)
    syntax = pyoxigraph.RdfFormat.from_media_type(format.media_type)
    triples = {quad.triple for quad in pyoxigraph.parse(response.data, syntax)}
    assert STUDY in {triple.subject.value for triple in triples}


@pytest.mark.parametrize(
    ("format", "media_type"),
    [(format, media_type) for format in FORMATS for media_type in format.also],
)
def test_an_answer_has_the_very_type_that_was_asked_for(client, format, media_type):
    query = COUNT if format.kind == "solutions" else DESCRIBE_STUDY
    assert ask(client, query, accept=media_type).mimetype == media_type


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "text/csv"),
        ("text/csv; charset=utf-8", "text/csv"),
        ("image/png, text/tab-separated-values;q=0.1", "text/tab-separated-values"),
        (BROWSER, "text/html"),
    ],
)
def test_accept_is_weighed_with_its_qualities_and_wildcards(client, accept, media_type):
    assert ask(client, COUNT, accept=accept).mimetype == media_type


def test_without_accept_solutions_are_json_and_triples_are_turtle(client):
    solutions = client.get("/sparql", query_string={"query": COUNT})
    triples = client.get("/sparql", query_string={"query": DESCRIBE_STUDY})
    assert solutions.mimetype == "application/sparql-results+json"
    assert triples.mimetype == "text/turtle"


@pytest.mark.parametrize(
    ("query", "accept"),
    [(COUNT, "image/png"), (COUNT, "text/turtle"), (DESCRIBE_STUDY, "text/csv")],
)
def test_a_type_that_is_not_offered_is_refused_with_the_list_of_those_that_are(
    client, query, accept
):
    response = ask(client, query, accept=accept)
    problem = json.loads(response.data)
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    offered = problem["offered"]
    assert accept not in offered
    assert ask(client, query, accept=offered[0]).status_code == 200


def test_the_form_of_a_query_is_found_behind_its_prologue(client):
    query = f"# SELECT\nBASE <{BASE}>\nprefix s: <study/> # ASK\ndescribe s:ino-vate"
    assert ask(client, query, accept="text/turtle").mimetype == "text/turtle"


# 2.1.6: success and failure


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"query": ""}, "no query"),
        ({"query": [COUNT, COUNT]}, "2 queries"),
        ({"query": "SELECT * WHERE { ?s ?p }"}, "line 1, column"),
        ({"query": "PREFIX ag: <x:>\nSELECT * { ?s agg:x ?o }"}, "line 2, column 15"),
        ({"query": "nonsense"}, "line 1, column"),
    ],
)
def test_a_query_that_cannot_be_run_is_a_bad_request(client, arguments, said):
    response = client.get("/sparql", query_string=arguments)
    problem = json.loads(response.data)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert said in problem["detail"]


def test_a_syntax_error_gives_line_and_column_as_members(client):
    query = "SELECT *\nWHERE { ?s ?p }"
    problem = json.loads(ask(client, query).data)
    assert problem["line"] == 2
    assert problem["column"] > 8


def test_a_form_without_a_query_is_a_bad_request(client):
    assert client.post("/sparql", data={"sparql": COUNT}).status_code == 400


def test_a_body_that_is_not_utf_8_is_a_bad_request(client):
    response = client.post(
        "/sparql", data=b"ASK { ?s ?p '\xff' }", content_type="application/sparql-query"
    )
    assert response.status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <x:a> <x:b> <x:c> }",
        "LOAD <http://127.0.0.1:9/>",
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER EXISTS { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    ],
)
def test_updates_and_service_are_refused(client, query):
    response = ask(client, query)
    assert response.status_code == 403
    assert "refused" in json.loads(response.data)["detail"]


def test_an_update_operation_is_refused(client):
    update = "INSERT DATA { <x:a> <x:b> <x:c> }"
    as_body = client.post("/sparql", data=update, content_type="application/sparql-update")
    as_form = client.post("/sparql", data={"update": update})
    assert as_body.status_code == as_form.status_code == 403


def test_a_body_of_another_type_is_refused_with_the_types_that_are_taken(client):
    response = client.post("/sparql", json={"query": COUNT})
    assert response.status_code == 415
    assert "application/sparql-query" in json.loads(response.data)["offered"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_another_method_is_refused_with_those_that_are_allowed(client, method):
    response = getattr(client, method)("/sparql")
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_head_has_the_headers_of_get_and_no_body(client):
    whole = ask(client, COUNT)
    head = client.head("/sparql", query_string={"query": COUNT})
    assert head.data == b""
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert head.headers[name] == whole.headers[name]


def test_options_allows_reading_from_another_site(client):
    response = client.options("/sparql", headers={"Origin": "https://elsewhere.example"})
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert {"GET", "POST"} < set(response.headers["Access-Control-Allow-Methods"].split(", "))
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


# Service description, and pages


@pytest.mark.parametrize("format", formats_for("graph"), ids=lambda format: format.name)
def test_without_a_query_the_service_describes_itself(client, format):
    response = client.get("/sparql", headers={"Accept": format.media_type})
    syntax = pyoxigraph.RdfFormat.from_media_type(format.media_type)
    triples = [quad.triple for quad in pyoxigraph.parse(response.data, syntax)]
    objects = {triple.object.value for triple in triples}
    assert "http://www.w3.org/ns/sparql-service-description#Service" in objects
    assert "http://localhost/sparql" in objects
    assert STUDY_GRAPH in objects


def test_a_browser_is_shown_a_form_with_the_questions_as_examples(client):
    page = client.get("/sparql", headers={"Accept": BROWSER}).text
    assert '<textarea id="query"' in page
    assert "/sparql?query=%23%2B" in page


def test_a_browser_is_shown_the_answer_as_a_table(client):
    query = f"SELECT ?label WHERE {{ <{STUDY}> <{LABEL}> ?label }}"
    page = ask(client, query, accept=BROWSER).text
    assert "INO-VATE" in page
    assert "1 row." in page


def test_a_browser_is_shown_triples_as_turtle_and_truth_as_a_word(client):
    assert "study:ino-vate" in ask(client, DESCRIBE_STUDY, accept=BROWSER).text
    assert "Yes." in ask(client, "ASK {}", accept=BROWSER).text


def test_a_long_answer_is_cut_on_the_page_and_says_so_but_is_whole_as_data(client):
    query = "SELECT ?s WHERE { ?s ?p ?o }"
    rows = list(csv.reader(StringIO(ask(client, query, accept="text/csv").text)))
    assert len(rows) - 1 == count_of(ask(client, COUNT))
    assert "These are the first 1000 rows" in ask(client, query, accept=BROWSER).text
