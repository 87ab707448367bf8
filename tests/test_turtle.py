"""Curated Turtle: read strictly, with file, line and column of each mistake."""

import pytest

from allograph.errors import FileError, TurtleError
from allograph.terms import to_rdflib
from allograph.turtle import read_namespaces, read_turtle

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
        (":one ag:group <<( :a ag:b :c )>> .", "a.ttl: a triple term"),
        (b"<http://a> <http://b> '\xff' .", "a.ttl:1:24: Invalid UTF-8"),
    ],
)
def test_a_mistake_is_named_with_its_place(read, text, message):
    with pytest.raises(TurtleError) as error:
        read(text)
    assert str(error.value).startswith(f"graph/study/{message}")


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
    assert dict(read_namespaces(path, "prefixes.ttl").items()) == {
        "ag": "https://w3id.org/allograph/ontology#"
    }
