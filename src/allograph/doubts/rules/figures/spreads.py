"""Figures beside their own interval and their own range, which hold them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from allograph.doubts.rules.rounding import shown
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Figure

Ends = tuple[Decimal | None, Decimal | None]


def estimates_and_intervals(evidence: Evidence) -> Iterator[Doubt]:
    """A figure or an estimate that is outside the interval printed with it."""
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        yield from _outside(figure, (figure.lower, figure.upper), "interval")


def values_and_ranges(evidence: Evidence) -> Iterator[Doubt]:
    """A figure that is outside the range printed with it."""
    for result in evidence.results.values():
        yield from _outside(result, (result.range_low, result.range_high), "range")


def _outside(figure: Figure, ends: Ends, name: str) -> Iterator[Doubt]:
    """Below the low end or above the high one, by the digits that are printed."""
    low, high = ends
    if figure.value is None:
        return
    is_below = low is not None and figure.value < low
    is_above = high is not None and figure.value > high
    if is_below or is_above:
        side = "below" if is_below else "above"
        message = f"{shown(figure)} is {side} its {name}, {low} to {high}."
        yield Doubt(figure.iri, message, f"{low} to {high}")
