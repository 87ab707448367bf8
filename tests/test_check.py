"""Checking: the answer about one file is that of a check of everything, sooner and to the line."""

import pyshacl
import pytest
from approve import SNAPSHOT, SOURCES
from rdflib import Graph
from rdflib.namespace import SH

from allograph.checks.check import Checked, check
from allograph.checks.shapes import validate
from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import Part

pytestmark = pytest.mark.slow

STUDIES = [path for path in SOURCES.files(Part.GRAPH) if path.parent.name == "study"]

# One slip for each file, as a curator's hand makes them, of many kinds; some are seen elsewhere.
SLIPS = {
    "graph/study/mini-hcvd-ino.ttl": (":all\n    a ag:StudyGroup ;", ":all\n"),
    "graph/study/ino-vate.ttl": ("ag:value 80.7", "ag:value 180.7"),
    "graph/study/ino-children.ttl": ("ag:statistic statistic:percentage ;\n", ""),
    "graph/study/ino-salvage-100.ttl": ("ag:size 100 ;", "ag:size 50 ;"),
    "graph/study/ino-hsct-pooled.ttl": ('ag:unit "%"', 'ag:unit "percent"'),
    "graph/report/jabbour-2018-abstract.ttl": ("a ag:HeldText ;", "a ag:HeldTxt ;"),
    "graph/report/kantarjian-2016.ttl": ("ag:tier tier:primary", "ag:tier tier:abstract"),
    "graph/drug/blinatumomab.ttl": ("ag:modality", "ag:modalty"),
    "graph/regimen/ino-weekly.ttl": ("ag:doseHigh 0.8", "ag:doseHigh 0.08"),
    "graph/outcome/relapse.ttl": ("rdfs:label ", "skos:altLabel "),
    "graph/organization/pfizer.ttl": ("@en .", " ."),
    "graph/target/cd22.ttl": ("a ag:Target", "a ag:Drug"),
    "ontology/schemes/flag.ttl": ("a ag:Flag , skos:Concept", "a ag:Flag"),
}


@pytest.fixture
def slipped(checkout):
    """A copy of the curated files with all slips in it."""
    for name, (right, wrong) in SLIPS.items():
        path = checkout.root / name
        text = path.read_text()
        assert right in text, name
        path.write_text(text.replace(right, wrong, 1))
    return checkout


@pytest.mark.slow
def test_a_check_of_one_file_is_what_a_check_of_everything_says_of_it(slipped):
    snapshot = read_snapshot(slipped)
    everything = check(snapshot)
    found = {result.at.path for result in everything}
    assert len(found & SLIPS.keys()) > len(SLIPS) / 2
    for name in sorted(found | SLIPS.keys() | {"graph/drug/dexamethasone.ttl"}):
        assert check(snapshot, [name]) == [one for one in everything if one.at.path == name], name


@pytest.mark.slow
def test_the_shapes_say_the_same_of_each_curated_file_alone(shape_results):
    loaded, shapes = SNAPSHOT.loaded, SNAPSHOT.shapes
    studies = {SOURCES.relative(path) for path in STUDIES}
    files = studies | {result.at.path for result in shape_results}
    for name in files:
        alone = [one for one in validate(loaded, shapes, frozenset([name])) if one.at.path == name]
        assert alone == [one for one in shape_results if one.at.path == name]


def test_a_property_shape_has_no_properties_of_its_own():
    """Else a result could stand at a node that its shape does not target, in another file."""
    shapes = Graph()
    for path in SOURCES.files(Part.SHAPES):
        shapes.parse(path)
    assert not {s for s in shapes.subjects(SH.path) if (s, SH.property, None) in shapes}
    assert not set(shapes.subjects(SH.target)) | set(shapes.subjects(SH.targetSubjectsOf))


def test_a_check_of_one_file_looks_at_its_nodes_only_and_asks_no_question(monkeypatch):
    """Shapes and questions are what a check of everything spends its time on."""
    aimed = []
    validate_all = pyshacl.validate

    def look(data_graph, *, shacl_graph):
        aimed.append(shacl_graph)
        return validate_all(data_graph, shacl_graph=shacl_graph)

    monkeypatch.setattr(pyshacl, "validate", look)
    name = "graph/study/ino-vate.ttl"
    checked = Checked(SNAPSHOT, frozenset([name]))
    assert checked.results == []
    nodes = {str(node) for node in aimed[0].objects(None, SH.targetNode)}
    assert nodes and nodes <= set(SNAPSHOT.loaded.files[name].lines)
    assert not list(aimed[0].subjects(SH.targetClass))
    assert "store" not in vars(checked)


@pytest.mark.parametrize(
    ("name", "old", "new", "line_with"),
    [
        ("graph/study/ino-vate.ttl", "ag:value 80.7", "ag:value 180.7", "ag:value 180.7"),
        ("graph/drug/blinatumomab.ttl", "target:cd19", "target:cd91", "target:cd91"),
        ("graph/drug/blinatumomab.ttl", "ag:modality", "ag:modalty", "ag:modalty"),
        ("graph/report/kantarjian-2016.ttl", '"2026-11-20"', '"2026-20-11"', '"2026-20-11"'),
    ],
)
def test_a_result_stands_at_the_line_of_its_triple(checkout, name, old, new, line_with):
    path = checkout.root / name
    path.write_text(path.read_text().replace(old, new, 1))
    lines = {result.at.line for result in check(read_snapshot(checkout), [name])}
    assert {path.read_text().splitlines()[line - 1].strip() for line in lines} & {
        line.strip() for line in path.read_text().splitlines() if line_with in line
    }


def test_a_result_without_a_triple_stands_at_its_subject(checkout):
    path = checkout.graph / "drug" / "blinatumomab.ttl"
    text = path.read_text()
    start = text.index("    rdfs:label")
    path.write_text(text[:start] + text[text.index("\n", start) + 1 :])
    results = check(read_snapshot(checkout), ["graph/drug/blinatumomab.ttl"])
    assert results
    assert all(
        path.read_text().splitlines()[result.at.line - 1] == "drug:blinatumomab"
        for result in results
    )
