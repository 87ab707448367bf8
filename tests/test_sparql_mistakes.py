"""What is said of a query that is refused: where, why, and what to do."""

import pytest

from allograph.errors import QueryFailed, QuerySyntaxError
from allograph.rdf.sparql.mistakes import explained
from allograph.rdf.store import OxigraphStore


def mistake(query):
    with pytest.raises(QuerySyntaxError) as error:
        OxigraphStore.in_memory([]).query(query)
    return (error.value.line, error.value.column), error.value.message


INVISIBLE = [
    ("\u00a0", "a no-break space (U+00A0)"),
    ("\u200b", "a zero width space (U+200B)"),
    ("\u200d", "a zero width joiner (U+200D)"),
    ("\u00ad", "a soft hyphen (U+00AD)"),
    ("\u2003", "an em space (U+2003)"),
    ("\u3000", "an ideographic space (U+3000)"),
    ("\u2028", "a line separator (U+2028)"),
    ("\x85", "a next line character (U+0085)"),
    ("\x0b", "a vertical tab (U+000B)"),
    ("\x0c", "a form feed (U+000C)"),
    ("\0", "a null character (U+0000)"),
    ("\ufeff", "a byte order mark (U+FEFF)"),
]


@pytest.mark.parametrize(("character", "name"), INVISIBLE, ids=[name for _, name in INVISIBLE])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SELECT", "?x { ?x ?p ?o }"),
        ("SELECT ?x {\n  ?x ?p 1", " . }"),
        ("SELECT ?x { ?x ?p ?o .", "}"),
        ("SELECT ?x { ?x ?p ?o } ", ""),
        ("PREFIX a: <x:> ASK { ?x ?p ", "a:b }"),
        ("ASK { ?x ?p ?o FILTER(?o >", "5) }"),
    ],
)
def test_a_character_that_nobody_sees_is_named(before, character, after, name):
    line, column = before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1
    assert mistake(before + character + after) == (
        (line, column),
        f"{name} stands here; delete it, or write a space",
    )


@pytest.mark.parametrize(
    ("query", "column", "message"),
    [
        (
            "ASK { ?s ?p \u201ca\u201d }",
            13,
            'a left double quotation mark (U+201C) stands here; write "',
        ),
        (
            "ASK { ?s ?p \u2018a\u2019 }",
            13,
            "a left single quotation mark (U+2018) stands here; write '",
        ),
        ("ASK { FILTER(1 \u2212 1) }", 16, "a minus sign (U+2212) stands here; write -"),
        ("ASK { FILTER(1 \u2013 1) }", 16, "an en dash (U+2013) stands here; write -"),
        ("ASK { FILTER(1 ≤ 1) }", 16, "a less-than or equal to (U+2264) stands here; write <="),
        ("ASK \uff5b }", 5, "a fullwidth left curly bracket (U+FF5B) stands here; write {"),
        ("ASK { ☃ }", 7, "a snowman (U+2603) stands here"),
        ("ASK { ?\u200bs ?p ?o }", 8, "a zero width space (U+200B) stands here; delete it, or"),
    ],
)
def test_a_character_that_looks_like_another_is_named_with_the_other(query, column, message):
    place, said = mistake(query)
    assert place == (1, column)
    assert said.startswith(message)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?s ?p '\u00a0\u201c\u2212\u200b' }",
        "ASK {} # \u00a0",
        "ASK { ?é\u00b7 <x:\u00a0> ?ß }",
    ],
)
def test_characters_of_texts_names_and_comments_are_nobodys_business(query):
    OxigraphStore.in_memory([]).query(query)


@pytest.mark.parametrize("character", ["\u00a0", "\ufeff"])
def test_the_first_mistake_is_told(character):
    assert mistake(f"ASK {{ ?s ?p }} {character}")[0] == (1, 13)


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        (
            "SELECT * { ?s ?p ?o\n FILTER(?o > 5 }",
            (2, 16),
            "a ) is missing here: the ( of line 2, column 8 is not closed",
        ),
        ("ASK { ?s ?p ?o \n\n", (1, 15), "a } is missing here: the { of line 1, column 5 is not"),
        ("ASK { ?s ?p [ ?q ?o }", (1, 21), "a ] is missing here: the [ of line 1, column 13"),
        ("ASK { ?s ?p ( 1 2 . }", (1, 19), "this does not belong here; expected )"),
        ("ASK { ?s ?p ?o }}", (1, 17), "this } closes nothing"),
        ("ASK { ?s ?p ?o ) }", (1, 16), "this ) closes nothing"),
        ("ASK { { ?s ?p ?o }", (1, 19), "a } is missing here: the { of line 1, column 5 is not"),
        ("ASK { ?s ?p '} }", (1, 13), "the text that begins here is not closed by '"),
        ("ASK { ?s ?p '''} }\n", (1, 13), "the text that begins here is not closed by '''"),
        ("ASK", (1, 4), "the query ends too early; expected"),
        ("SELECT ?s ?s ?p ?o", (1, 19), "the query ends too early; expected"),
    ],
)
def test_a_bracket_that_is_not_closed_is_named_where_it_is_missing(query, place, message):
    assert_told(query, place, message)


@pytest.mark.parametrize(
    ("query", "place", "message"),
    [
        ("SELECT ?x { BIND(1 AS ?x)\nBIND(2 AS ?x) }", (2, 1), "?x is in scope here already"),
        ("ASK { VALUES ?x {1} BIND(2 AS ?x) }", (1, 21), "?x is in scope here already"),
        ("ASK { { ?x ?p ?o } UNION { ?o ?p 1 } BIND(2 AS ?o) }", (1, 38), "?o is in scope here"),
        ("ASK { { SELECT (1 AS ?o) {} } BIND(2 AS ?o) }", (1, 31), "?o is in scope here already"),
        ("SELECT ?y (COUNT(*) AS ?n) { ?x ?p ?y }", (1, 8), "?y is neither grouped nor aggregated"),
        ("SELECT ?x ?y { ?x ?p ?y } GROUP BY ?x", (1, 11), "?y is neither grouped nor aggregated"),
        ("SELECT ?x (?y+1 AS ?z) {?x ?p ?y} GROUP BY ?x", (1, 12), "?y is neither grouped nor"),
        ("ASK { { SELECT ?x (SUM(?y) AS ?z) { ?x ?p ?y } } }", (1, 16), "?x is neither grouped"),
        ("SELECT * { ?x ?p ?y } GROUP BY ?x", (1, 8), "SELECT * does not go with GROUP BY"),
        ("SELECT (1 AS ?x) (2 AS ?x) {}", (1, 24), "?x is a variable in this SELECT already"),
        ("SELECT (1 AS ?p) { ?x ?p ?y }", (1, 14), "?p is a variable in WHERE already"),
        ("SELECT ?x { ?x ?p ?y FILTER(COUNT(?y) > 1) }", (1, 29), "COUNT is an aggregate, which"),
        ("ASK { VALUES (?x ?y) { (1 2) (1) } }", (1, 30), "a row has a value for each variable"),
        ("ASK { _:a ?p ?o OPTIONAL { _:a ?q ?r } }", (1, 28), "_:a stands in another pattern, too"),
        ("ASK { ?s ag:Drug ?o }", (1, 10), "the prefix ag: is not declared"),
        (
            "ASK { ?s ?p 'a\\qb' }",
            (1, 15),
            "\\q is no escape of a text; write \\\\ for a backslash",
        ),
        ("ASK { ?s ?p '\\U00110000' }", (1, 14), "\\U00110000 is no escape of a text"),
        ("ASK { FILTER(CONTAIN(?x, 'a')) }", (1, 14), "there is no function CONTAIN; did you mean"),
        ("ASK { ?s ?p <x:a b> }", (1, 17), "an IRI holds no space (U+0020); write %20"),
        ("ASK { FILTER(SUBSTR('a')) }", (1, 24), "this does not belong here; expected ,"),
        ("SELECT * { ?s ?p ?o } ORDR BY ?s", (1, 23), "ORDR does not belong here; did you mean"),
        (
            "SELECT * { ?s ?p ?o ?s ?p ?o }",
            (1, 21),
            "this does not belong here; expected , or . or",
        ),
        ("SELECT ?s { ?s ?p ?o } ORDER ?s", (1, 30), "this does not belong here; expected BY"),
        ("PREFIX ag <x:> ASK {}", (1, 8), "ag does not belong here; expected a prefix"),
        ("SELECT (RAND() AS ?r) (SUM(?x) AS ?s) (?r+1 AS ?t) {?x ?p ?y}", (1, 40), "?r is a name"),
    ],
)
def test_the_reason_of_a_mistake_is_told(query, place, message):
    assert_told(query, place, message)


def assert_told(query, place, message):
    where, said = mistake(query)
    assert where == place
    assert said.startswith(message)


@pytest.mark.parametrize("prefix", ["", "\ufeff", "# é\n", "PREFIX a: <x:> "])
@pytest.mark.parametrize(
    "rest", ["ASK { ?s ?p }", "ASK { ?s ?p ?o", "SELECT", "ASK {} }", "ASK { <a"]
)
def test_no_place_is_behind_the_end_of_the_query(prefix, rest):
    query = prefix + rest
    (line, column), _ = mistake(query)
    lines = query.removeprefix("\ufeff").split("\n")
    assert column <= len(lines[line - 1]) + 1


def test_an_unknown_function_of_an_iri_is_a_failure():
    with pytest.raises(QueryFailed, match="x:none"):
        OxigraphStore.in_memory([]).query("SELECT (<x:none>(1) AS ?x) {}")


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 5000 + "BIND(1 AS ?x) BIND(1 AS ?x)" + "}" * 5000,
        "ASK " + "{" * 5000,
        "ASK { FILTER" + "(" * 5000 + "1" + ")" * 5000,
    ],
)
def test_a_query_nested_deeply_is_explained_within_the_stack(query):
    """The store, which recurses, is asked in workers whose stack is large."""
    said = explained(query, QuerySyntaxError("the store gave up", 1, 3))
    assert said.message.startswith(("a } is missing here", "the store gave up"))
