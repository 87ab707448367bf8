"""P-values, intervals and words: three ways to say how sure an effect is, which should agree.

Altman DG, Bland JM. How to obtain the P value from a confidence interval. BMJ 2011;343:d2304.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from decimal import Decimal
from statistics import NormalDist

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.measures import RATIOS
from allograph.evidence.records import Comparison
from allograph.text.numerals import half_unit

MEASURES = RATIOS | {"difference-of-shares"}
"""Medians are left out: their p-value is that of another test."""
APART = 1.0
"""How many standard errors two tests of the same data may differ (log-rank, Wald, one-sided)."""
CLAIMED, CLAIMED_NOT = 0.05, 0.01
"""A claim is doubted above the first, a denial below the second: thresholds below 5% are usual."""
BELOW = re.compile(r"[<≤]\s*0?[.·]\d")
"""How a p-value is printed of which only a bound is known: ``p<0.001``."""
NORMAL = NormalDist()


def significance_and_intervals(evidence: Evidence) -> Iterator[Doubt]:
    """A p-value or a claim of significance that the interval, or the p-value, contradicts."""
    for comparison in evidence.comparisons.values():
        z_range = _z_range(comparison)
        p = None if comparison.p_value is None else float(comparison.p_value)
        if p is not None and 0 <= p <= 1 and z_range is not None:
            yield from _p_value(comparison, p, z_range)
        yield from _claim(comparison, p, z_range)


def _p_value(comparison: Comparison, p: float, z_range: tuple[float, float]) -> Iterator[Doubt]:
    """The p-value that the interval gives is near the printed one."""
    least, most = z_range
    is_bound = comparison.p_bound is not None or bool(BELOW.search(comparison.reported_as))
    slack = float(half_unit(comparison.p_value or Decimal(0)))
    sides = 2 if comparison.p_sides == 1 else 1
    lowest = _z(min(sides * (p + slack), 1))
    highest = math.inf if is_bound or p <= slack else _z(min(sides * (p - slack), 1))
    if most < lowest - APART or least > highest + APART:
        given = _p(sum(z_range) / 2) / sides
        message = f"The interval gives a p-value of about {given:.2g}, not {p:g}."
        yield _doubt(comparison, message)


def _claim(
    comparison: Comparison, p: float | None, z_range: tuple[float, float] | None
) -> Iterator[Doubt]:
    """Words against the p-value, else against the interval."""
    if p is not None:
        slack = float(half_unit(comparison.p_value or Decimal(0)))
        least, most = p - slack, p + slack
    elif z_range is not None:
        least, most = _p(z_range[1]), _p(z_range[0])
    else:
        return
    shown = f"a p-value of {p:g}" if p is not None else f"about {least:.2g} by the interval"
    if comparison.significance == "claimed" and least > CLAIMED:
        yield _doubt(comparison, f"Significance is claimed, with {shown}.")
    elif comparison.significance == "claimed-not" and most < CLAIMED_NOT:
        yield _doubt(comparison, f"Significance is denied, with {shown}.")


def _z_range(comparison: Comparison) -> tuple[float, float] | None:
    """How many standard errors the middle of the interval lies from no effect, least and most."""
    lower, upper, level = comparison.lower, comparison.upper, comparison.level
    if lower is None or upper is None or level is None or not 50 <= level < 100:
        return None
    if comparison.statistic not in MEASURES or lower >= upper:
        return None
    is_ratio = comparison.statistic in RATIOS
    if is_ratio and lower - half_unit(lower) <= 0:
        return None
    low = [_scale(lower + side * half_unit(lower), is_ratio) for side in (-1, 1)]
    high = [_scale(upper + side * half_unit(upper), is_ratio) for side in (-1, 1)]
    quantile = NORMAL.inv_cdf(0.5 + float(level) / 200)
    reached = [
        abs(bottom + top) * quantile / (top - bottom)
        for bottom in low
        for top in high
        if top > bottom
    ]
    return (min(reached), max(reached)) if reached else None


def _scale(number: Decimal, is_ratio: bool) -> float:
    return math.log(number) if is_ratio else float(number)


def _z(p: float) -> float:
    """The quantile of a two-sided p-value, from its lower tail, which a tiny one keeps."""
    return -NORMAL.inv_cdf(p / 2) if 0 < p < 1 else 0.0 if p else math.inf


def _p(z: float) -> float:
    return math.erfc(z / math.sqrt(2))


def _doubt(comparison: Comparison, message: str) -> Doubt:
    return Doubt(
        about=comparison.iri,
        message=message,
        value=None if comparison.p_value is None else str(comparison.p_value),
        involves=(comparison.group,) if comparison.group else (),
    )
