"""What is read from the text of a query is read by the tokens of the grammar."""

import pytest

from allograph.rdf.sparql import dataset_of
from allograph.rdf.sparql.tokens import (
    expanded,
    form_of,
    position_of,
    prefixes_of,
    read_tokens,
    tokens_of,
)

LONG = 400_000


@pytest.mark.parametrize(
    "prologue",
    [
        "",
        "\ufeff",
        "# SELECT\n",
        "PREFIX ag: # where it comes from: <http://x/> SELECT\n <https://w3id.org/allograph/ontology#>",
        "PREFIX#\nag:#\n<http://x/#ASK>#\n",
        "prefix é·x.y-1: <http://x/> PREFIX : <http://x/>",
        'BASE <http://x/> # ASK\r\nVERSION \'1.2\' VERSION """1.\n2""" ',
        "PREFIX ag:<http://x/\\u0041>",
        "\\u0050REFIX ag: <http://x/>",
        "PREFIX describe: <http://x/> PREFIX select: <http://x/>\r",
    ],
)
@pytest.mark.parametrize("form", ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"])
def test_the_form_is_the_word_behind_the_prologue(prologue, form):
    assert form_of(f"{prologue}{form}{{}}") == form
    assert form_of(f"{prologue} {form.title()} {{}}") == form


@pytest.mark.parametrize(
    "text", ["", "\ufeff", "# ASK", "PREFIX ASK {}", "INSERT DATA {}", "ASKED {}", "'ASK' {}", "\0"]
)
def test_what_is_no_query_has_no_form(text):
    assert form_of(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        '"""\\' * LONG + "\\u0041",
        "VERSION " + '"""\\' * LONG,
        "PREFIX " + "a." * LONG,
        "'" * (2 * LONG + 1),
        "<" * LONG + "\\u0041",
    ],
    ids=["quotes", "version", "dots", "apostrophes", "angles"],
)
def test_the_form_of_a_hostile_text_is_read_in_one_pass(text):
    """A reading whose time grows with the square of the length would not end here."""
    assert form_of(text) == ""


def test_strings_iris_and_comments_are_one_token_each():
    text = 'ASK { ?s <x:#a> \'#\' , -.5 , """a"b"""@en-GB--ltr . # }\n _:b.c ag:a.b . }'
    assert [token.text for token in tokens_of(text)] == [
        *("ASK", "{", "?s", "<x:#a>", "'#'", ",", "-", ".5", ","),
        *('"""a"b"""', "@en-GB--ltr", ".", "_:b.c", "ag:a.b", ".", "}"),
    ]


def test_a_long_string_may_hold_quotes_before_an_escape():
    [token] = tokens_of(r'"""Long""\"still"""')
    assert token.kind == "string"


def test_a_string_that_is_not_closed_ends_with_its_line():
    assert [token.kind for token in tokens_of("'a\nASK 'b'")] == ["unclosed", "word", "string"]


def test_prefixes_are_read_past_comments():
    text = (
        "prefix a: #<x:no>\n<x:a#> BASE <x:b> PREFIX é.x:<x:é> "
        "SELECT ?prefix { ?s ?p 'PREFIX c: <x:c>' }"
    )
    assert prefixes_of(tokens_of(text)) == {"a": "x:a#", "é.x": "x:é"}


def test_an_escape_is_its_character_but_where_the_store_reads_it_itself():
    text = r"\u0041SK { ?s <x:\u0042> '\u0043', '''\U00000044''' } # \u000A"
    assert expanded(text) == text.replace(r"\u0041", "A")
    assert expanded(r"\uD800 \U00110000") == r"\uD800 \U00110000"


def test_a_token_knows_its_place_in_the_text_as_it_was_sent():
    text = "\ufeff\\u0041SK { \\u003Fx"
    assert [text[token.start : token.end] for token in tokens_of(text)] == (
        ["\\u0041SK", "{", "\\u003Fx"]
    )
    assert [token.text for token in read_tokens(text)] == ["ASK", "{", "?x"]


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("", (1, 1)),
        ("\ufeff", (1, 1)),
        ("\U0001f600", (1, 2)),
        ("a\r\nb\rc\nd", (4, 2)),
        ("a\u2028b\x85c\x0bd\x0ce", (1, 10)),
    ],
)
def test_lines_end_as_in_a_text_editor_and_columns_are_code_points(before, place):
    assert position_of(f"{before}X", len(before)) == place


@pytest.mark.parametrize(
    ("clauses", "graphs"),
    [
        ("FROM <x:a> FROM <x:a>", (("x:a",), ())),
        ("from #\n<x:a> From # FROM\n p:a", (("x:a",), ())),
        ("FROM NAMED <x:a> FROM <x:b> FROM NAMED p:a", (("x:b",), ("x:a",))),
        ("FROM <x:\\u0061> FROM <x:a>", (("x:a",), ())),
        ("FROM <y> FROM <http://z/y>", (("http://z/y",), ())),
        ("FROM p:a\\-b FROM <x:a-b>", (("x:a-b",), ())),
        ("FROM <x:a> FROM <x:b>", (("x:a", "x:b"), ())),
        ("FROM <x:a>", ((), ())),
        ("", ((), ())),
    ],
)
def test_the_graphs_of_a_query_that_names_several_are_known_however_they_are_written(
    clauses, graphs
):
    query = f"BASE <http://z/> PREFIX p: <x:> SELECT ?from {clauses} {{ ?s ?p 'FROM <x:a>' }}"
    assert dataset_of(query) == graphs
