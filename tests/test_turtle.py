"""Curated Turtle: read strictly, with file, line and column of each mistake."""

import pytest
from approve import SOURCES
from hypothesis import given
from hypothesis import strategies as st

from allograph.errors import FileError, TurtleError
from allograph.rdf.terms import to_rdflib
from allograph.rdf.turtle import (
    MOST_BYTES,
    canonical_triples,
    namespaces_in,
    parse_turtle,
    read_turtle,
)
from allograph.rdf.turtle_statements import _subject_lines_by_terms, subject_lines
from allograph.text.lines import lines_of

PREFIXES = """# A file.
PREFIX :   <https://example.org/a#>
PREFIX ag: <https://w3id.org/allograph/ontology#>
"""


@pytest.fixture
def read(tmp_path):
    def read(text, **options):
        path = tmp_path / "a.ttl"
        path.write_bytes(text if isinstance(text, bytes) else (PREFIXES + text).encode())
        return read_turtle(path, "graph/study/a.ttl", **options)

    return read


def test_each_subject_has_the_line_on_which_it_starts(read):
    file = read(
        ":one\n    ag:value 1 .\n\n<https://example.org/a#two>\n    ag:value 2 .\n"
        ":with\\,comma ag:value 3 .\n"
    )
    assert file.lines == {
        "https://example.org/a#one": 4,
        "https://example.org/a#two": 7,
        "https://example.org/a#with,comma": 9,
    }


def test_a_subject_that_is_mentioned_in_a_string_has_no_line(read):
    file = read(':one ag:reportedAs """first\n:two ag:value 2 .\n""" .\n')
    assert file.lines == {"https://example.org/a#one": 4}


def test_the_digits_of_a_number_are_kept(read):
    (triple,) = read(":one ag:value 0.60 .").triples
    assert triple.object.value == "0.60"
    assert str(to_rdflib(triple.object)) == "0.60"


def test_a_repeated_triple_is_one_triple(read):
    assert len(read(":one ag:value 1 . :one ag:value 1 .").triples) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (":one ag:value 1\n:two ag:value 2 .", "a.ttl:5:1: A dot is expected"),
        (":one a drgu:x .", "a.ttl:4:8: The prefix drgu: has not been declared"),
        (":one a <https://example.org/a b> .", "a.ttl:4:8: Invalid IRI code point ' '"),
        (":one a <relative> .", "a.ttl:4:8: No scheme found"),
        (":one ag:group [ ag:value 1 ] .", "a.ttl:4: a blank node"),
        (":one ag:group\n    _:x .", "a.ttl:5: a blank node"),
        (":one ag:group\n    ( 1 2 ) .", "a.ttl:5: a blank node"),
        (":one ag:group\n    <<( :a ag:b :c )>> .", "a.ttl:5: a triple term"),
        (":one ag:group :a {| ag:b << :c a :d >> |} .", "a.ttl:4: a triple term"),
        (":one ag:group :a ~ :b .", "a.ttl: a triple term"),
        (':one ag:unit "x"@en--ltr .', 'a.ttl: "x"@en has a direction'),
        (":one a\n<<<<<<< HEAD\n:b .\n", "a.ttl:5: a merge of git that was not finished"),
        (b"<http://a> <http://b> '\xff' .", "a.ttl:1:24: this is not UTF-8"),
        (b"\xef\xbb\xbf# c\r# d\r\n'\xff' .", "a.ttl:3:2: this is not UTF-8"),
        ("<http://a> <http://b> 1 .".encode("utf-16"), "a.ttl:1:1: this is UTF-16"),
        ("<http://a> <http://b> 1 .".encode("utf-16-le"), "a.ttl:1:2: a NUL"),
        (b"# one\r# two\r<http://a> <http://b> '\0' .", "a.ttl:3:24: a NUL"),
        (":one a <https://example.org/\x01> .", "a.ttl:4:8: Invalid IRI code point 'U+0001'"),
        ("\ufeff:one a :b .", "a.ttl:4:1: The prefix U+FEFF: has not been declared"),
    ],
)
def test_a_mistake_is_named_with_its_place(read, text, message):
    with pytest.raises(FileError) as error:
        read(text)
    assert str(error.value).startswith(f"graph/study/{message}")


BREAKS = "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e"
LINES = f"""# A comment, pasted{BREAKS}from a PDF.
PREFIX ag: <https://w3id.org/allograph/ontology#>

<urn:one> ag:reportedAs "pasted{BREAKS}too" .
<urn:two> ag:value 2 ."""


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_file_says_the_same_however_it_was_saved(mark, end):
    file = parse_turtle((mark + LINES.replace("\n", end)).encode(), "a.ttl")
    assert [triple.object.value for triple in file.triples] == [f"pasted{BREAKS}too", "2"]
    assert file.lines == {"urn:one": 4, "urn:two": 5}
    with pytest.raises(TurtleError, match=r"^a\.ttl:5:20: "):
        parse_turtle((mark + LINES.replace("2 .", "!").replace("\n", end)).encode(), "a.ttl")


def test_the_lines_of_a_text_are_those_of_an_editor():
    assert lines_of(f"a{BREAKS}b\rc\r\nd\n\n") == [f"a{BREAKS}b", "c", "d", ""]
    assert lines_of("") == []
    assert lines_of("a\n\rb") == ["a", "", "b"]


def test_only_what_stands_as_a_subject_has_a_line(read):
    file = read(
        ':zero ag:reportedAs """first\n:one x""" ;\n    ag:group\n:one , :two .\n'
        ":one ag:value 1 .\n    :two ag:value 2 .\n"
    )
    assert file.lines == {"https://example.org/a#zero": 4, "https://example.org/a#one": 8}


NAMES = {
    "\u0e22\u0e35\u0e27": "Thai, with a vowel above",
    "mu\u0308ller": "decomposed, as a Mac writes it",
    "\u05d0\u05b8": "Hebrew, with a point",
    "col\u00b7lecci\u00f3": "a middle dot",
    "1-38": "a digit first",
    "a.b.c": "dots within",
    "a:b": "a colon within",
    "a%20b": "a percent escape",
    "_x": "a low line first",
    "\U00010380": "beyond the basic plane",
}


@pytest.mark.parametrize("name", NAMES, ids=NAMES.values())
def test_a_name_of_the_grammar_is_read_and_has_its_line(read, name):
    file = read(f":{name}\n    a :{name} .\n")
    assert file.lines == {f"https://example.org/a#{name}": 4}


@given(
    st.text(st.characters(categories=["L", "M", "N", "Pc", "Pd", "Cf"]) | st.sampled_from(".:%4·"))
)
def test_a_name_is_read_here_as_the_parser_reads_it(name):
    try:
        file = parse_turtle(f"PREFIX : <urn:a#>\n:{name} a :b .\n".encode(), "a.ttl")
    except TurtleError:
        return
    assert file.lines == {triple.subject.value: 2 for triple in file.triples}


def test_escapes_in_names_and_iris_are_those_of_the_grammar(read):
    file = read(":a\\,b\\(c a :d .\n<https://example.org/a#tw\\u006f> a :d .\n")
    assert file.lines == {"https://example.org/a#a,b(c": 4, "https://example.org/a#two": 5}


def test_a_base_is_what_names_are_resolved_against():
    file = parse_turtle(b"BASE <https://example.org/a>\n<#b> a <c> .\n", "a.ttl")
    assert file.lines == {"https://example.org/a#b": 2}


@pytest.mark.parametrize("blank_nodes", [True, False])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [("[ :p ", " ]"), ("( ", " )"), ("<<( :a :p ", " )>>"), ("<< ", ":a >>")],
)
def test_deep_nesting_is_one_message_and_never_the_end_of_the_process(
    opening, closing, blank_nodes
):
    text = f"PREFIX : <urn:>\n:a :p {opening * 100_000}1{closing * 100_000} ."
    with pytest.raises(TurtleError, match=r"^a\.ttl:2: "):
        parse_turtle(text.encode(), "a.ttl", blank_nodes=blank_nodes)
    with pytest.raises(TurtleError, match=r"^a\.ttl:2: "):
        canonical_triples(text, "a.ttl")


def test_a_long_literal_is_read_in_one_piece():
    text = f'<urn:a> <urn:b> """{"long " * 1_000_000}""" .\n<urn:c> <urn:d> 1 .'
    assert parse_turtle(text.encode(), "a.ttl").lines == {"urn:a": 1, "urn:c": 2}


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    content = bytes(MOST_BYTES + 1)
    with pytest.raises(TurtleError, match=r"^a\.ttl: the file has more than 64 MiB"):
        parse_turtle(content, "a.ttl")


def test_shapes_may_have_blank_nodes(read):
    assert read(":one ag:group [ ag:value 1 ] .", blank_nodes=True).triples


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(FileError, match=r"^graph/x\.ttl: no such file or directory$"):
        read_turtle(tmp_path / "x.ttl", "graph/x.ttl")


def test_declared_prefixes_are_read(tmp_path):
    path = tmp_path / "prefixes.ttl"
    path.write_text(
        "PREFIX sh: <http://www.w3.org/ns/shacl#>\n"
        '<urn:p#ag> sh:prefix "ag" ; sh:namespace "https://w3id.org/allograph/ontology#" .\n'
    )
    assert dict(namespaces_in(read_turtle(path, "prefixes.ttl").triples).items()) == {
        "ag": "https://w3id.org/allograph/ontology#"
    }


@pytest.mark.slow
def test_subjects_have_the_same_lines_in_one_piece_and_term_by_term():
    """Statements are passed over in one piece, which must end where the terms of each do."""
    folders = (*SOURCES.folders, SOURCES.root / "tests")
    for path in sorted(path for folder in folders for path in folder.rglob("*.ttl")):
        text = path.read_text()
        assert subject_lines(text, "") == _subject_lines_by_terms(text, ""), path


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('<a> <b> """\n<c> <d> 1.\n""" .\n<e> <f> 1.5 .\n', {"a": 1, "e": 4}),
        ("<a> <b> 1 . # <c> <d> 2 .\n<e>\n<f> 2 .", {"a": 1, "e": 2}),
        (" <a> <b> 1 .\n<c> <d> 1 .", {"c": 2}),
        ("@prefix : <x:> .\n:a.b :c 1.0 .\n:d :e :f .", {"x:a.b": 2, "x:d": 3}),
    ],
)
def test_the_line_of_a_subject_is_where_its_statement_begins(text, lines):
    assert subject_lines(text, "") == _subject_lines_by_terms(text, "") == lines
