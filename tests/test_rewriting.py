"""Queries that Oxigraph refuses or misreads are written anew, and mean the same."""

from itertools import product

import pytest
import rdflib
from pyoxigraph import RdfFormat, parse

from allograph.errors import QuerySyntaxError
from allograph.rdf.sparql.rewriting import LONGEST, prepared, with_names_replaced
from allograph.rdf.store import OxigraphStore

DATA = """
@prefix : <http://example.org/> .
:a :size 1, 2, 3 ; :says "x"@en, "x"@de ; :near :b .
:b :size 40 ; :says "y" ; :near :c .
"""
PREFIX = "PREFIX : <http://example.org/> "


@pytest.fixture(scope="module")
def graph():
    return rdflib.Graph().parse(data=DATA, format="turtle")


@pytest.fixture(scope="module")
def store():
    return OxigraphStore.in_memory(parse(DATA, RdfFormat.TURTLE))


def rows(answer):
    names = [variable.value for variable in answer.variables]
    return sorted([plain(solution[name]) for name in names] for solution in answer)


def plain(term):
    """A number for a number, the words of a list in any order, else the text."""
    if term is None:
        return ""
    text = getattr(term, "value", term)
    try:
        return float(text)
    except (TypeError, ValueError):
        return " ".join(sorted(str(text).split()))


SHARES = [
    (
        "SELECT ?g (COUNT(*) AS ?n) (SUM(?x) AS ?s) (?s / ?n AS ?mean) {W} GROUP BY ?g",
        "SELECT ?g ?n ?s (?s / ?n AS ?mean) {"
        " { SELECT ?g (COUNT(*) AS ?n) (SUM(?x) AS ?s) {W} GROUP BY ?g } }",
    ),
    (
        "SELECT (COUNT(?x) AS ?n) (?n + 1 AS ?m) (?n * ?m AS ?o) (IF(?o > 3, ?m, ?n) AS ?p) {W}",
        "SELECT ?n ?m ?o (IF(?o > 3, ?m, ?n) AS ?p) { { SELECT ?n ?m (?n * ?m AS ?o) {"
        " { SELECT ?n (?n + 1 AS ?m) { { SELECT (COUNT(?x) AS ?n) {W} } } } } } }",
    ),
    (
        "SELECT ?g ?h { { SELECT ?g (MAX(?x) AS ?m) (?m - 1 AS ?h) {W} GROUP BY ?g } }",
        "SELECT ?g ?h { { SELECT ?g (MAX(?x) - 1 AS ?h) {W} GROUP BY ?g } }",
    ),
    (
        "SELECT ?h (?h AS ?i) (SUM(?x) - COUNT(?x) AS ?d) (5 - ?d - ?d AS ?e) {W} "
        "GROUP BY (STR(?g) AS ?h)",
        "SELECT ?h (?h AS ?i) ?d (5 - ?d - ?d AS ?e) { { SELECT ?h (SUM(?x) - COUNT(?x) AS ?d) {W} "
        "GROUP BY (STR(?g) AS ?h) } }",
    ),
]


@pytest.mark.parametrize(("query", "nested"), SHARES)
def test_a_new_name_is_used_again_as_in_a_sub_select(store, graph, query, nested):
    """SPARQL 1.1 Query, section 16.1.2."""
    where = "{ ?g :size ?x }"
    query, nested = (PREFIX + text.replace("{W}", where) for text in (query, nested))
    answer = rows(store.query(query))
    assert answer == rows(store.query(nested))
    by_rdflib = [[plain(term) for term in row] for row in graph.query(nested)]
    assert answer == sorted(by_rdflib)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (RAND() AS ?r) (COUNT(*) AS ?n) (?r + 1 AS ?m) { ?g :size ?x }",
        "SELECT (UUID() AS ?r) (COUNT(*) AS ?n) (STR(?r) AS ?m) { ?g :size ?x }",
        "SELECT (COUNT(*) AS ?n) (EXISTS { ?s :size ?n } AS ?m) (?n + 1 AS ?o) { ?g :size ?x }",
    ],
)
def test_a_name_that_cannot_be_replaced_is_refused_with_the_cure(store, query):
    assert with_names_replaced(PREFIX + query) is None
    with pytest.raises(QuerySyntaxError, match="as a sub-select"):
        store.query(PREFIX + query)


def test_a_name_inside_an_aggregate_is_another_variable():
    query = "SELECT (COUNT(*) AS ?n) (SUM(?n) AS ?m) (?n - 1 AS ?o) {}"
    assert with_names_replaced(query) == (
        "SELECT (COUNT(*) AS ?n) (SUM(?n) AS ?m) ((COUNT(*)) - 1 AS ?o) {}"
    )


def test_a_chain_of_names_does_not_grow_without_end(store):
    chain = "".join(f"(?v{i} + ?v{i} AS ?v{i + 1})" for i in range(40))
    query = f"SELECT (COUNT(*) AS ?v0) {chain} {{}}"
    assert with_names_replaced(query) is None
    short = "SELECT (COUNT(*) AS ?a) (?a + ?a AS ?b) (?b + ?b AS ?c) {}"
    assert len(with_names_replaced(short)) < LONGEST
    with pytest.raises(QuerySyntaxError, match="as a sub-select"):
        store.query(query)


def test_a_mistake_beside_a_reused_name_is_the_one_that_is_told(store):
    with pytest.raises(QuerySyntaxError, match="BIND") as error:
        store.query("SELECT (COUNT(*) AS ?n) (?n+1 AS ?m) { BIND(1 AS ?x)\n BIND(1 AS ?x) }")
    assert (error.value.line, error.value.column) == (2, 2)


ARGUMENTS = ("?x", "DISTINCT ?x", "STR(?x)", "DISTINCT STR(?x)", "(?x)")
LISTS = [("size", "?x + 1"), *product(("size", "says", "near"), ARGUMENTS)]


@pytest.mark.parametrize(("predicate", "argument"), LISTS)
@pytest.mark.parametrize("separator", ["", "; SEPARATOR=' '", ' ; separator = " ; "'])
def test_a_list_in_a_cell_holds_texts_as_rdflib_writes_it(
    store, graph, argument, predicate, separator
):
    query = (
        f"{PREFIX} SELECT ?g (group_Concat( {argument}{separator}) AS ?list) "
        f"{{ ?g :{predicate} ?x }} GROUP BY ?g"
    )
    answer = rows(store.query(query))
    if argument.startswith("DISTINCT") and predicate == "says":
        assert answer == [["http://example.org/a", "x"], ["http://example.org/b", "y"]]
    else:
        by_rdflib = [[plain(term) for term in row] for row in graph.query(query)]
        assert answer == sorted(by_rdflib)


def test_a_list_of_texts_with_a_language_has_none(store):
    [row] = store.query('SELECT (GROUP_CONCAT(?x) AS ?l) { VALUES ?x { "a"@en "b"@en } }')
    assert (row["l"].value, row["l"].language) == ("a b", None)


def test_only_the_argument_of_a_list_is_written_anew():
    text = "SELECT (GROUP_CONCAT(?x) AS ?l) { ?x ?p 'GROUP_CONCAT(?y)' } # GROUP_CONCAT(?z)"
    assert prepared(text) == text.replace("(?x)", "(STR(?x))", 1)
    nested = "SELECT (GROUP_CONCAT(CONCAT(?a, GROUP_CONCAT(?b))) AS ?l) {}"
    assert prepared(nested) == (
        "SELECT (GROUP_CONCAT(STR(CONCAT(?a, GROUP_CONCAT(STR(?b))))) AS ?l) {}"
    )


@pytest.mark.parametrize(
    "text", ["ASK {}", "SELECT (GROUP_CONCAT(?x AS ?l) {}", "nonsense", "", "GROUP_CONCAT"]
)
def test_what_needs_no_change_or_is_no_query_stays_as_it_is(text):
    assert prepared(text) == text


def test_a_mistake_keeps_its_place_where_a_list_was_written_anew(store):
    with pytest.raises(QuerySyntaxError, match=r"\?y is neither grouped") as error:
        store.query("SELECT (GROUP_CONCAT(?x) AS ?l) ?y { ?x ?p ?y }")
    assert (error.value.line, error.value.column) == (1, 33)


@pytest.mark.parametrize("text", ["\ufeffASK {}", "\\u0041SK {}", "\ufeff \\u0041\\U00000053K{}"])
def test_a_byte_order_mark_and_escapes_are_read_as_the_standard_says(store, text):
    assert bool(store.query(text))
