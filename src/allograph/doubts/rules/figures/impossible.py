"""Figures that arithmetic refuses by themselves, whatever stands beside them.

Sources do print them; then the figure stands, flagged and with a reason, and is not pooled.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from allograph.doubts.rules.rounding import HUNDRED, rounding, share, shown
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Group, Result
from allograph.text.numerals import half_unit

PLACES = Decimal("0.1")
SHARES = frozenset({"Proportion", "ProbabilityAtTime"})
PER_HUNDRED = "/(100.a)"


def impossible_figures(evidence: Evidence) -> Iterator[Doubt]:
    """A figure or a group that cannot be as it is printed, with the first reason found."""
    for result in evidence.results.values():
        said = _people(evidence, result) or _ends(result) or _rate(result)
        if said:
            yield Doubt(result.iri, said, result.reported_as or shown(result))
    for comparison in evidence.comparisons.values():
        if said := _downwards(comparison.lower, comparison.upper, "interval"):
            yield Doubt(comparison.iri, said, comparison.reported_as or shown(comparison))
    for group in evidence.groups.values():
        if said := _larger(evidence, group):
            yield Doubt(group.iri, said, str(group.size))


def _people(evidence: Evidence, result: Result) -> str:
    """Too many people, or a share that its own printed people do not give."""
    count, people, size = result.numerator, result.denominator, evidence.size(result.group)
    if people is None:
        return ""
    if count is not None and count > people:
        return f"{count} people are more than the {people} of whom they are a part."
    if size is not None and people > size:
        return f"The share is of {people} people, and the group has {size}."
    if count is None or result.kind != "Proportion" or result.bound or people < 1:
        return ""
    if result.value is None or result.tolerance is None:
        return ""
    exact = share(count, people)
    if abs(exact - result.value) <= result.tolerance:
        return ""
    return f"{count} of {people} is {exact.quantize(PLACES)}%, and {result.value}% is printed."


def _ends(result: Result) -> str:
    """An interval or a range that runs downwards, or a share outside 0 to 100%."""
    said = _downwards(result.lower, result.upper, "interval")
    said = said or _downwards(result.range_low, result.range_high, "range")
    said = said or _downwards(result.lower_quartile, result.upper_quartile, "interquartile range")
    if said or result.kind not in SHARES:
        return said
    numbers = (result.value, result.lower, result.upper, result.range_low, result.range_high)
    outside = [number for number in numbers if number is not None and not 0 <= number <= HUNDRED]
    return f"{outside[0]}% is outside of 0 to 100%." if outside else ""


def _downwards(low: Decimal | None, high: Decimal | None, name: str) -> str:
    if low is None or high is None or low <= high:
        return ""
    return f"The {name} runs downwards, from {low} to {high}."


def _rate(result: Result) -> str:
    """A rate that its events and its person-time do not give, within the rounding of both."""
    events, time, value = result.events, result.person_time, result.value
    if result.kind != "Rate" or events is None or time is None or value is None or result.bound:
        return ""
    scaled = events * (HUNDRED if result.unit == PER_HUNDRED else 1)
    loose, slack = half_unit(time), rounding(result)
    if (value - slack) * (time - loose) <= scaled <= (value + slack) * (time + loose):
        return ""
    return f"{events} events in {time} do not give {shown(result)}."


def _larger(evidence: Evidence, group: Group) -> str:
    """A group that is larger than one from which it was drawn."""
    if group.size is None:
        return ""
    for whole in evidence.ancestors(group.iri):
        if whole.size is not None and group.size > whole.size:
            return f'{group.size} people were drawn from the {whole.size} of "{whole.label}".'
    return ""
