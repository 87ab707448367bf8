"""The style of Turtle: one way to write it, and nothing lost on the way."""

import textwrap

import pytest
from approve import SOURCES
from hypothesis import given
from hypothesis import strategies as st

from allograph.curated.formatter import fmt
from allograph.curated.formatter.fmt import format_file, formatted
from allograph.curated.sources import Part
from allograph.errors import FileError, TurtleError
from allograph.rdf.terms import value_of
from allograph.rdf.turtle import canonical_triples, read_turtle
from allograph.rdf.turtle_statements import written_in
from allograph.rdf.turtle_tokens import tokens_of
from allograph.text.lines import with_line_feeds

TURTLE = SOURCES.files(Part.ONTOLOGY, Part.GRAPH)
FILES = [*TURTLE, *SOURCES.files(Part.SHAPES)]
HEAD = "PREFIX : <urn:a#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n\n"


def body(text):
    """A formatted text without its prefixes."""
    return formatted(HEAD + textwrap.dedent(text), "x.ttl").split("\n\n", 1)[1]


@pytest.mark.slow
def test_the_curated_files_are_in_the_style():
    shown = {path: SOURCES.relative(path) for path in FILES}
    assert [name for path, name in shown.items() if format_file(path, name, write=False)] == []


@pytest.mark.parametrize("path", TURTLE[::5], ids=SOURCES.relative)
def test_a_file_that_lost_its_layout_finds_it_again(path):
    text = path.read_text()
    squeezed = "\n".join(line.strip() for line in text.splitlines())
    assert formatted(squeezed, "x") == text


def test_prefixes_are_those_of_sparql_sorted_and_aligned():
    text = (
        "# The file.\n@prefix b: <urn:b> . # of b\nPREFIX  long: <urn:l>\n# of a\nPREFIX a: <urn:a>"
    )
    assert formatted(text, "x") == (
        "# The file.\n\n# of a\nPREFIX a:    <urn:a>\nPREFIX b:    <urn:b>  # of b\n"
        "PREFIX long: <urn:l>\n"
    )


def test_a_class_comes_first_then_the_label_then_the_order_of_the_author():
    assert body(':x :z 1 ; rdfs:label "x" ; :b 2 ; a :C .') == (
        ':x\n    a :C ;\n    rdfs:label "x" ;\n    :z 1 ;\n    :b 2 .\n'
    )


def test_objects_stay_together_where_they_fit_and_else_have_a_line_each():
    assert body(":x :p :a,:b ; :q :c,\n:d .") == (
        ":x\n    :p :a , :b ;\n    :q\n        :c ,\n        :d .\n"
    )
    long = " , ".join(f":object-number-{number}" for number in range(8))
    assert body(f":x :p {long} .").count("\n") == 10


def test_comments_keep_their_places():
    text = """\
    # Above the subject.
    :x  # beside it
        # above a predicate
        :p 1 ;  # beside an object
        :q  # beside a verb
            :a ,  # beside a comma
            # above an object
            :b .  # beside the dot

    # A remark of its own.

    :y
        :p 1 ;
        # :q "to be filled in" ;
        .

    # The end.
    """
    text = textwrap.dedent(text)
    assert body(text) == text


def test_the_spelling_of_figures_and_texts_does_not_change():
    text = """:x\n    :p 0.60 , +1 , 01 , 1e0 , "it\\u0027s"@en-GB , '''a\n# b''' , "1.0"^^:d .\n"""
    assert all(word in body(text) for word in ("0.60", "+1 ", "01", "1e0", "\\u0027", "@en-GB"))
    assert "'''a\n# b'''" in body(text)


def test_brackets_of_shapes_are_kept_on_a_line_or_opened():
    assert body(":x :p [ :q ( 1 2 ) ; :r [] ] .") == ":x\n    :p [ :q ( 1 2 ) ; :r [ ] ] .\n"
    assert body(":x :p [ :q 1 ;\n# why\n:r ( 1\n2 ) ] .") == (
        ":x\n    :p [\n        :q 1 ;\n        # why\n        :r (\n            1\n            2\n"
        "        )\n    ] .\n"
    )


TERMS = st.sampled_from(
    [":a", "<urn:b>", "0.60", "-1", '"x"@en', '"1"^^:d', "'# no comment'", '"""a\n"b" ; ."""', "()",
     "( 1 :a )", "[ :p 1 , 2 ; :q [ :r 3 ] ]", "true", ":a.b", ".5", "1.e3", "+1e-0", "false",
     r"""'''it's'' \\'''""", r"""'''"'''""", '"a\u2028b\\u0085\x0c"@de-CH',
     '"""a""b\\\\"""', ":a%20b", r":a\,b\(",
     ":1-38", ":a:b", ":\u0e22\u0e35\u0e27", ":mu\u0308ller", ":a\u00b7b", "rdfs:", "_:b1.c"]
)  # fmt: skip
GAPS = st.sampled_from(
    [" ", "  ", "\n", "\n\n", " # c\n", "\n# d\n", "\n\n# e\n\n# f\n", "\r\n", "\r",
     " # c\r# d\r\n", " # c\u2028c\x85\x0b\x0c\x1c\n", "\t"]
)  # fmt: skip


@st.composite
def turtle(draw):
    """Valid Turtle with white space and comments in any place."""
    words = ["PREFIX", ":", "<urn:a#>", "@prefix", "rdfs:", "<urn:r#>", "."]
    for _ in range(draw(st.integers(0, 3))):
        words.append(
            draw(st.sampled_from([":x", ":y", "<urn:z>", "[ :p 1 ]", ":\u0e22\u0e35\u0e27"]))
        )
        for _ in range(draw(st.integers(1, 3))):
            words += [draw(st.sampled_from(["a", ":p", "rdfs:label"])), draw(TERMS)]
            for _ in range(draw(st.integers(0, 2))):
                words += [",", draw(TERMS)]
            words += [";"] * draw(st.integers(1, 2))
        words.append(".")
    return "".join(word + draw(GAPS) for word in words)


def comments_of(text):
    """The words of all comments; two that come to stand on one line have become one."""
    comments = [token.text for token in tokens_of(text, "x") if token.kind == "comment"]
    return sorted(" ".join(comments).split())


@given(turtle())
def test_formatting_keeps_every_triple_and_comment_and_settles_at_once(text):
    result = formatted(text, "x")
    assert canonical_triples(result, "x") == canonical_triples(with_line_feeds(text), "x")
    assert comments_of(result) == comments_of(text)
    assert "\r" not in result
    assert formatted(result, "x") == result


MARK = b"\xef\xbb\xbf"


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", MARK])
def test_what_an_editor_adds_is_named_and_taken_away(tmp_path, mark, end):
    style = formatted(HEAD + ':x\n    :p """two\nlines\u2028""" .\n', "x").encode()
    path = tmp_path / "x.ttl"
    path.write_bytes(mark + style.replace(b"\n", end))
    is_odd = path.read_bytes() != style
    assert format_file(path, "x.ttl", write=False) is is_odd
    assert format_file(path, "x.ttl", write=True) is is_odd
    assert path.read_bytes() == style


def test_the_lines_of_triples_are_those_of_an_editor_whatever_ends_them():
    text = "# a\u2028b\x0c\r\n<urn:a> <urn:b>\r<urn:c> .\n"
    (written,) = written_in(text, "x")
    assert (written.value, written.line) == ("urn:c", 3)
    assert text[written.start : written.end] == "<urn:c>"


@pytest.mark.parametrize("path", TURTLE[::7], ids=SOURCES.relative)
def test_every_triple_of_a_file_is_found_where_it_is_written(path):
    text = path.read_text()
    written = list(written_in(text, "x"))
    triples = [
        tuple(value_of(term) for term in triple) for triple in read_turtle(path, "x").triples
    ]
    assert list(dict.fromkeys((w.subject, w.predicate, w.value) for w in written)) == triples
    assert all(text.count("\n", 0, w.start) + 1 == w.line for w in written)


def test_a_text_that_is_no_turtle_is_left_alone(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text(":x :y")
    with pytest.raises(TurtleError, match=r"^graph/x\.ttl:1"):
        format_file(path, "graph/x.ttl", write=True)
    assert path.read_text() == ":x :y"


@pytest.mark.parametrize("lost", [(":p 1", ":p 2"), ("# a\n", "")])
def test_what_would_lose_a_triple_or_a_comment_is_not_written(tmp_path, monkeypatch, lost):
    path = tmp_path / "x.ttl"
    path.write_text(HEAD + ":x :p 1 . # a\n")
    before = path.read_text()
    real = fmt.print_document
    monkeypatch.setattr(fmt, "print_document", lambda *tree: real(*tree).replace(*lost))
    with pytest.raises(FileError, match="it is left as it is"):
        format_file(path, "x.ttl", write=True)
    assert path.read_text() == before


@pytest.mark.slow
def test_the_command_names_what_is_to_format_and_formats_it(allograph, checkout):
    path = checkout.graph / "drug" / "blinatumomab.ttl"
    good = path.read_text()
    path.write_text(good.replace("    ", " "))
    done = allograph("fmt", "--check", "--root", checkout.root)
    assert (done.returncode, done.stdout) == (
        1,
        "graph/drug/blinatumomab.ttl: to format: allograph fmt\n",
    )
    assert allograph("fmt", path, "--root", checkout.root).returncode == 0
    assert path.read_text() == good
    assert allograph("fmt", "--check", "--root", checkout.root).returncode == 0
    assert [item.name for item in path.parent.glob("*.new")] == []
