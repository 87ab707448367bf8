"""What is refused before a query runs, and what is let through."""

import pytest

from allograph.errors import QueryRefused, QuerySyntaxError
from allograph.namespaces import Namespaces
from allograph.rdf.sparql import check_query, dataset_of, explain

SERVICE = "SERVICE <http://127.0.0.1:1/> { ?a ?b ?c }"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * WHERE {{ {SERVICE} }}",
        f"select * where {{ {SERVICE.replace('SERVICE', 'service silent')} }}",
        f"SELECT * WHERE {{ ?s ?p ?o . OPTIONAL {{ {SERVICE} }} }}",
        f"SELECT * WHERE {{ ?s ?p ?o FILTER EXISTS {{ {SERVICE} }} }}",
        f"SELECT * WHERE {{ ?s ?p ?o FILTER NOT EXISTS {{ {SERVICE} }} }}",
        f"SELECT * WHERE {{ {{ SELECT * WHERE {{ {SERVICE} }} }} }}",
        f"SELECT * WHERE {{ ?s ?p ?o MINUS {{ {SERVICE} }} }}",
        f"SELECT (EXISTS {{ {SERVICE} }} AS ?x) WHERE {{ ?s ?p ?o }}",
        f"ASK {{ GRAPH ?g {{ {SERVICE} }} }}",
        f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o . {SERVICE} }}",
        f"SELECT * WHERE {{ # SERVICE\n {SERVICE} }}",
        "SELECT * WHERE { \\u0053ERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
        "ASK { \\u0053\\U00000045RVICE <http://127.0.0.1:1/> { ?s ?p <<( ?a ?b ?c )>> } }",
        "\ufeff# é\nSELECT * WHERE { " + SERVICE + " }",
        "SELECT * WHERE { ?s ?p <<( ?a ?b ?c )>> . " + SERVICE + " }",
        "SELECT * WHERE { SERVICE ?where { ?a ?b ?c } }",
    ],
)
def test_service_is_refused_wherever_it_hides(query):
    with pytest.raises(QueryRefused, match="SERVICE"):
        check_query(query)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "PREFIX a: <a:> # x\nDELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:1/>",
        "CLEAR ALL",
        "DROP GRAPH <a:a>",
        "CREATE GRAPH <a:a>",
        "COPY <a:a> TO <a:b>",
        "SELECT * WHERE { ?s ?p ?o } ; LOAD <http://127.0.0.1:1/>",
    ],
)
def test_an_update_is_refused(update):
    with pytest.raises(QueryRefused, match="read-only"):
        check_query(update)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service WHERE { ?service ?load ?insert }",
        'SELECT * WHERE { ?s ?p "SERVICE <http://x> { }" }',
        "SELECT * WHERE { ?s ?p '''SERVICE\n''' } # SERVICE",
        "PREFIX service: <http://x/> SELECT * WHERE { ?s service:load ?o }",
        "SELECT * WHERE { ?s <http://x/SERVICE> ?o }",
        "SELECT * WHERE { ?s ?p <<( ?a ?b ?service )>> . FILTER(?b = 'LOAD') }",
        "SELECT * FROM <http://x/> WHERE { ?s ?p ?o }",
    ],
)
def test_the_words_alone_are_not_refused(query):
    check_query(query)


def test_a_prefix_that_is_not_declared_is_named_with_its_place():
    with pytest.raises(QuerySyntaxError, match="prefix ag: is not declared") as error:
        check_query("# ag:\nSELECT * WHERE {\n  ?s a ag:Study }")
    assert (error.value.line, error.value.column) == (3, 8)


NAMESPACES = Namespaces({"ag": "https://w3id.org/allograph/ontology#", "ex": "http://ex.org/"})


@pytest.mark.parametrize(
    ("query", "cure"),
    [
        (
            "SELECT * { ?s a ag:Study ; ex:p ?o ; my:own ?x }",
            "; begin the query with PREFIX ag: <https://w3id.org/allograph/ontology#>"
            " PREFIX ex: <http://ex.org/>",
        ),
        (
            "PREFIX ag: <http://other.org/> SELECT * { ?s ex:p ag:o }",
            "; begin the query with PREFIX ex: <http://ex.org/>",
        ),
        ("SELECT * { ?s my:own ?x }", ""),
    ],
)
def test_the_lines_that_declare_prefixes_of_ours_are_said(query, cure):
    with pytest.raises(QuerySyntaxError) as error:
        check_query(query, namespaces=NAMESPACES)
    assert error.value.message.endswith(f"is not declared{cure}")


def test_the_lines_are_said_also_where_the_query_has_further_mistakes():
    said = QuerySyntaxError("the prefix ag: is not declared", 1, 12)
    told = explain(said, "SELECT * { ag:a ag:b }", namespaces=NAMESPACES)
    assert told.message.endswith("PREFIX ag: <https://w3id.org/allograph/ontology#>")
    other = QuerySyntaxError("the store says no", 1, 22)
    assert explain(other, "SELECT * { ?s <ag:b> }", namespaces=NAMESPACES) is other


def test_a_namespace_that_ends_with_a_hash_keeps_it():
    query = "PREFIX g: <http://ex.org/x#> SELECT * FROM g:a FROM <http://ex.org/b> { ?s ?p ?o }"
    assert dataset_of(query) == (("http://ex.org/x#a", "http://ex.org/b"), ())


@pytest.mark.parametrize("query", ["ASK { ?s ?p '\\U00110000' }", "ASK { ?s ?p '\\UFFFFFFFF' }"])
def test_an_escape_beyond_unicode_is_left_to_the_store(query):
    check_query(query)


def test_a_prefix_may_be_declared_behind_a_comment():
    check_query("\ufeffPREFIX é: # where it comes from\n<x:> ASK { ?s é:a 'ag:' } # ag:x")


@pytest.mark.parametrize("text", ["", " \n", "# a comment\n", "\ufeff"])
def test_an_empty_query_is_named_as_such(text):
    with pytest.raises(QuerySyntaxError, match="the query is empty"):
        check_query(text)


def test_a_query_that_is_nested_too_deeply_is_refused():
    with pytest.raises((QuerySyntaxError, QueryRefused)):
        check_query("SELECT * WHERE " + "{" * 3000 + "}" * 3000)
