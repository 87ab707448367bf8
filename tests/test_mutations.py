"""A slip of a curator's hand does not pass: what is planted in the curated graph is told."""

from dataclasses import replace

import pytest
from approve import SNAPSHOT, SOURCES
from mutations import Holds, all_slips
from mutations.bench import Bench, catch_all, sample, shares

from allograph.checks.check import check
from allograph.checks.verify import verify
from allograph.curated.results import Severity

HELD_TEXTS = SOURCES.root.parent / "shared" / "sources"
SEED = 7
WANTED = {
    "digit": 0.95,
    "unit": 0.95,
    "group": 0.75,
    "comparator": 0.75,
    "whole": 0.5,
    "transposed": 0.75,
    "point": 0.95,
    "zero": 0.75,
}
"""The share of the slips of each kind that is told, at least."""
MANY = {"digit": 20, "unit": 16, "group": 16}
FEW = 4

# What a curator may do to a file without being told anything: what stood there, and what stands.
HARMLESS = (
    ("graph/study/ino-vate.ttl", "a ag:Study ;", "a ag:Study ; # as the registry says"),
    ("graph/study/ino-vate.ttl", "ag:value 80.7 ;\n    ag:unit", "ag:value 80.7 ; ag:unit"),
    ("graph/study/ino-vate.ttl", "    ag:tolerance 0.05 ;\n", "\n      ag:tolerance 0.05 ;\n"),
    ("graph/study/ino-vate.ttl", '"80.7%"', '"80.7 %"'),
    ("graph/study/ino-vate.ttl", '"80.7% vs 29.4%"', '"80.7% versus 29.4%"'),
    (
        "graph/study/ino-vate.ttl",
        '"Complete remission, inotuzumab ozogamicin"',
        '"CR with inotuzumab ozogamicin"',
    ),
    ("graph/study/ino-vate.ttl", "PREFIX ag: ", "# A note.\nPREFIX ag: "),
    ("graph/study/ino-children.ttl", "\n\n:", "\n\n\n:"),
    ("graph/drug/blinatumomab.ttl", "a ag:Drug ;", 'a ag:Drug ; skos:altLabel "MT103"@en ;'),
    ("graph/target/cd22.ttl", "a ag:Target ;", 'a ag:Target ; skos:altLabel "SIGLEC2"@en ;'),
    (
        "graph/outcome/relapse.ttl",
        "rdfs:label ",
        'skos:altLabel "return of disease"@en ;\n    rdfs:label ',
    ),
    ("graph/organization/pfizer.ttl", "PREFIX ag: ", "# The maker.\n\nPREFIX ag: "),
)  # fmt: skip

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench():
    return Bench()


@pytest.fixture(scope="module")
def made(loaded):
    return list(all_slips(loaded, SEED))


def test_the_graph_without_slips_has_no_violation(bench):
    assert [what for what in bench.before if what[0] is Severity.VIOLATION] == []


def test_slips_are_told(made, bench):
    tried = [
        slip
        for kind in WANTED
        for slip in sample((each for each in made if each.kind == kind), MANY.get(kind, FEW), SEED)
    ]
    caught = catch_all(tried, bench)
    missed = [str(each.slip) for each in caught if not each.is_caught]
    low = {kind: share for kind, share in shares(caught).items() if share < WANTED[kind]}
    assert low == {}, missed


def test_each_kind_says_what_contradicts_it(made):
    of_graph = {slip.kind for slip in made if slip.by is Holds.GRAPH}
    assert of_graph >= WANTED.keys()
    assert {slip.by for slip in made} == set(Holds)


def test_each_slip_changes_the_graph(made, loaded):
    for slip in made:
        changed = slip.made_in(loaded).files[slip.path].triples
        assert set(changed) != set(loaded.files[slip.path].triples), str(slip)


@pytest.mark.usefixtures("without_questions")
@pytest.mark.parametrize(("name", "right", "other"), HARMLESS)
def test_what_is_harmless_is_told_nothing(name, right, other):
    text = SNAPSHOT.contents[name].decode()
    assert right in text
    contents = {**SNAPSHOT.contents, name: text.replace(right, other, 1).encode()}
    snapshot = replace(SNAPSHOT, contents=contents)
    assert check(snapshot, [name]) == []
    if HELD_TEXTS.is_dir():
        assert verify(snapshot.loaded, HELD_TEXTS, [name]).results == []


def test_shapes_that_look_beside_a_slip_see_what_a_check_of_everything_sees(made, bench):
    tried = sample((slip for slip in made if slip.kind in ("digit", "group", "whole")), 1, SEED)
    for slip in tried:
        assert bench.catch(slip).violations == bench.catch(slip, everywhere=True).violations


@pytest.mark.skipif(not HELD_TEXTS.is_dir(), reason="the texts that were read are not at hand")
def test_a_slip_of_a_place_is_seen_by_whoever_holds_the_texts(loaded, made):
    places = [slip for slip in made if slip.kind == "place"]
    spans = [slip for slip in places if not str(slip).partition(":")[0].endswith("sentence")]
    tried = sample(spans, 12, SEED)
    assert verify(loaded, HELD_TEXTS).results == []
    for slip in tried:
        assert verify(slip.made_in(loaded), HELD_TEXTS).results, str(slip)
