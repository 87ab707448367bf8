"""The server goes nowhere: whatever a query or a request names, nothing is fetched."""

import pytest

REFUSED = {
    "service": "SELECT * { SERVICE <%s/> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <%s/> { ?s ?p ?o } }",
    "a variable": "SELECT * { VALUES ?e { <%s/> } SERVICE ?e { ?s ?p ?o } }",
    "a prefixed name": "PREFIX c: <%s/> SELECT * { SERVICE c:x { ?s ?p ?o } }",
    "lower case": "select * { service<%s/>{ ?s ?p ?o } }",
    "after a comment": "SELECT * { SERVICE#\n<%s/> { ?s ?p ?o } }",
    "optional": "SELECT * { OPTIONAL { SERVICE <%s/> { ?s ?p ?o } } }",
    "exists": "ASK { FILTER EXISTS { SERVICE <%s/> { ?s ?p ?o } } }",
    "bind": "ASK { BIND(EXISTS { SERVICE <%s/> { ?s ?p ?o } } AS ?x) }",
    "sub-select": "ASK { { SELECT * { { SERVICE <%s/> { ?s ?p ?o } } UNION {} } } }",
    "minus": "ASK { ?s ?p ?o MINUS { SERVICE <%s/> { ?s ?p ?o } } }",
    "graph": "ASK { GRAPH ?g { SERVICE <%s/> { ?s ?p ?o } } }",
    "construct": "CONSTRUCT { ?s ?p ?o } { SERVICE <%s/> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s { SERVICE <%s/> { ?s ?p ?o } }",
    "having": "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING(EXISTS { SERVICE <%s/> { ?s ?p ?o } })",
    "order": "SELECT ?s { ?s ?p ?o } ORDER BY (EXISTS { SERVICE <%s/> { ?s ?p ?o } })",
    "of SPARQL 1.2": "SELECT * { <<?s ?p ?o>> ?q ?x . SERVICE <%s/> { ?s ?p ?o } }",
    "silent, in one word": "SELECT * { SERVICESILENT<%s/>{ ?s ?p ?o } }",
    "a prefixed name, in one word": "PREFIX s: <%s/> SELECT * { SERVICEs:x { ?s ?p ?o } }",
    "after a number": "SELECT * { ?s ?p 1SERVICE<%s/>{ ?s ?p ?o } }",
    "after a truth value": "SELECT * { ?s ?p trueSERVICE<%s/>{ ?s ?p ?o } }",
    "between comparisons": "ASK { <<?a ?b ?c>> ?d ?e FILTER(1<2)SERVICE#>\n<%s/> { ?s ?p ?o } }",
    "load": "LOAD <%s/>",
    "load silently": "LOAD SILENT <%s/> INTO GRAPH <x:g>",
    "load after a query": "ASK {} ; LOAD <%s/>",
    "insert": "INSERT { ?s ?p ?o } WHERE { SERVICE <%s/> { ?s ?p ?o } }",
}


@pytest.mark.parametrize("query", REFUSED.values(), ids=REFUSED)
def test_a_query_that_names_another_endpoint_is_refused(server, canary, query):
    answer = server.ask(query % canary)
    assert answer.status == 403, answer
    assert answer.problem["detail"]


def test_service_in_escaped_letters_is_no_service(server, canary):
    answer = server.ask(f"SELECT * {{ \\u0053ERVICE <{canary}/> {{ ?s ?p ?o }} }}")
    assert answer.status in (400, 403), answer


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_a_dataset_on_the_network_is_an_empty_graph(server, canary, clause):
    pattern = "GRAPH ?g { ?s ?p ?o }" if "NAMED" in clause else "?s ?p ?o"
    answer = server.ask(f"ASK {clause} <{canary}/> {{ {pattern} }}")
    assert answer.status == 200, answer
    assert b"false" in answer.body


def test_a_dataset_in_a_file_is_an_empty_graph(server):
    answer = server.ask("ASK FROM <file:///etc/passwd> { ?s ?p ?o }")
    assert (answer.status, b"false" in answer.body) == (200, True), answer


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_dataset_that_the_request_names_is_not_fetched(server, canary, name):
    pattern = "GRAPH ?g { ?s ?p ?o }" if name.startswith("named") else "?s ?p ?o"
    answer = server.ask(f"ASK {{ {pattern} }}", **{name: f"{canary}/"})
    assert answer.status == 200, answer
    assert b"false" in answer.body


def test_describing_an_address_does_not_visit_it(server, canary):
    assert server.ask(f"DESCRIBE <{canary}/>", wait=5).status in (200, 406)


def test_the_graph_store_does_not_fetch_a_graph(server, canary):
    answer = server.request("GET", f"/store?graph={canary}/")
    assert answer.status == 404, answer
