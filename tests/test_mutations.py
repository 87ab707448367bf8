"""A slip of a curator's hand does not pass: what is planted in a curated graph is told."""

from dataclasses import replace

import pytest
from approve import SOURCES
from mutations import Holds, all_slips, read_ground
from mutations.bench import Bench, catch_all, sample, shares
from mutations.harmless import edits
from small import SMALL

from allograph.checks.check import check
from allograph.checks.verify import verify
from allograph.curated.results import Severity

HELD_TEXTS = SOURCES.root.parent / "shared" / "sources"
HAS_TEXTS = HELD_TEXTS.is_dir()
SEED = 7
EACH = 2
WANTED = 0.9
"""The share of the slips of a kind that is told, at least, of those that something contradicts."""
OVERALL = 0.95

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench():
    return Bench(HELD_TEXTS if HAS_TEXTS else None, graph="small")


@pytest.fixture(scope="module")
def loaded():
    return SMALL.loaded


@pytest.fixture(scope="module")
def made(loaded):
    return list(all_slips(read_ground(loaded, HELD_TEXTS if HAS_TEXTS else None), SEED))


def test_the_graph_without_slips_has_no_violation(bench):
    assert [what for what in bench.before if what[0] is Severity.VIOLATION] == []


def test_slips_are_told(made, bench):
    held = {Holds.GRAPH, Holds.TEXT} if HAS_TEXTS else {Holds.GRAPH}
    tried = sample((slip for slip in made if slip.by in held), EACH, SEED)
    caught = catch_all(tried, bench, first=True)
    missed = [f"{each.slip.kind}: {each.slip}" for each in caught if not each.is_caught]
    low = {kind: share for kind, share in shares(caught).items() if share < WANTED}
    assert low == {}, missed
    assert len(missed) <= (1 - OVERALL) * len(caught), missed


def test_slips_of_every_ground_are_made(made):
    assert {slip.by for slip in made} >= {Holds.GRAPH, Holds.READER}


def test_the_same_seed_makes_the_same_slips(loaded, made):
    again = all_slips(read_ground(loaded, HELD_TEXTS if HAS_TEXTS else None), SEED)
    assert [str(slip) for slip in again] == [str(slip) for slip in made]


def test_each_slip_changes_the_graph(made, loaded):
    for slip in sample(made, 5, SEED):
        changed = slip.made_in(loaded).files[slip.path].triples
        assert set(changed) != set(loaded.files[slip.path].triples), str(slip)


@pytest.mark.usefixtures("without_questions")
@pytest.mark.parametrize("edit", list(edits()), ids=lambda edit: edit.what)
def test_what_is_harmless_is_told_nothing(edit):
    text = SMALL.contents[edit.path].decode()
    assert edit.right in text
    changed = text.replace(edit.right, edit.other, 1).encode()
    snapshot = replace(SMALL, contents={**SMALL.contents, edit.path: changed})
    assert check(snapshot, [edit.path]) == []
    if HAS_TEXTS:
        assert verify(snapshot.loaded, HELD_TEXTS, [edit.path]).results == []


def test_shapes_that_look_beside_a_slip_see_what_a_check_of_everything_sees(made, bench):
    unseen = ("group", "whole", "another class", "partition", "flag too many")
    tried = sample((slip for slip in made if slip.kind in unseen), 1, SEED)
    for slip in tried:
        assert bench.catch(slip).is_caught == bench.catch(slip, everywhere=True).is_caught


@pytest.mark.skipif(not HAS_TEXTS, reason="the texts that were read are not at hand")
def test_a_slip_of_a_place_is_seen_by_whoever_holds_the_texts(loaded, made):
    places = [slip for slip in made if slip.kind == "place"]
    spans = [slip for slip in places if not str(slip).partition(":")[0].endswith("sentence")]
    tried = sample(spans, 12, SEED)
    assert verify(loaded, HELD_TEXTS).results == []
    for slip in tried:
        assert verify(slip.made_in(loaded), HELD_TEXTS).results, str(slip)
