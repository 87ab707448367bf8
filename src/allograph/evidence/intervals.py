"""Intervals for a share of people: of a binomial proportion, in percent.

``wilson`` is the score interval of E. B. Wilson, Probable inference, the law of succession, and
statistical inference, J. Am. Stat. Assoc. 22 (1927) 209-212; R. G. Newcombe recommends it, as his
method 3: Two-sided confidence intervals for the single proportion, Stat. Med. 17 (1998) 857-872.
``clopper_pearson`` is the exact interval of C. J. Clopper and E. S. Pearson, Biometrika 26 (1934)
404-413, which is Newcombe's method 5: wider, and never below its nominal coverage.
"""

from __future__ import annotations

import math
from statistics import NormalDist

Interval = tuple[float, float]
"""The lower and the upper limit, in percent."""


def wilson(numerator: int, denominator: int, level: float = 95.0) -> Interval:
    """Return the score interval of ``numerator`` of ``denominator`` people, in percent.

    ``level`` is the confidence level in percent. Raises ``ValueError`` for numbers that are no
    share of people.
    """
    tail = _tail(numerator, denominator, level)
    z = NormalDist().inv_cdf(1 - tail)
    share = numerator / denominator
    scale = 1 + z * z / denominator
    centre = (share + z * z / (2 * denominator)) / scale
    spread = share * (1 - share) / denominator + z * z / (4 * denominator * denominator)
    half = z * math.sqrt(spread) / scale
    # At 0 and at all, the limits are exact; rounding must not move them out of the scale.
    lower = 0.0 if numerator == 0 else 100 * (centre - half)
    upper = 100.0 if numerator == denominator else 100 * (centre + half)
    return lower, upper


def clopper_pearson(numerator: int, denominator: int, level: float = 95.0) -> Interval:
    """Return the exact interval of ``numerator`` of ``denominator`` people, in percent.

    ``level`` is the confidence level in percent. Raises ``ValueError`` for numbers that are no
    share of people.
    """
    from scipy.special import betaincinv  # takes a tenth of a second, which few commands need

    tail = _tail(numerator, denominator, level)
    others = denominator - numerator
    lower = 0.0 if numerator == 0 else 100 * float(betaincinv(numerator, others + 1, tail))
    upper = 100.0 if others == 0 else 100 * float(betaincinv(numerator + 1, others, 1 - tail))
    return lower, upper


def _tail(numerator: int, denominator: int, level: float) -> float:
    """Return the probability outside each limit, of numbers that make sense."""
    if denominator < 1 or not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no share of people")
    if not 0 < level < 100:
        raise ValueError(f"a confidence level of {level} percent is not between 0 and 100")
    return (1 - level / 100) / 2
