"""Claims that one side does better, and comparators that the study did not treat."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.flags.flags import claims_superiority
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Comparison

CONCLUSION = "conclusion"
EXTERNAL = "external-control"
OUTSIDE = "The comparator is not part of the people of the study, and its size is not printed."


def claims_without_estimate(evidence: Evidence) -> Iterator[Doubt]:
    """Significance without an estimate, interval or p-value; superiority without any figure."""
    for comparison in evidence.comparisons.values():
        if _has_estimate(comparison):
            continue
        if comparison.significance == "claimed":
            message = "Significance is claimed without an estimate, an interval or a p-value."
        elif _favours_a_side(comparison) and not _has_both_figures(evidence, comparison):
            message = "One side is said to do better, and no figures of the two are printed."
        else:
            continue
        yield Doubt(comparison.iri, message, comparison.reported_as)
    for claim in evidence.claims.values():
        if claim.kind == CONCLUSION and claims_superiority(claim):
            message = "A conclusion says that one side does better, without an estimate."
            yield Doubt(claim.iri, message, claim.reported_as)


def comparators_outside(evidence: Evidence) -> Iterator[Doubt]:
    """A comparator from outside the study without a size, its figures and its comparisons."""
    outside = {
        group.iri: group
        for group in evidence.groups.values()
        if group.grouping == EXTERNAL and group.size is None
    }
    for group in outside.values():
        yield Doubt(group.iri, OUTSIDE, group.reported_as)
    for result in evidence.results.values():
        if result.group in outside:
            yield Doubt(result.iri, OUTSIDE, result.reported_as, (result.group,))
    for comparison in evidence.comparisons.values():
        if comparison.comparator in outside:
            yield Doubt(comparison.iri, OUTSIDE, comparison.reported_as, (comparison.comparator,))


def _has_estimate(comparison: Comparison) -> bool:
    figures = (comparison.value, comparison.lower, comparison.upper, comparison.p_value)
    return any(figure is not None for figure in figures)


def _favours_a_side(comparison: Comparison) -> bool:
    return (comparison.direction or "").startswith("favours-")


def _has_both_figures(evidence: Evidence, comparison: Comparison) -> bool:
    return all(side in evidence.results for side in (comparison.index, comparison.reference))
