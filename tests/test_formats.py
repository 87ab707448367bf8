"""Formats: what is written is read back the same, by others too."""

import csv
import io
import json
import re
import subprocess
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results
from rdflib.compare import isomorphic
from tools import peer

from allograph.errors import Unwritable
from allograph.namespaces import BASE, Namespaces
from allograph.rdf.formats import (
    FORMAT_BY_NAME,
    FORMATS,
    formats_for,
    formats_of,
    write_answer,
    write_statements,
)
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import Literal, NamedNode, Quad, Triple
from allograph.rdf.vocabularies import XSD
from allograph.rdf.well_formed import XmlOutput
from allograph.release.exports import export

pytestmark = pytest.mark.slow

ONE = f"{BASE}study/x#one"
QUADS = [
    Quad(NamedNode(ONE), NamedNode(f"{BASE}ontology#value"), Literal("a|b\nc"), NamedNode("g:g")),
    Quad(NamedNode(ONE), NamedNode(f"{BASE}ontology#flag"), NamedNode(ONE), NamedNode("g:g")),
]
SELECT = "SELECT ?s ?o ?none WHERE { ?s ?p ?o } ORDER BY ?o"
RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
RESULTS = "{http://www.w3.org/2005/sparql-results#}"
CELL_END = re.compile(r"(?<!\\)(?:\\\\)*\|")
RAPPER = {"ttl": "turtle", "nt": "ntriples", "rdf": "rdfxml"}


@pytest.fixture(scope="module")
def store():
    return OxigraphStore.in_memory(QUADS)


@pytest.fixture
def write(store, namespaces):
    def write(query, name):
        output = io.BytesIO()
        write_answer(store.query(query), FORMAT_BY_NAME[name], output, namespaces)
        return output.getvalue().decode()

    return write


def test_each_format_has_a_suffix_and_a_media_type_of_its_own():
    assert len({format.name for format in FORMATS}) == len(FORMATS)
    assert len({format.media_type for format in FORMATS}) == len(FORMATS)


def test_within_a_kind_no_media_type_means_two_formats():
    for kind in ("solutions", "graph", "dataset"):
        types = [t for format in formats_for(kind) for t in (format.media_type, *format.also)]
        assert len(types) == len(set(types))


@pytest.mark.parametrize(
    ("query", "kind"), [(SELECT, "solutions"), ("ASK {}", "solutions"), ("DESCRIBE <a:a>", "graph")]
)
def test_an_answer_knows_its_formats(store, query, kind):
    assert formats_of(store.query(query)) == formats_for(kind)


def test_solutions_in_csv(write):
    assert list(csv.reader(io.StringIO(write(SELECT, "csv")))) == [
        ["s", "o", "none"],
        [ONE, ONE, ""],
        [ONE, "a|b\nc", ""],
    ]


def test_solutions_in_json(write):
    answer = json.loads(write(SELECT, "json"))
    assert answer["head"]["vars"] == ["s", "o", "none"]
    assert answer["results"]["bindings"][0]["o"] == {"type": "uri", "value": ONE}


def test_solutions_in_xml(write):
    root = ElementTree.fromstring(write(SELECT, "xml"))  # noqa: S314 (our own text)
    assert len(root.findall(".//{*}result")) == 2


def test_solutions_in_tsv_keep_the_kind_of_term(write):
    assert write(SELECT, "tsv").splitlines()[1] == f"<{ONE}>\t<{ONE}>\t"


def test_solutions_in_markdown_are_aligned_escaped_and_short(write):
    assert write(SELECT, "md").splitlines() == [
        "| s           | o           | none |",
        "| ----------- | ----------- | ---- |",
        "| study:x#one | study:x#one |      |",
        "| study:x#one | a\\|b c      |      |",
    ]


@pytest.mark.parametrize("name", [format.name for format in formats_for("solutions")])
def test_a_truth_value_can_be_written(write, name):
    assert "true" in write("ASK {}", name)


@pytest.mark.parametrize("name", RDFLIB)
def test_triples_that_a_query_repeats_are_written_once(write, name):
    query = "CONSTRUCT { <a:a> <a:b> 1 } WHERE { ?s ?p ?o }"
    assert len(rdflib.Graph().parse(data=write(query, name), format=RDFLIB[name])) == 1


@pytest.mark.parametrize(
    "triple",
    [
        "<x:s> <http://e/terms/1> 'a'",
        "<x:s> <http://e/terms/> 'a'",
        "<x:s> <http://e/a~> 'a'",
        "<x:s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#li> 'a'",
        "<x:s> <http://e/a> 'a\\u0001'",
        "<x:s> <http://e/a> 'a\\uFFFE'@en",
    ],
)
def test_what_rdf_xml_cannot_hold_is_named_with_the_formats_that_can(write, triple):
    """RDF/XML, sections 5.1 and 8; XML 1.0, section 2.2."""
    query = f"CONSTRUCT {{ {triple} }} WHERE {{}}"
    with pytest.raises(Unwritable, match=r"RDF/XML cannot hold .* of <x:s>") as error:
        write(query, "rdf")
    assert error.value.offered == ("text/turtle", "application/n-triples", "application/ld+json")
    for name in ("ttl", "nt", "jsonld"):
        assert write(query, name)


def test_what_triple_terms_hold_is_seen_and_json_ld_has_none(write):
    query = "CONSTRUCT { <x:s> <http://e/a> <<( <x:s> <x:p> 'a\\u000B' )>> } WHERE {}"
    with pytest.raises(Unwritable, match=r"U\+000B in <x:p> of <x:s>"):
        write(query, "rdf")
    with pytest.raises(Unwritable, match="JSON-LD cannot hold the triple"):
        write(query, "jsonld")
    assert write(query, "ttl")


@pytest.mark.parametrize("code", ["0001", "0008", "000B", "001F", "FFFE", "FFFF"])
def test_a_character_that_xml_cannot_hold_is_named_with_its_column(write, code):
    query = f"SELECT ('fine' AS ?x) ('a\\u{code}b' AS ?y) {{}}"
    with pytest.raises(Unwritable, match=rf"XML cannot hold the character U\+{code} in \?y"):
        write(query, "xml")
    assert all(write(query, name) for name in ("csv", "tsv", "json", "md"))


def test_nothing_is_written_of_a_piece_that_xml_cannot_hold():
    output = io.BytesIO()
    guarded = XmlOutput(output, "XML", ("text/csv",))
    guarded.write(b"<a>\xef\xbf")
    with pytest.raises(Unwritable, match=r"U\+FFFF"):
        guarded.write(b"\xbf</a>")
    assert output.getvalue() == b"<a>\xef\xbf"


def test_an_export_names_what_its_format_cannot_hold(namespaces):
    quad = Quad(NamedNode(ONE), NamedNode("x:note"), Literal("pasted\x01"), NamedNode("g:g"))
    with pytest.raises(Unwritable, match=f"U\\+0001 in <x:note> of <{ONE}>"):
        export([*QUADS, quad], FORMAT_BY_NAME["rdf"], namespaces)


IRIS = st.one_of(
    st.text("ab1.-_~%/#·é'()+,;=@!$&*", max_size=6), st.text(st.characters(codec="utf-8"))
)
TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8")),
    st.text("a|\\\r\n\t \"'<>&]\x01\x85\u2028\ufffe"),
    st.text("a|\\\r\n\t \"'<>&]\x85\u2028,"),
)


def node(start, end):
    try:
        return NamedNode(f"{start}{end}")
    except ValueError:
        return NamedNode(start)


NODES = st.builds(node, st.sampled_from(["http://e/", "http://e/f#", "urn:x:", "http://e/p"]), IRIS)
OBJECTS = st.one_of(
    NODES,
    st.builds(Literal, TEXTS),
    st.builds(lambda text: Literal(text, language="en-gb"), TEXTS),
    st.builds(lambda text, datatype: Literal(text, datatype=datatype), TEXTS, NODES),
)
SHORT = Namespaces({"e": "http://e/", "f": "http://e/f#"})


@pytest.mark.slow
@given(st.sets(st.builds(Triple, NODES, NODES, OBJECTS), max_size=3))
def test_triples_are_read_back_as_they_were_or_not_written(triples):
    for format in formats_for("graph"):
        output = io.BytesIO()
        try:
            write_statements(triples, format, output, SHORT)
        except Unwritable:
            assert format.name == "rdf"
            continue
        syntax = RdfFormat.from_media_type(format.media_type)
        assert {quad.triple for quad in parse(output.getvalue(), syntax)} == triples
        if format.name == "rdf":
            graph = rdflib.Graph().parse(data=output.getvalue(), format="xml")
            texts = {str(term) for term in graph.objects() if isinstance(term, rdflib.Literal)}
            literals = (triple.object for triple in triples)
            assert texts == {term.value for term in literals if isinstance(term, Literal)}


@given(st.lists(OBJECTS, min_size=1, max_size=3))
def test_solutions_are_read_back_as_they_were_or_not_written(terms):
    query = f"SELECT ?x {{ VALUES ?x {{ {' '.join(map(str, terms))} }} }}"
    for format in formats_for("solutions"):
        output = io.BytesIO()
        try:
            write_answer(OxigraphStore.in_memory([]).query(query), format, output, SHORT)
        except Unwritable:
            assert format.name == "xml"
            continue
        written = output.getvalue()
        if format.name == "csv":
            rows = list(csv.reader(io.StringIO(written.decode(), newline="")))
            assert rows == [["x"], *([term.value] for term in terms)]
        elif format.name == "md":
            lines = written.decode().rstrip("\n").split("\n")
            assert [len(CELL_END.findall(line)) for line in lines] == [2] * (len(terms) + 2)
        else:
            syntax = QueryResultsFormat.from_media_type(format.media_type)
            assert [row["x"] for row in parse_query_results(written, syntax)] == terms
        if format.name == "xml":
            values = ElementTree.fromstring(written).iter(f"{RESULTS}binding")  # noqa: S314
            assert [value[0].text or "" for value in values] == [term.value for term in terms]


@pytest.fixture(scope="module")
def expected(loaded):
    graph = rdflib.Graph()
    for context in loaded.dataset.graphs():
        for triple in context:
            graph.add(triple)
    return graph


@pytest.mark.parametrize("name", RDFLIB)
def test_an_export_reads_back_as_the_loaded_graph(loaded, namespaces, expected, name):
    content = export(loaded.quads, FORMAT_BY_NAME[name], namespaces)
    assert isomorphic(rdflib.Graph().parse(data=content, format=RDFLIB[name]), expected)


@pytest.mark.parametrize("name", RAPPER)
@peer("rapper")
def test_raptor_reads_an_export_as_the_loaded_graph(loaded, namespaces, expected, name, tmp_path):
    path = tmp_path / f"export.{name}"
    path.write_bytes(export(loaded.quads, FORMAT_BY_NAME[name], namespaces))
    triples = subprocess.run(
        ["rapper", "-q", "-i", RAPPER[name], "-o", "ntriples", path],
        check=True,
        capture_output=True,
    ).stdout
    assert isomorphic(rdflib.Graph().parse(data=triples, format="nt"), expected)


@pytest.mark.parametrize(("name", "format"), [("trig", "trig"), ("nq", "nquads")])
def test_a_dataset_has_one_named_graph_for_each_file(loaded, namespaces, name, format):
    content = export(loaded.quads, FORMAT_BY_NAME[name], namespaces)
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format=format)
    names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    assert names == set(loaded.named_graphs.values())


def test_an_export_keeps_the_digits_as_printed():
    digits = Literal("0.60", datatype=NamedNode(XSD.decimal))
    quad = Quad(NamedNode("a:a"), NamedNode("a:b"), digits, NamedNode("a:g"))
    assert b"0.60" in export([quad], FORMAT_BY_NAME["ttl"], Namespaces({}))


@pytest.mark.parametrize("name", [format.name for format in formats_for("graph", "dataset")])
def test_an_export_does_not_depend_on_the_order_of_the_files(loaded, namespaces, name):
    format = FORMAT_BY_NAME[name]
    backwards = export(reversed(loaded.quads), format, namespaces)
    assert backwards == export(loaded.quads, format, namespaces)
