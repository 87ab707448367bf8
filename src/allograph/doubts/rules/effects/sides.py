"""The two sides of a comparison, figures that stand twice, and people of more than one arm."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import sides_of
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Comparison, Group, Result

TIMES = ("at_time", "after_cycle", "cutoff")
ALIKE = ("kind", "statistic", "unit", *TIMES, "grade", "definition", "assessor")
"""What two results share that are compared."""
ARM, SET = "arm", "analysis-set"
ADDED_BY_READING = ("denominator-ambiguous", "denominator-not-stated", "definition-not-stated")
"""Flags that say how a sentence is written, and so stand on both sides or on none."""


def sides_that_differ(evidence: Evidence) -> Iterator[Doubt]:
    """Two sides that are compared, and are not of one kind, of one whole, or doubted alike."""
    for comparison in evidence.comparisons.values():
        names = [*_groups_differ(evidence, comparison)]
        index = evidence.results.get(comparison.index or "")
        reference = evidence.results.get(comparison.reference or "")
        if index is not None and reference is not None:
            names = [*_figures_differ(index, reference), *names]
            if comparison.statistic is None and comparison.at_time != index.at_time:
                names.append("time from the comparison")
        if names:
            said = " and ".join(name.replace("_", " ") for name in names)
            what = "figures" if index and reference else "groups"
            message = f"The two {what} that it compares differ in {said}."
            involved = (comparison.index, comparison.reference)
            yield Doubt(comparison.iri, message, said, tuple(iri for iri in involved if iri))


def _figures_differ(index: Result, reference: Result) -> Iterator[str]:
    for name in ALIKE:
        if getattr(index, name) != getattr(reference, name):
            yield name
    if (index.denominator is None) != (reference.denominator is None):
        yield "denominator"
    elif index.denominator is None:
        for flag in ADDED_BY_READING:
            if (flag in index.flags) != (flag in reference.flags):
                yield f"flag {flag}"


def _groups_differ(evidence: Evidence, comparison: Comparison) -> Iterator[str]:
    if _are_of_two_sets(evidence, comparison):
        yield "analysis set"
    group = evidence.groups.get(comparison.group or "")
    other = evidence.groups.get(comparison.comparator or "")
    if group is None or other is None:
        return
    if group in evidence.ancestors(other.iri) or other in evidence.ancestors(group.iri):
        yield "people, since one side is a part of the other"
    if not (group.parents and other.parents):
        return
    with_and_without = (group.selected_by & other.without) | (other.selected_by & group.without)
    if with_and_without and not set(group.parents) & set(other.parents):
        yield "the group from which they were drawn"


def _are_of_two_sets(evidence: Evidence, comparison: Comparison) -> bool:
    """Whether one side is of an analysis set of the study, and the other of all or another."""
    sides = [evidence.groups.get(side) for side in sides_of(comparison)]
    groups = [side for side in sides if side is not None and side.parents]
    sets = {_sets(evidence, group) for group in groups}
    return len(groups) > 1 and len(sets) > 1


def _sets(evidence: Evidence, group: Group) -> frozenset[str]:
    """The analysis sets of all arms, of which a group is a part."""
    above = evidence.ancestors(group.iri)
    arms = {one.iri for one in above if one.grouping == ARM}
    return frozenset(
        one.iri for one in above if one.grouping == SET and arms.isdisjoint(one.parents)
    )


def figures_copied(evidence: Evidence) -> Iterator[Doubt]:
    """One printed figure, at one place of a text, entered for two groups."""
    for results in grouped(evidence.results.values(), lambda one: _printed(evidence, one)).values():
        groups = {result.group for result in results}
        for result in results if len(groups) > 1 else ():
            others = tuple(sorted(other.iri for other in results if other is not result))
            message = "The same characters of the text are entered as the figure of another group."
            yield Doubt(result.iri, message, result.reported_as, others)


def _printed(evidence: Evidence, result: Result) -> tuple[object, ...] | None:
    for iri in result.locators:
        place = evidence.places.get(iri)
        if place is not None and place.start is not None and result.value is not None:
            what = (result.outcome, result.statistic, result.value, result.reported_as)
            return (result.report, place.start, place.end, *what)
    return None


def denominators_of_arms(evidence: Evidence) -> Iterator[Doubt]:
    """A share of people given one treatment, of as many as were given one or another."""
    given: dict[str, frozenset[str]] = {}
    for result in evidence.results.values():
        own = evidence.groups.get(result.group or "")
        if own is None or result.denominator is None or result.denominator == own.size:
            continue
        for above in evidence.ancestors(own.iri):
            if above.size == result.denominator and _has_other(evidence, above, own, given):
                message = (
                    f'{result.denominator} are "{above.label}", who had other treatments, too.'
                )
                yield Doubt(result.iri, message, str(result.denominator), (above.iri,))
                break


def _has_other(
    evidence: Evidence, above: Group, own: Group, given: dict[str, frozenset[str]]
) -> bool:
    """Whether some of the people above had another regimen than those of a group."""
    if above.iri not in given:
        parts = evidence.subgroups.get(above.iri, ())
        given[above.iri] = frozenset(iri for part in parts for iri in part.regimens)
    return bool(own.regimens and given[above.iri] - own.regimens and not above.regimens)
