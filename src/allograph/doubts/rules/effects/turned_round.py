"""Ratios that one report prints as the reciprocal of another.

Higgins JPT, Thomas J, Chandler J, et al. Cochrane Handbook for Systematic Reviews of
Interventions, section 6.4.1: effect measures for dichotomous outcomes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from allograph.doubts.rules.figures.contradiction import People
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.measures import RATIOS
from allograph.evidence.records import Comparison
from allograph.text.numerals import half_unit

ONE = Decimal(1)


def ratios_turned_round(evidence: Evidence) -> Iterator[Doubt]:
    """A ratio that is, within rounding, 1 by another one of the same people and outcome."""
    people = People(evidence)
    ratios = (
        comparison
        for comparison in evidence.comparisons.values()
        if comparison.statistic in RATIOS and not comparison.bound and _is_apart_from_1(comparison)
    )
    alike = grouped(
        ratios,
        lambda one: (
            frozenset({people.of(one.group or ""), people.of(one.comparator or "")}),
            one.outcome,
            one.statistic,
            one.at_time,
        ),
    )
    for comparisons in alike.values():
        for one, other in combinations(comparisons, 2):
            is_same_way = people.of(one.group or "") == people.of(other.group or "")
            if _is_reciprocal(one, other) if is_same_way else _is_equal(one, other):
                for doubted, against in ((one, other), (other, one)):
                    way = "the same way round" if is_same_way else "the other way round"
                    message = f"The ratio is {doubted.value}, and {against.value} {way} elsewhere."
                    yield Doubt(doubted.iri, message, str(doubted.value), (against.iri,))


def _is_apart_from_1(comparison: Comparison) -> bool:
    """Whether the digits say on which side of 1 a ratio lies."""
    return (
        comparison.value is not None
        and comparison.value > half_unit(comparison.value)
        and abs(comparison.value - 1) > 2 * half_unit(comparison.value)
    )


def _is_reciprocal(one: Comparison, other: Comparison) -> bool:
    return abs(_log(one) + _log(other)) <= _slack(one) + _slack(other)


def _is_equal(one: Comparison, other: Comparison) -> bool:
    return abs(_log(one) - _log(other)) <= _slack(one) + _slack(other)


def _log(comparison: Comparison) -> float:
    return math.log(comparison.value or ONE)


def _slack(comparison: Comparison) -> float:
    """How far the logarithm may be off by rounding."""
    value = comparison.value or ONE
    return -math.log1p(-float(half_unit(value) / value))
