"""Intervals beside what they are intervals of: the people behind a share, and their own estimate.

Newcombe RG. Two-sided confidence intervals for the single proportion: comparison of seven methods.
Stat Med 1998;17:857-872. Whichever method was used, its limits lie between those of the usual ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from statistics import NormalDist

from allograph.doubts.rules.rounding import HUNDRED, nearest, share
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.measures import RATIOS
from allograph.evidence.records import Comparison, Result
from allograph.synthesis.intervals import Interval, clopper_pearson, wilson
from allograph.text.numerals import half_unit

NARROWEST = 0.8
"""Censoring widens the interval of a survival probability; transformations narrow it a little."""
SKEW = 0.2
"""How far the middle of an interval may lie from the estimate, as a share of its half width."""


def intervals_and_counts(evidence: Evidence) -> Iterator[Doubt]:
    """An interval that no usual method gives for so many people."""
    for result in evidence.results.values():
        people = result.denominator or evidence.size(result.group)
        if None in (result.value, result.lower, result.upper, result.level):
            continue
        if people is None or people < 1 or result.bound:
            continue
        if result.level is None or not 50 <= result.level < 100:
            continue
        if result.kind == "Proportion":
            yield from _of_share(result, people)
        elif result.kind == "ProbabilityAtTime":
            yield from _of_probability(result, people)


def _of_share(result: Result, people: int) -> Iterator[Doubt]:
    counts = list(_counts(result, people))
    if not counts or any(_fits(result, people, count) for count in counts):
        return
    exact = clopper_pearson(counts[0], people, _level(result))
    yield _doubt(result, f"For {counts[0]} of {people}, an exact interval is {_shown(exact)}.")


def _counts(result: Result, people: int) -> Iterator[int]:
    """The printed number of people, else each that gives the printed share, the nearest first."""
    if result.numerator is not None:
        if 0 <= result.numerator <= people:
            yield result.numerator
        return
    if result.value is None:
        return
    tolerance = result.tolerance or half_unit(result.value)
    middle, reach = nearest(people, result.value), int(tolerance * people / HUNDRED) + 1
    for count in sorted(range(middle - reach, middle + reach + 1), key=lambda n: abs(n - middle)):
        if 0 <= count <= people and abs(share(count, people) - result.value) <= tolerance:
            yield count


def _fits(result: Result, people: int, count: int) -> bool:
    """Whether the interval is one of so many people, by any of the usual methods."""
    quick = [method(count, people, _level(result)) for method in (wilson, wald, agresti_coull)]
    if _is_within(result, people, quick):
        return True
    return _is_within(result, people, [*quick, clopper_pearson(count, people, _level(result))])


def _is_within(result: Result, people: int, limits: list[Interval]) -> bool:
    """Whether both limits lie between those of the methods, within rounding.

    Outwards, a correction for continuity (half a person) is allowed for.
    """
    lows, highs = zip(*limits, strict=True)
    correction = 50 / people
    return _lies(result.lower, min(lows) - correction, max(lows)) and _lies(
        result.upper, min(highs), max(highs) + correction
    )


def _lies(printed: Decimal | None, least: float, most: float) -> bool:
    slack = 0.0 if printed is None else _slack(printed) + 1e-9
    return printed is not None and least - slack <= float(printed) <= most + slack


def _of_probability(result: Result, people: int) -> Iterator[Doubt]:
    """Not narrower than if everybody in the group had been followed to that time."""
    lower, upper, value = result.lower, result.upper, result.value
    if lower is None or upper is None or value is None:
        return
    count = min(max(nearest(people, value), 0), people)
    least = min(high - low for low, high in _methods(count, people, _level(result)))
    if float(upper - lower) + _slack(lower) + _slack(upper) < NARROWEST * least:
        said = f"{upper - lower} points are too narrow for {people} people: with nobody censored"
        yield _doubt(result, f"{said}, about {least:.0f}.")


def _methods(count: int, people: int, level: float) -> list[Interval]:
    return [wilson(count, people, level), wald(count, people, level)]


def wald(count: int, people: int, level: float) -> Interval:
    """The textbook interval, in percent, cut off at 0 and 100."""
    return _around(count / people, people, _z(level))


def agresti_coull(count: int, people: int, level: float) -> Interval:
    """The interval of Agresti and Coull (Am Stat 1998;52:119-126), in percent."""
    z = _z(level)
    return _around((count + z * z / 2) / (people + z * z), people + z * z, z)


def _around(proportion: float, people: float, z: float) -> Interval:
    half = z * math.sqrt(proportion * (1 - proportion) / people)
    return max(0.0, 100 * (proportion - half)), min(100.0, 100 * (proportion + half))


def lopsided_intervals(evidence: Evidence) -> Iterator[Doubt]:
    """The interval of a ratio whose middle, on the scale of logarithms, is not the estimate."""
    for comparison in evidence.comparisons.values():
        known = (comparison.lower, comparison.value, comparison.upper)
        if comparison.statistic not in RATIOS or comparison.bound or None in known:
            continue
        lower, value, upper = (number or Decimal(0) for number in known)
        if min(number - half_unit(number) for number in (lower, value, upper)) <= 0:
            continue
        logs = [math.log(number) for number in (lower, value, upper)]
        loose = [_log_slack(number) for number in (lower, value, upper)]
        allowed = loose[1] + (loose[0] + loose[2]) / 2 + SKEW * (logs[2] - logs[0]) / 2
        if abs(logs[1] - (logs[0] + logs[2]) / 2) > allowed:
            middle = f"{math.exp((logs[0] + logs[2]) / 2):.2f}"
            yield _doubt(comparison, f"The middle of {lower} to {upper} is {middle}, not {value}.")


def _doubt(figure: Result | Comparison, message: str) -> Doubt:
    return Doubt(
        about=figure.iri,
        message=message,
        value=f"{figure.lower} to {figure.upper}",
        involves=(figure.group,) if figure.group else (),
    )


def _level(result: Result) -> float:
    return float(result.level or 95)


def _z(level: float) -> float:
    return NormalDist().inv_cdf(0.5 + level / 200)


def _slack(number: Decimal) -> float:
    return float(half_unit(number))


def _log_slack(number: Decimal) -> float:
    return -math.log1p(-float(half_unit(number) / number))


def _shown(interval: Interval) -> str:
    return f"{interval[0]:.1f} to {interval[1]:.1f}"
