"""SPARQL 1.1 Protocol, section 2.2 and what else would reach out or write: refused with 403.

https://www.w3.org/TR/sparql11-protocol/#update-operation. The graph is read-only, and a query is
answered from it alone. A canary, which answers as an endpoint would, must never hear from it.
"""

from urllib.parse import quote
from urllib.request import urlopen

import pytest
from over_http import get, listening_canary, post_form, send

UPDATE = "application/sparql-update"
QUERY = "application/sparql-query"
INSERT = "INSERT DATA { <http://example.org/s> <http://example.org/p> 1 }"
INSERTED = (
    "ASK { { ?s <http://example.org/p> ?o } UNION { GRAPH ?g { ?s <http://example.org/p> ?o } } }"
)
TRIPLE_TERM = "VALUES ?t { <<( <x:a> <x:b> <x:c> )>> }"


@pytest.fixture(scope="module")
def canary():
    with listening_canary() as canary:
        yield canary


@pytest.fixture(autouse=True)
def the_canary_stays_silent(canary):
    canary.visits.clear()
    yield
    assert canary.visits == []


def refusal_of(reply):
    assert reply.status == 403, reply.text[:300]
    assert reply.media_type == "application/problem+json"
    assert "refused" in reply.json["detail"]
    return reply.json["detail"]


def test_the_canary_hears_its_visitors(canary):
    with urlopen(f"{canary.url}?query=ASK") as answer:
        assert b"sung" in answer.read()
    assert canary.visits == ["GET /?query=ASK HTTP/1.1"]
    canary.visits.clear()


# 2.2: the update operation, in each way it can be sent


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_an_update_in_a_form_is_refused(server, path):
    refusal_of(post_form(server, path, {"update": INSERT}))


@pytest.mark.parametrize("content_type", [UPDATE, f"{UPDATE}; charset=utf-8", UPDATE.upper()])
def test_an_update_as_the_body_is_refused(server, content_type):
    refusal_of(send(server, "POST", "/sparql", INSERT, content_type=content_type))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_an_update_in_the_url_is_refused(server, method):
    reply = get(server, "/sparql", {"update": INSERT}, method=method)
    assert reply.status == 403


@pytest.mark.parametrize(
    "arguments",
    [
        {"update": INSERT, "using-graph-uri": "http://example.org/g"},
        {"update": INSERT, "using-named-graph-uri": "http://example.org/g"},
        {"update": [INSERT, INSERT]},
        {"update": "nonsense"},
        {"update": ""},
        {"update": INSERT, "query": "ASK {}"},
    ],
)
def test_an_update_is_refused_whatever_comes_with_it(server, arguments):
    refusal_of(post_form(server, "/sparql", arguments))
    refusal_of(get(server, "/sparql", arguments))


@pytest.mark.parametrize("body", [b"", b"nonsense", b"\xff\xfe", INSERT.encode("utf-16")])
def test_an_update_is_refused_unread(server, body):
    refusal_of(send(server, "POST", "/sparql", body, content_type=UPDATE))


@pytest.mark.parametrize("content_type", [QUERY, "application/x-www-form-urlencoded"])
def test_an_update_in_the_url_is_refused_though_a_query_is_in_the_body(server, content_type):
    body = "ASK {}" if content_type == QUERY else f"query={quote('ASK {}')}"
    target = f"/sparql?update={quote(INSERT)}"
    refusal_of(send(server, "POST", target, body, content_type=content_type))


@pytest.mark.parametrize(
    "update",
    [
        INSERT,
        INSERT.lower(),
        "DELETE DATA { <http://example.org/s> <http://example.org/p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
        "WITH <http://example.org/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <CANARY>",
        "LOAD SILENT <CANARY> INTO GRAPH <http://example.org/g>",
        "# a comment\nLoAd#\n<CANARY>",
        "PREFIX c: <CANARY> LOAD c:",
        "CLEAR ALL",
        "CLEAR SILENT DEFAULT",
        "DROP GRAPH <http://example.org/g>",
        "CREATE GRAPH <http://example.org/g>",
        "COPY DEFAULT TO <http://example.org/g>",
        "MOVE <http://example.org/g> TO DEFAULT",
        "ADD <http://example.org/g> TO DEFAULT",
        "SELECT * WHERE { ?s ?p ?o } ; LOAD <CANARY>",
        f"ASK {{}} ; {INSERT}",
    ],
)
def test_an_update_that_is_sent_as_a_query_is_refused(server, canary, update):
    update = update.replace("CANARY", canary.url)
    refusal_of(get(server, "/sparql", {"query": update}))
    refusal_of(post_form(server, "/sparql", {"query": update}))
    refusal_of(send(server, "POST", "/sparql", update, content_type=QUERY))


def test_nothing_was_ever_written(server):
    assert get(server, "/sparql", {"query": INSERTED}).json["boolean"] is False


# SERVICE, wherever it hides: SPARQL 1.1 Federated Query

CLAUSE = "SERVICE <CANARY> { ?a ?b ?c }"
EXISTS = f"EXISTS {{ {CLAUSE} }}"
ANYTHING = "?s ?p ?o"
IN_SPARQL_1_1 = {
    "in the open": f"SELECT * WHERE {{ {CLAUSE} }}",
    "in an ASK": f"ASK {{ {CLAUSE} }}",
    "in a CONSTRUCT": f"CONSTRUCT {{ ?a ?b ?c }} WHERE {{ {CLAUSE} }}",
    "in a DESCRIBE": f"DESCRIBE ?a WHERE {{ {CLAUSE} }}",
    "in lower case": "select * where { service <CANARY> { ?a ?b ?c } }",
    "in mixed case": "SELECT * { sErViCe SiLeNt <CANARY> { ?a ?b ?c } }",
    "silently": "SELECT * { SERVICE SILENT <CANARY> { ?a ?b ?c } }",
    "behind a comment": "SELECT * { # }\nSERVICE # {\r\n#\nSILENT#x\n<CANARY>#{\n{ ?a ?b ?c } }",
    "behind a carriage return": "SELECT * { #\rSERVICE <CANARY> { ?a ?b ?c } }",
    "without a space": f"SELECT * {{ {ANYTHING}.SERVICE<CANARY>{{?a ?b ?c}}}}",
    "behind a number": "SELECT * { ?s ?p 1SERVICE<CANARY>{ ?a ?b ?c } }",
    "behind a truth value": "SELECT * { ?s ?p trueSERVICE<CANARY>{ ?a ?b ?c } }",
    "behind a string": "SELECT * { OPTIONAL { ?s ?p '{'SERVICE<CANARY>{ ?a ?b ?c } } }",
    "before SILENT without a space": "SELECT * { SERVICESILENT<CANARY>{ ?a ?b ?c } }",
    "before a name without a space": "PREFIX c: <CANARY> SELECT * { SERVICEc:{ ?a ?b ?c } }",
    "by a prefix": "PREFIX c: <CANARY> SELECT * { SERVICE c:x { ?a ?b ?c } }",
    "by a prefix of its own name": "PREFIX service: <CANARY> SELECT * { SERVICE service: {} }",
    "by the empty prefix": "PREFIX : <CANARY> SELECT * { SERVICE: { ?a ?b ?c } }",
    "by the base": "BASE <CANARY> SELECT * { SERVICE <x> { ?a ?b ?c } }",
    "by a variable": "SELECT * { VALUES ?u { <CANARY> } SERVICE ?u { ?a ?b ?c } }",
    "by a variable that is found": "SELECT * { BIND(<CANARY> AS ?u) SERVICE $u { ?s ?p ?o } }",
    "in OPTIONAL": f"SELECT * {{ {ANYTHING} OPTIONAL {{ {CLAUSE} }} }}",
    "in UNION": f"SELECT * {{ {{ {ANYTHING} }} UNION {{ {CLAUSE} }} }}",
    "in MINUS": f"SELECT * {{ {ANYTHING} MINUS {{ {CLAUSE} }} }}",
    "in GRAPH": f"SELECT * {{ GRAPH ?g {{ {CLAUSE} }} }}",
    "in a group in a group": f"SELECT * {{ {{ {{ {{ {CLAUSE} }} }} }} }}",
    "in a sub-select": f"SELECT * {{ {{ SELECT * {{ {{ SELECT ?a {{ {CLAUSE} }} }} }} }} }}",
    "in EXISTS": f"SELECT * {{ {ANYTHING} FILTER {EXISTS} }}",
    "in NOT EXISTS": f"SELECT * {{ {ANYTHING} FILTER NOT {EXISTS} }}",
    "in EXISTS in EXISTS": f"ASK {{ FILTER EXISTS {{ {ANYTHING} FILTER {EXISTS} }} }}",
    "in an expression": f"SELECT * {{ {ANYTHING} FILTER(1 = 1 && !(IF({EXISTS}, true, false))) }}",
    "in BIND": f"SELECT * {{ {ANYTHING} BIND({EXISTS} AS ?x) }}",
    "in IN": f"SELECT * {{ {ANYTHING} FILTER(true IN (false, {EXISTS})) }}",
    "in COALESCE": f"SELECT (COALESCE(1/0, {EXISTS}) AS ?x) {{ {ANYTHING} }}",
    "in the projection": f"SELECT ({EXISTS} AS ?x) {{ {ANYTHING} }}",
    "in an aggregate": f"SELECT (COUNT({EXISTS}) AS ?n) {{ {ANYTHING} }}",
    "in GROUP BY": f"SELECT (1 AS ?n) {{ {ANYTHING} }} GROUP BY ({EXISTS} AS ?x)",
    "in HAVING": f"SELECT (1 AS ?n) {{ {ANYTHING} }} HAVING ({EXISTS})",
    "in ORDER BY": f"SELECT * {{ {ANYTHING} }} ORDER BY {EXISTS}",
    "behind a less-than": "SELECT * { FILTER(1<2)SERVICE#>\n<CANARY> { ?a ?b ?c } }",
    "behind an IRI with a hash": "SELECT * { FILTER(<x:#>=<x:#>)SERVICE<CANARY>{ ?a ?b ?c } }",
    "in SERVICE": f"SELECT * {{ SERVICE SILENT <x:nowhere> {{ {CLAUSE} }} }}",
    "with escapes": "SELECT * { \\u0053ERVICE <CANARY> { ?a ?b ?c } }",
    "with an escape in its IRI": "SELECT * { SERVICE <\\u0068ttp://127.0.0.1:1/> { ?a ?b ?c } }",
    "before a mistake": f"SELECT * {{ {CLAUSE} ?s ?p }}",
    "unfinished": "SELECT * { SERVICE <CANARY> { ?a ?b ?c }",
}
BESIDE_SPARQL_1_2 = {
    "a triple term": f"SELECT * {{ {TRIPLE_TERM} {CLAUSE} }}",
    "a version": f'VERSION "1.2" SELECT * {{ {CLAUSE} }}',
    "a function": f"SELECT * {{ BIND(hasLANGDIR('x') AS ?x) {CLAUSE} }}",
    "a reified triple": f"SELECT * {{ OPTIONAL {{ << ?s ?p ?o >> ?q ?r }} {CLAUSE} }}",
    "an annotation": f"SELECT * {{ OPTIONAL {{ ?s ?p ?o {{| ?q ?r |}} }} {CLAUSE} }}",
    "LATERAL": f"SELECT * {{ LATERAL {{ {CLAUSE} }} }}",
    "no space": f"SELECT * {{ {TRIPLE_TERM} OPTIONAL {{ ?s ?p <x:c>.SERVICE<CANARY>{{}} }} }}",
    "a name with a dot": f"PREFIX s: <x:> ASK {{ {TRIPLE_TERM} ?s ?p s:.SERVICE<CANARY>{{}} }}",
    "a language tag": f"SELECT * {{ {TRIPLE_TERM} ?s ?p 'x'@en.SERVICE<CANARY>{{}} }}",
    "no space before a name": f"PREFIX c: <CANARY> SELECT * {{ {TRIPLE_TERM} SERVICEc:{{}} }}",
    "no space before SILENT": f"SELECT * {{ {TRIPLE_TERM} SERVICESILENT<CANARY>{{}} }}",
    "a less-than": f"SELECT * {{ {TRIPLE_TERM} FILTER(1<2)SERVICE#>\n<CANARY> {{}} }}",
    "a less-than and an IRI": (
        f"SELECT * {{ {TRIPLE_TERM} FILTER(<x:#>=<x:#>&&1<2)SERVICE#>\n<CANARY> {{}} }}"
    ),
    "a less-than and quotes": (
        f"SELECT * {{ {TRIPLE_TERM} FILTER(1<2)#>'''\nSERVICE#'''\n<CANARY> {{}} }}"
    ),
    "an escaped quote": (
        f"PREFIX s: <x:> SELECT * {{ {TRIPLE_TERM} OPTIONAL {{ ?s ?p s:\\' }} "
        "SERVICE <CANARY> {} FILTER('' = '') }"
    ),
    "an escaped hash": (
        f"PREFIX s: <x:> ASK {{ {TRIPLE_TERM} OPTIONAL {{ ?s ?p s:\\# }} SERVICE <CANARY> {{}} }}"
    ),
    "comments": f"SELECT * {{ {TRIPLE_TERM} #'\nSERVICE#'\r<CANARY>#\n{{}} }}",
    "EXISTS": f"SELECT * {{ {TRIPLE_TERM} FILTER {EXISTS} }}",
    "a variable with a middle dot": (
        f"SELECT * {{ {TRIPLE_TERM} BIND(<CANARY> AS ?a·) SERVICE ?a·{{ {ANYTHING} }} }}"
    ),
    "a variable": f"SELECT * {{ {TRIPLE_TERM} VALUES ?u {{ <CANARY> }} SERVICE?u{{}} }}",
}


@pytest.mark.parametrize("query", IN_SPARQL_1_1.values(), ids=IN_SPARQL_1_1)
def test_service_is_refused_wherever_it_hides(server, canary, query):
    query = query.replace("CANARY", canary.url)
    assert "SERVICE" in refusal_of(get(server, "/sparql", {"query": query}))
    assert "SERVICE" in refusal_of(send(server, "POST", "/sparql", query, content_type=QUERY))


@pytest.mark.parametrize("query", BESIDE_SPARQL_1_2.values(), ids=BESIDE_SPARQL_1_2)
def test_service_is_refused_beside_what_only_sparql_1_2_knows(server, canary, query):
    query = query.replace("CANARY", canary.url)
    assert "SERVICE" in refusal_of(get(server, "/sparql", {"query": query}))


@pytest.mark.parametrize("accept", ["text/csv", "text/turtle", "image/png", "*/*;q=0"])
def test_service_is_refused_whatever_is_accepted(server, canary, accept):
    query = f"ASK {{ {CLAUSE} }}".replace("CANARY", canary.url)
    reply = get(server, "/sparql", {"query": query}, accept=accept)
    assert reply.status in (403, 406)


def test_a_person_is_told_on_a_page_that_service_is_refused(server):
    reply = get(server, "/sparql", {"query": f"ASK {{ {CLAUSE} }}"}, accept="text/html")
    assert (reply.status, reply.media_type) == (403, "text/html")
    assert "SERVICE is refused" in reply.text


@pytest.mark.parametrize(
    "query",
    [
        "ASK { BIND('SERVICE <CANARY> { }' AS ?service) }",
        'ASK { BIND("""LOAD <CANARY>""" AS ?load) } # SERVICE <CANARY> { }',
        "PREFIX service: <CANARY> ASK { OPTIONAL { ?s service:load service:SERVICE } }",
        "ASK { OPTIONAL { ?s <CANARY#SERVICE> ?insert } }",
        f"ASK {{ {TRIPLE_TERM} BIND('LOAD' AS ?service) }}",
    ],
)
def test_the_words_alone_are_answered(server, canary, query):
    reply = get(server, "/sparql", {"query": query.replace("CANARY", canary.url)})
    assert (reply.status, reply.json["boolean"]) == (200, True)


# 2.1.4: graphs are never fetched from the network


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <CANARY> WHERE { ?s ?p ?o }",
        "SELECT * FROM NAMED <CANARY> WHERE { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * FROM NAMED <CANARY> WHERE { GRAPH <CANARY> { ?s ?p ?o } }",
        "BASE <CANARY> SELECT * FROM <x> WHERE { ?s ?p ?o }",
        "SELECT * WHERE { GRAPH <CANARY> { ?s ?p ?o } }",
        "SELECT * FROM <file:///etc/passwd> WHERE { ?s ?p ?o }",
        "SELECT * FROM <CANARY> WHERE { ?s ?p <<( ?a ?b ?c )>> }",
    ],
)
def test_a_graph_that_a_query_names_is_never_fetched(server, canary, query):
    reply = get(server, "/sparql", {"query": query.replace("CANARY", canary.url)})
    assert (reply.status, reply.json["results"]["bindings"]) == (200, [])


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_a_request_names_is_never_fetched(server, canary, name):
    query = "SELECT * WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    reply = get(server, "/sparql", {"query": query, name: [canary.url, f"{canary.url}other"]})
    assert (reply.status, reply.json["results"]["bindings"]) == (200, [])


def test_a_thing_that_is_described_is_never_fetched(server, canary):
    reply = get(server, "/sparql", {"query": f"DESCRIBE <{canary.url}>"}, accept="text/turtle")
    assert reply.status == 200


def test_a_graph_that_the_store_is_asked_for_is_never_fetched(server, canary):
    assert get(server, "/store", {"graph": canary.url}).status == 404
