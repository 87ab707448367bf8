"""Queries that cost too much end alone: by the deadline, or by the memory of their worker."""

import pytest

PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
DEEP = 10_000
STRINGS = "".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1}) " for n in range(40))

ENDLESS = {
    "product": f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}",
    "filter": f"SELECT * {{ {PRODUCT} FILTER (STRLEN(STR(?a)) + STRLEN(STR(?i)) < 0) }}",
    "order": f"SELECT * {{ {PRODUCT} }} ORDER BY ?c ?f ?i",
    "group": f"SELECT ?a ?c ?d ?f (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?a ?c ?d ?f",
    "distinct": f"SELECT DISTINCT ?a ?d ?g {{ {PRODUCT} }} ORDER BY ?a",
    "concatenation": f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {PRODUCT} }}",
    "construct": f"CONSTRUCT {{ ?a ?b ?f }} {{ {PRODUCT} }}",
    "describe": f"DESCRIBE ?a {{ {PRODUCT} }}",
    "paths": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?b (!<x:x>|^!<x:x>)* ?c }",
    "nested paths": "SELECT * { ?a (((!<x:x>)*)*/((^!<x:x>)+)*)* ?b } ORDER BY ?b ?a",
    "exists": f"ASK {{ ?x ?y ?z FILTER EXISTS {{ {PRODUCT} FILTER (?c = ?f && ?f < ?x) }} }}",
    "minus": f"SELECT * {{ {PRODUCT} MINUS {{ ?a ?b ?c . ?d ?e ?f }} }} ORDER BY ?a",
    "sub-select": f"SELECT (MAX(?n) AS ?m) {{ {{ SELECT (RAND() AS ?n) {{ {PRODUCT} }} }} }}",
}
REGEX = (
    "SELECT * {{ VALUES ?s0 {{ 'aaaaaaaa' }} "
    + "".join(f"BIND(CONCAT(?s{n}, ?s{n}) AS ?s{n + 1}) " for n in range(13))
    + "BIND(REPLACE(?s13, '{pattern}', '$1$1$1$1') AS ?r) FILTER REGEX(?s13, '{pattern}') }}"
)
PATTERNS = ("(a+)+$", "(a|aa)+b", "(.*)*(.*)*b", "(a{500}){500}", "(a?){5000}b", "(" * DEEP)

NESTED = {
    "groups": f"ASK {'{' * DEEP}{'}' * DEEP}",
    "parentheses": f"ASK {{ FILTER ({'(' * DEEP}true{')' * DEEP}) }}",
    "sub-selects": f"SELECT * {{ {'{ SELECT * {' * DEEP}{'} }' * DEEP} }}",
    "optionals": f"ASK {{ {'OPTIONAL {' * DEEP}{'}' * DEEP} }}",
    "minuses": f"ASK {{ {'?s ?p ?o MINUS {' * DEEP}{'}' * DEEP} }}",
    "graphs": f"ASK {{ {'GRAPH ?g {' * DEEP}{'}' * DEEP} }}",
    "exists": f"ASK {{ {'FILTER EXISTS {' * DEEP}{'}' * DEEP} }}",
    "unions": f"ASK {{ {{}} {'UNION {}' * DEEP} }}",
    "brackets": f"ASK {{ ?s ?p {'[ ?p ' * DEEP}1{']' * DEEP} }}",
    "lists": f"ASK {{ ?s ?p {'(' * DEEP}1{')' * DEEP} }}",
    "paths": f"ASK {{ ?s {'(' * DEEP}<x:p>{')*' * DEEP} ?o }}",
    "negations": f"ASK {{ FILTER ({'!' * DEEP}true) }}",
    "sums": f"ASK {{ FILTER (1{'+1' * DEEP} = 1) }}",
    "functions": f"ASK {{ FILTER ({'STR(' * DEEP}1{')' * DEEP} = '1') }}",
    "very deep groups": f"ASK {'{' * 8 * DEEP}{'}' * 8 * DEEP}",
    "never closed": f"ASK {'{' * DEEP}",
    "never opened": f"ASK {{{'}' * DEEP}",
}


@pytest.mark.parametrize("query", ENDLESS.values(), ids=ENDLESS)
def test_a_query_without_end_is_stopped(server, query):
    answer = server.ask(query, timeout=1)
    assert answer.status in (504, 507), answer
    assert answer.problem["detail"]


def test_a_string_that_doubles_forty_times_ends_its_own_worker_only(server):
    before = server.workers()
    answer = server.ask(f"SELECT * {{ VALUES ?s0 {{ 'aaaaaaaa' }} {STRINGS} }}")
    assert answer.status == 507, answer
    assert answer.problem["detail"]
    assert len(before & server.workers()) == len(before) - 1


@pytest.mark.parametrize("pattern", PATTERNS, ids=range(len(PATTERNS)))
def test_a_regular_expression_cannot_take_longer_than_the_deadline(server, pattern):
    answer = server.ask(REGEX.format(pattern=pattern), timeout=1)
    assert answer.status in (200, 504, 507), answer


@pytest.mark.parametrize("values", [30_000, 300_000])
def test_values_may_be_many_but_not_more_than_can_be_joined(server, values):
    block = " ".join(map(str, range(values)))
    query = f"SELECT * {{ VALUES ?x {{ {block} }} VALUES ?y {{ {block} }} }} ORDER BY ?y ?x"
    answer = server.ask(query, timeout=1)
    assert answer.status in (413, 504, 507), answer


@pytest.mark.parametrize("query", NESTED.values(), ids=NESTED)
def test_depth_ends_no_more_than_the_query_that_is_deep(server, query):
    answer = server.ask(query, timeout=1)
    assert answer.status in (200, 400, 504, 507), answer
