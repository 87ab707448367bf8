"""Figures beside their own interval, range and quartiles, which hold them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from allograph.doubts.rules.rounding import shown
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Figure, Result
from allograph.text.numerals import half_unit

Ends = tuple[Decimal | None, Decimal | None]
ZERO = Decimal(0)
ROOT_OF_2 = Decimal(2).sqrt()
MEDIANS = frozenset({"median", "median-time-to-event"})


def estimates_and_intervals(evidence: Evidence) -> Iterator[Doubt]:
    """A figure or an estimate that is outside the interval printed with it."""
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        yield from _outside(figure, (figure.lower, figure.upper), "interval")


def values_and_ranges(evidence: Evidence) -> Iterator[Doubt]:
    """A figure outside its range, a median outside its quartiles, quartiles outside the range.

    Also a deviation that no people within the range can have. Each figure is doubted once.
    """
    for result in evidence.results.values():
        spreads = (
            *_outside(result, (result.range_low, result.range_high), "range"),
            *_outside_quartiles(result),
            *_quartiles_outside(result),
            *_too_wide(result),
        )
        yield from spreads[:1]


def _outside_quartiles(result: Result) -> Iterator[Doubt]:
    """A mean may lie outside the quartiles of a few very large values, a median never."""
    if result.statistic in MEDIANS:
        yield from _outside(result, (result.lower_quartile, result.upper_quartile), "quartiles")


def _quartiles_outside(result: Result) -> Iterator[Doubt]:
    low, high = result.range_low, result.range_high
    lower, upper = result.lower_quartile, result.upper_quartile
    is_below = None not in (low, lower) and (lower or ZERO) < (low or ZERO)
    is_above = None not in (high, upper) and (upper or ZERO) > (high or ZERO)
    if is_below or is_above:
        message = f"The quartiles, {lower} to {upper}, are outside of the range, {low} to {high}."
        yield Doubt(result.iri, message, f"{lower} to {upper}")


def _too_wide(result: Result) -> Iterator[Doubt]:
    """Of values within a range a deviation is at most half its width (Popoviciu's inequality).

    With one person less in the divisor it can be more: by the root of 2, for two people.
    """
    low, high, deviation = result.range_low, result.range_high, result.deviation
    if low is None or high is None or deviation is None:
        return
    if deviation - half_unit(deviation) > ROOT_OF_2 * (high - low) / 2:
        message = f"No people between {low} and {high} have a standard deviation of {deviation}."
        yield Doubt(result.iri, message, str(deviation))


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
