"""The same number printed twice, side by side, for people of two groups: it may be a slip.

Equal numbers are common, and most of them are right. So only counts without a percentage are
doubted (a percentage would tell), in one sentence, of one outcome, in two parts of one group whose
sizes differ clearly: there the same count means quite another share.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Result

SMALL = 10
"""Numbers below are often equal by chance."""
CLEARLY = 1.25
"""Sizes of which one is larger by this factor differ clearly."""


def repeated_numbers(evidence: Evidence) -> Iterator[Doubt]:
    """Equal counts of one outcome in two parts of one group, and the groups drawn by them."""
    counts = (
        result
        for result in evidence.results.values()
        if result.kind == "Count" and result.numerator is not None and result.numerator >= SMALL
    )
    alike = grouped(counts, lambda result: _place(evidence, result))
    for results in alike.values():
        for one, other in combinations(results, 2):
            if _are_parts(evidence, one, other):
                yield from _doubts(evidence, one, other)
                yield from _doubts(evidence, other, one)


def _place(evidence: Evidence, result: Result) -> tuple[object, ...] | None:
    """The sentence, the outcome and the number; None where no sentence is known."""
    for iri in result.locators:
        place = evidence.places.get(iri)
        if place is not None and place.sentence is not None:
            sentence = (result.report, place.section, place.sentence)
            return (*sentence, result.outcome, result.after_cycle, result.grade, result.numerator)
    return None


def _are_parts(evidence: Evidence, one: Result, other: Result) -> bool:
    first, second = evidence.groups.get(one.group or ""), evidence.groups.get(other.group or "")
    if first is None or second is None or first.size is None or second.size is None:
        return False
    smaller, larger = sorted((first.size, second.size))
    return bool(set(first.parents) & set(second.parents)) and larger >= CLEARLY * smaller


def _doubts(evidence: Evidence, one: Result, other: Result) -> Iterator[Doubt]:
    drawn = [
        group.iri
        for group in evidence.subgroups.get(one.group or "", ())
        if one.outcome in group.selected_by and group.size == one.numerator
    ]
    sizes = f"{evidence.size(one.group)} people and of {evidence.size(other.group)}"
    message = f"{one.numerator} stands twice in one sentence, of {sizes}."
    for iri in (one.iri, *drawn):
        yield Doubt(iri, message, str(one.numerator), (other.iri,))
