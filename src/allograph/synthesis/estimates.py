"""The effect of one study with its standard error: from the people of two arms, or as printed.

An effect is on the scale of its model, the logarithm for a ratio. Below one, or below zero, the arm
had fewer events than its comparator. Nothing is added to a cell of zero unless it is asked for.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from allograph.synthesis.pooled import check_level
from allograph.synthesis.refusals import NotEstimable
from allograph.synthesis.values import (
    COUNTED,
    HAZARD_RATIO,
    MEASURES,
    RATIOS,
    RISK_DIFFERENCE,
    RISK_RATIO,
    Estimate,
    TwoArms,
)


def effect_of(arms: TwoArms, measure: str, continuity: float = 0.0) -> Estimate:
    """The effect of an arm against its comparator, with its large-sample standard error.

    With a, b people with and without the outcome of n in the arm, and c, d of m in its comparator:
    log RR has 1/a - 1/n + 1/c - 1/m as its variance, log OR 1/a + 1/b + 1/c + 1/d, and the
    difference ab/n³ + cd/m³ (J. L. Fleiss, The statistical basis of meta-analysis, Stat. Methods
    Med. Res. 2 (1993) 121-145). ``continuity`` is added to each of the four cells, of a study with
    a cell of zero only, and only if asked for. Raises ``NotEstimable`` where a cell of zero leaves
    no estimate, ``ValueError`` for a measure that people do not give.
    """
    if measure not in COUNTED:
        raise ValueError(f"people of two arms give {', '.join(COUNTED)}, not '{measure}'")
    a, b, c, d = _cells(arms, measure, continuity)
    n, m = a + b, c + d
    if measure == RISK_DIFFERENCE:
        value, variance = a / n - c / m, a * b / n**3 + c * d / m**3
    elif measure == RISK_RATIO:
        value, variance = math.log(a / n) - math.log(c / m), 1 / a - 1 / n + 1 / c - 1 / m
    else:
        value, variance = math.log(a / b) - math.log(c / d), 1 / a + 1 / b + 1 / c + 1 / d
    return Estimate(arms.label, value, math.sqrt(variance), arms.people + arms.comparator_people)


def _cells(arms: TwoArms, measure: str, continuity: float) -> tuple[float, float, float, float]:
    """People with and without the outcome in both arms, or why they give no effect."""
    if not (arms.people and arms.comparator_people):
        raise NotEstimable(f"{arms.label} counted nobody in one of its arms.")
    a, c = float(arms.events), float(arms.comparator_events)
    b, d = arms.people - a, arms.comparator_people - c
    if measure in RATIOS and (a == c == 0 or b == d == 0):
        who = "Nobody" if a == 0 else "Everybody"
        raise NotEstimable(
            f"{who} in either arm of {arms.label} had the outcome, which says nothing of a ratio."
        )
    if continuity and not all((a, b, c, d)):
        return a + continuity, b + continuity, c + continuity, d + continuity
    if measure == RISK_DIFFERENCE and a * b == c * d == 0:
        raise NotEstimable(
            f"Each arm of {arms.label} is at 0 % or 100 %, so that its difference has no standard "
            "error."
        )
    if measure in RATIOS and not all((a, c) if measure == RISK_RATIO else (a, b, c, d)):
        raise NotEstimable(
            f"A cell of {arms.label} is zero, and its ratio has no logarithm; nothing is added to "
            "it unasked. Models of rare events take it as it is."
        )
    return a, b, c, d


def estimate_from_interval(
    label: str,
    value: float,
    lower: float,
    upper: float,
    level: float = 95.0,
    measure: str = HAZARD_RATIO,
    people: int | None = None,
) -> Estimate:
    """The effect that a report prints, with the standard error that its interval implies.

    ``(upper - lower) / 2z``, on the logarithmic scale for a ratio, where z belongs to the level of
    the interval as printed, which is 97.5 % after an interim look (M. K. B. Parmar, V. Torri and
    L. Stewart, Stat. Med. 17 (1998) 2815-2834; J. F. Tierney et al., Trials 8 (2007) 16). Raises
    ``NotEstimable`` for limits that hold no such interval, ``ValueError`` for an unknown measure
    or no level.
    """
    check_level(level)
    if measure not in MEASURES:
        raise ValueError(f"'{measure}' is no measure; {', '.join(MEASURES)} are")
    numbers = (value, lower, upper)
    if not all(math.isfinite(number) for number in numbers):
        raise NotEstimable(f"A limit of {label} is not a number, so it has no standard error.")
    if measure in RATIOS:
        if min(numbers) <= 0:
            raise NotEstimable(f"A ratio is above zero, and {label} prints {min(numbers):g}.")
        numbers = (math.log(value), math.log(lower), math.log(upper))
    middle, low, high = numbers
    if not low <= middle <= high or low == high:
        raise NotEstimable(f"{value:g} is not within {lower:g} to {upper:g}, as {label} prints it.")
    z = NormalDist().inv_cdf((1 + level / 100) / 2)
    return Estimate(label, middle, (high - low) / (2 * z), people)
