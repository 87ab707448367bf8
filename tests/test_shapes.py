"""The shapes, by example: a folder of cases for each shape file, a case for each rule.

Beside ``invalid-x.ttl`` lies ``invalid-x.expected.txt``, one line for each result that it gives:
``rule: focus node: severity: start of the message``. What the cases refer to stands once in
``background.ttl``. Each case has a namespace of its own, so that all are validated in one go and
each result still leads back to its file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from approve import SNAPSHOT, SOURCES
from pyoxigraph import NamedNode, Quad, QuerySolutions, Store
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS
from sharing import made_once

from allograph.checks.shapes import validate
from allograph.curated.loaded import Loaded
from allograph.curated.results import ValidationResult
from allograph.curated.sources import Part
from allograph.rdf.turtle import read_turtle

pytestmark = pytest.mark.slow

NAMESPACES = SNAPSHOT.namespaces
FOLDER = Path(__file__).parent / "shapes"
VALID = sorted(FOLDER.glob("*/valid-*.ttl"))
INVALID = sorted(FOLDER.glob("*/invalid-*.ttl"))

Results = Mapping[str, Sequence[ValidationResult]]


def name(path: Path) -> str:
    """How a case is called in messages: ``proportion/invalid-percentage.ttl``."""
    return path.relative_to(FOLDER).as_posix()


def line(result: ValidationResult) -> str:
    """A result as the expected files write it."""
    focus_node = result.focus_node.partition("#")[2]
    return f"{result.rule}: :{focus_node}: {result.severity}: {result.message}"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    """The ontology, what the cases refer to, and all cases."""
    files = {
        SOURCES.relative(path): read_turtle(path, SOURCES.relative(path))
        for path in SOURCES.files(Part.ONTOLOGY)
    }
    for path in (FOLDER / "background.ttl", *VALID, *INVALID):
        files[name(path)] = read_turtle(path, name(path))
    return Loaded(files, {path: f"https://w3id.org/allograph/case/{path}" for path in files})


@pytest.fixture(scope="module")
def results(loaded: Loaded, common: Path) -> Results:
    """The results of each file."""
    by_file = defaultdict(list)
    for result in made_once(common, "cases", lambda: validate(loaded, SNAPSHOT.shapes)):
        by_file[result.at.path].append(result)
    return by_file


@pytest.fixture(scope="module")
def shapes() -> Graph:
    graph = Graph()
    for path in (SOURCES.prefixes, *SOURCES.files(Part.SHAPES)):
        graph.parse(path)
    return graph


@pytest.mark.parametrize("case", INVALID, ids=name)
def test_an_invalid_case_gives_exactly_its_expected_results(case: Path, results: Results) -> None:
    expected = case.with_suffix(".expected.txt").read_text().splitlines()
    found = sorted(line(result) for result in results.get(name(case), ()))
    assert len(found) == len(expected), found
    for found_line, expected_line in zip(found, sorted(expected), strict=True):
        assert found_line.startswith(expected_line)


@pytest.mark.parametrize("case", VALID, ids=name)
def test_a_valid_case_conforms(case: Path, results: Results) -> None:
    assert results.get(name(case), []) == []


def test_every_result_belongs_to_an_invalid_case(results: Results) -> None:
    assert set(results) == {name(case) for case in INVALID}


def test_every_case_has_its_own_nodes(loaded: Loaded) -> None:
    files = defaultdict(set)
    for path, file in loaded.files.items():
        for triple in file.triples:
            files[str(triple.subject)].add(path)
    cases = {name(case) for case in (*VALID, *INVALID)}
    assert [node for node, paths in files.items() if len(paths) > 1 and paths & cases] == []


def test_every_rule_has_an_invalid_case(shapes: Graph) -> None:
    tried = {
        expected.partition(": ")[0]
        for case in INVALID
        for expected in case.with_suffix(".expected.txt").read_text().splitlines()
    }
    assert {NAMESPACES.compact(str(rule)) for rule in shapes.subjects(SH.message)} == tried


def test_every_expected_result_has_its_case() -> None:
    expected = {path.with_suffix("").with_suffix(".ttl") for path in FOLDER.glob("*/*.txt")}
    assert expected == set(INVALID)


def test_a_shape_file_has_valid_and_invalid_cases() -> None:
    files = {path.stem for path in SOURCES.files(Part.SHAPES)}
    assert {path.parent.name for path in VALID} == files
    assert {path.parent.name for path in INVALID} == files


def test_every_folder_of_cases_has_its_shape_file() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir()}
    assert folders == {path.stem for path in SOURCES.files(Part.SHAPES)}


def test_every_message_is_one_sentence_in_english(shapes: Graph) -> None:
    for rule, message in shapes.subject_objects(SH.message):
        assert isinstance(message, Literal)
        assert message.language == "en", rule
        assert message[0].isupper(), rule
        assert message.endswith("."), rule
        assert len(message.split()) > 5, rule
        assert len(list(shapes.objects(rule, SH.message))) == 1, rule


def test_every_rule_and_every_property_shape_has_a_name(shapes: Graph) -> None:
    nodes = {
        *shapes.subjects(SH.message),
        *shapes.subjects(SH.path),
        *shapes.subjects(SH.select),
        *shapes.subjects(SH.targetClass),
    }
    assert [node for node in nodes if not str(node).startswith(NAMESPACES["shape"])] == []


def test_every_class_of_the_ontology_is_the_target_of_a_shape(shapes: Graph) -> None:
    ontology = Graph().parse(SOURCES.ontology / "allograph.ttl")
    targets = set(shapes.objects(None, SH.targetClass))
    deprecated = set(ontology.subjects(OWL.deprecated, Literal(True)))
    classes = set(ontology.subjects(RDF.type, OWL.Class)) - deprecated
    concepts = set(ontology.subjects(RDFS.subClassOf, SKOS.Concept))
    assert classes - targets == concepts - targets


def rules_in_sparql() -> list[str]:
    """The IRI of each rule that is a query."""
    return sorted(
        triple.subject.value
        for path in SOURCES.files(Part.SHAPES)
        for triple in read_turtle(path, path.name, blank_nodes=True).triples
        if triple.predicate.value == str(SH.select) and isinstance(triple.subject, NamedNode)
    )


@pytest.fixture(scope="module")
def store(loaded: Loaded) -> Store:
    store = Store()
    store.extend(Quad(*triple) for file in loaded.files.values() for triple in file.triples)
    return store


@pytest.mark.parametrize("rule", rules_in_sparql(), ids=NAMESPACES.compact)
def test_a_rule_in_sparql_finds_the_same_in_one_query_of_a_store(
    rule: str, shapes: Graph, store: Store, results: Results
) -> None:
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in NAMESPACES.items())
    classes = {
        str(target)
        for shape in shapes.subjects(SH.sparql, URIRef(rule))
        for target in shapes.objects(shape, SH.targetClass)
    }
    targets = " UNION ".join(f"{{ $this a <{iri}> }}" for iri in sorted(classes))
    query = str(shapes.value(URIRef(rule), SH.select))
    solutions = store.query(prefixes + query.replace("WHERE {", f"WHERE {{ {targets}", 1))
    assert isinstance(solutions, QuerySolutions)
    found_by_pyshacl = {
        result.focus_node
        for of_file in results.values()
        for result in of_file
        if result.rule == NAMESPACES.compact(rule)
    }
    assert found_by_pyshacl
    assert {str(solution["this"]).strip("<>") for solution in solutions} == found_by_pyshacl
