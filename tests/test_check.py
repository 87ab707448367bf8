"""Checking: of one file, what a check of everything says of all it touches, and to the line."""

from dataclasses import replace

import pytest
from approve import SOURCES
from rdflib import Graph
from rdflib.namespace import SH
from small import SMALL

from allograph.checks.aim import targets_of
from allograph.checks.check import Checked, check, questions
from allograph.checks.shapes import validate
from allograph.curated.sources import Part

pytestmark = pytest.mark.slow

# Slips as a curator's hand makes them, of many kinds: the file, what was there, and what is.
# The first ones are told in their own file, the others in other files, too.
SLIPS = (
    ("graph/study/mini-hcvd-ino.ttl", ":all\n    a ag:StudyGroup ;", ":all\n"),
    ("graph/study/ino-vate.ttl", "ag:value 80.7", "ag:value 180.7"),
    ("graph/study/ino-salvage-100.ttl", "ag:size 100 ;", "ag:size 50 ;"),
    ("graph/report/jabbour-2018-abstract.ttl", "a ag:HeldText ;", "a ag:HeldTxt ;"),
    ("graph/regimen/ino-weekly.ttl", "ag:doseHigh 0.8", "ag:doseHigh 0.08"),
)
ELSEWHERE = (
    ("graph/target/cd22.ttl", "a ag:Target", "a ag:Drug"),
    ("graph/target/cd22.ttl", "\ntarget:cd22\n", "\ntarget:cd23\n"),
    ("graph/drug/blinatumomab.ttl", "a ag:Drug", "a ag:Target"),
    ("graph/organization/pfizer.ttl", "a ag:Organization", "a ag:Target"),
    ("graph/outcome/overall-survival.ttl", "a ag:Outcome", "a ag:Drug"),
    ("graph/outcome/relapse.ttl", "ag:desirable false", "ag:desirable true"),
    ("graph/regimen/mini-hyper-cvd-ino-blinatumomab.ttl", "a ag:Regimen", "a ag:Drug"),
    ("graph/report/jabbour-2018-abstract.ttl", "study:mini-hcvd-ino", "study:ino-vate"),
)
OF_NOBODY_ELSE = ("graph/study/ino-vate.ttl", 'ag:unit "%"', 'ag:unit "percent"')


def slipped(*slips):
    """The curated files with slips in them."""
    contents = dict(SMALL.contents)
    for name, right, wrong in slips:
        text = contents[name].decode()
        assert right in text, name
        contents[name] = text.replace(right, wrong, 1).encode()
    return replace(SMALL, contents=contents)


@pytest.mark.usefixtures("without_questions")
@pytest.mark.parametrize("slip", SLIPS + ELSEWHERE, ids=lambda slip: f"{slip[0]}: {slip[2]!r}")
def test_a_check_of_a_file_tells_all_that_is_new_because_of_it(slip):
    """The graph without the slip is told nothing, so all that a full check tells is new."""
    snapshot = slipped(slip)
    everything = check(snapshot)
    assert check(snapshot, [slip[0]]) == everything != []
    is_elsewhere = {result.at.path for result in everything} != {slip[0]}
    assert is_elsewhere == (slip in ELSEWHERE)


@pytest.mark.usefixtures("without_questions")
def test_a_check_of_a_file_tells_nothing_of_what_it_does_not_touch():
    snapshot = slipped(OF_NOBODY_ELSE, *SLIPS[:1])
    for untouched in ("graph/study/ino-children.ttl", "graph/study/ino-salvage-100.ttl"):
        assert check(snapshot, [untouched]) == [], untouched
    (told,) = {result.at.path for result in check(snapshot, [SLIPS[0][0]])}
    assert told == SLIPS[0][0]


@pytest.mark.usefixtures("without_questions")
def test_a_file_of_the_ontology_touches_everything():
    snapshot = slipped(OF_NOBODY_ELSE)
    assert check(snapshot, ["ontology/schemes/flag.ttl"]) == check(snapshot) != []


def test_a_question_that_the_store_answers_is_parsed_by_nobody_else(monkeypatch):
    """What SERVICE may hide in is parsed twice, which takes as long as all the answers."""
    parsed = []
    monkeypatch.setattr("allograph.checks.questions.check_query", parsed.append)
    assert list(questions(Checked(SMALL))) == []
    assert parsed == []


def test_what_hinders_a_check_is_told_wherever_it_lies():
    snapshot = slipped(("graph/drug/blinatumomab.ttl", "a ag:Drug ;", "a ag:Drug"))
    (result,) = check(snapshot, ["graph/study/ino-vate.ttl"])
    assert result.at.path == "graph/drug/blinatumomab.ttl"


@pytest.mark.parametrize("slip", SLIPS[:1], ids=lambda slip: slip[0])
def test_constraints_that_are_spared_find_what_they_find_everywhere(slip, monkeypatch):
    """A SPARQL constraint looks where Oxigraph finds something; without it, at every node."""
    loaded = slipped(slip, OF_NOBODY_ELSE, SLIPS[1], SLIPS[2]).loaded
    nodes = frozenset(iri for name, *_ in SLIPS[:3] for iri in loaded.files[name].lines)
    spared = validate(loaded, SMALL.shapes, nodes=nodes)
    monkeypatch.setattr(
        "allograph.checks.aim.DataGraph.found", lambda _graph, _text, nodes, _: nodes
    )
    assert spared == validate(loaded, SMALL.shapes, nodes=nodes) != []


@pytest.mark.usefixtures("without_questions")
def test_a_node_that_conforms_at_a_glance_conforms_to_pyshacl(monkeypatch):
    """Of many slips at once, pySHACL tells the same when it looks at every node."""
    loaded = slipped(OF_NOBODY_ELSE, *SLIPS, *ELSEWHERE).loaded
    at_a_glance = validate(loaded, SMALL.shapes)
    monkeypatch.setattr("allograph.checks.aim.Glance.conforms", lambda *_arguments: False)
    assert at_a_glance == validate(loaded, SMALL.shapes)
    assert len({result.rule for result in at_a_glance}) > 10


def test_a_property_shape_has_no_properties_of_its_own():
    """Else a result could stand at a node that its shape does not target, in another file."""
    shapes = Graph()
    for path in SOURCES.files(Part.SHAPES):
        shapes.parse(path)
    assert not {s for s in shapes.subjects(SH.path) if (s, SH.property, None) in shapes}
    assert not set(shapes.subjects(SH.target)) | set(shapes.subjects(SH.targetSubjectsOf))


def test_a_check_of_one_file_looks_at_what_it_touches_only_and_asks_no_question(monkeypatch):
    """Shapes and questions are what a check of everything spends its time on."""
    looked_at = set()

    def look(shapes_graph, facts, wanted_by):
        targets = targets_of(shapes_graph, facts, wanted_by)
        looked_at.update(node for nodes in targets.values() for node in nodes)
        return targets

    monkeypatch.setattr("allograph.checks.shapes.targets_of", look)
    name = "graph/study/ino-vate.ttl"
    checked = Checked(SMALL, frozenset([name]))
    assert checked.results == []
    own = set(SMALL.loaded.files[name].lines)
    assert own <= looked_at
    assert len([node for node in looked_at - own if "/reading/" not in str(node)]) < 40
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
def test_a_result_stands_at_the_line_of_its_triple(name, old, new, line_with):
    snapshot = slipped((name, old, new))
    lines = lines_told(snapshot, name)
    assert any(line_with in line for line in lines), lines


def test_a_result_without_a_triple_stands_at_its_subject():
    name = "graph/drug/blinatumomab.ttl"
    label = next(line for line in SMALL.text(name).splitlines() if "rdfs:label" in line)
    snapshot = slipped((name, f"{label}\n", ""))
    assert lines_told(snapshot, name) == {"drug:blinatumomab"}


def lines_told(snapshot, name):
    """The lines of a file at which something is told of it."""
    lines = snapshot.text(name).splitlines()
    found = [result.at for result in check(snapshot, [name])]
    return {lines[at.line - 1].strip() for at in found if at.path == name}
