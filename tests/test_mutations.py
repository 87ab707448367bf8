"""A slip of a curator's hand does not pass: what is planted in the curated graph is found."""

import pytest
from approve import SOURCES
from mutations import Bench, catch_all, sample, shares, slips

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
"""The share of the slips of each kind that is a violation, at least."""
MANY = {"digit": 20, "unit": 16, "group": 16}
FEW = 4


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bench():
    return Bench()


@pytest.fixture(scope="module")
def made(loaded):
    return list(slips(loaded, SEED))


def test_the_graph_without_slips_has_no_violation(bench):
    assert [what for what in bench.before if what[0] is Severity.VIOLATION] == []


def test_slips_of_figures_units_and_groups_are_violations(made, bench):
    tried = [
        slip
        for kind in WANTED
        for slip in sample((each for each in made if each.kind == kind), MANY.get(kind, FEW), SEED)
    ]
    caught = catch_all(tried, bench)
    missed = [str(each.slip) for each in caught if not each.violations]
    low = {kind: share for kind, share in shares(caught).items() if share < WANTED[kind]}
    assert low == {}, missed


def test_shapes_that_look_beside_a_slip_see_what_a_check_of_everything_sees(made, bench):
    tried = sample((slip for slip in made if slip.kind in ("digit", "group", "whole")), 1, SEED)
    for slip in tried:
        assert bench.catch(slip).violations == bench.catch(slip, everywhere=True).violations


@pytest.mark.skipif(not HELD_TEXTS.is_dir(), reason="the texts that were read are not at hand")
def test_a_slip_of_a_place_is_seen_by_whoever_holds_the_texts(loaded, made):
    places = [slip for slip in made if slip.kind == "place"]
    spans = [slip for slip in places if not slip.triple.predicate.value.endswith("#sentence")]
    tried = sample(spans, 12, SEED)
    assert verify(loaded, HELD_TEXTS).results == []
    for slip in tried:
        assert verify(slip.made_in(loaded), HELD_TEXTS).results, str(slip)
