"""Formats: what is written is read back the same, by others too."""

import csv
import io
import json
import subprocess
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.compare import isomorphic
from tools import needs

from allograph.exports import export
from allograph.formats import FORMAT_BY_NAME, FORMATS, formats_for, formats_of, write_answer
from allograph.namespaces import BASE, Namespaces
from allograph.store import OxigraphStore
from allograph.terms import Literal, NamedNode, Quad

ONE = f"{BASE}study/x#one"
QUADS = [
    Quad(NamedNode(ONE), NamedNode(f"{BASE}ontology#value"), Literal("a|b\nc"), NamedNode("g:g")),
    Quad(NamedNode(ONE), NamedNode(f"{BASE}ontology#flag"), NamedNode(ONE), NamedNode("g:g")),
]
SELECT = "SELECT ?s ?o ?none WHERE { ?s ?p ?o } ORDER BY ?o"
RDFLIB = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "rdf": "xml"}
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
@needs("rapper")
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
    digits = Literal("0.60", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal"))
    quad = Quad(NamedNode("a:a"), NamedNode("a:b"), digits, NamedNode("a:g"))
    assert b"0.60" in export([quad], FORMAT_BY_NAME["ttl"], Namespaces({}))


@pytest.mark.parametrize("name", [format.name for format in formats_for("graph", "dataset")])
def test_an_export_does_not_depend_on_the_order_of_the_files(loaded, namespaces, name):
    format = FORMAT_BY_NAME[name]
    backwards = export(reversed(loaded.quads), format, namespaces)
    assert backwards == export(loaded.quads, format, namespaces)
