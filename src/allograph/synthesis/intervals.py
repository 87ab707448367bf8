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

PRECISION = 1e-15
"""Relative to a number: how little it may change to have been found."""
MOST_STEPS = 200
MOST_TERMS = 10_000
"""Some square roots of the number of people are enough."""


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
    tail = _tail(numerator, denominator, level)
    others = denominator - numerator
    lower = 0.0 if numerator == 0 else 100 * _beta_quantile(tail, numerator, others + 1)
    upper = 100.0 if others == 0 else 100 * (1 - _beta_quantile(tail, others, numerator + 1))
    return lower, upper


def _tail(numerator: int, denominator: int, level: float) -> float:
    """Return the probability outside each limit, of numbers that make sense."""
    if denominator < 1 or not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator} of {denominator} is no share of people")
    if not 0 < level < 100:
        raise ValueError(f"a confidence level of {level} percent is not between 0 and 100")
    return (1 - level / 100) / 2


def _beta_quantile(probability: float, a: int, b: int) -> float:
    """Where the distribution function of the beta distribution reaches a probability.

    Newton's method; a step that leaves the bracket halves it instead.
    """
    low, high, x = 0.0, 1.0, a / (a + b)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    for _ in range(MOST_STEPS):
        excess = _beta_probability(x, a, b, log_beta) - probability
        low, high = (low, x) if excess > 0 else (x, high)
        density = math.exp((a - 1) * math.log(x) + (b - 1) * math.log1p(-x) - log_beta)
        step = x - excess / density if density else low
        following = step if low < step < high else (low + high) / 2
        if abs(following - x) <= PRECISION * x:
            return following
        x = following
    return x


def _beta_probability(x: float, a: int, b: int, log_beta: float) -> float:
    """The regularised incomplete beta function by its continued fraction (dlmf.nist.gov/8.17.v).

    The fraction is evaluated by the modified method of Lentz (dlmf.nist.gov/3.10.iii); it converges
    fast below the mean, and beyond it the others are counted.
    """
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_probability(1 - x, b, a, log_beta)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta) / a
    upwards, downwards = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = downwards
    for m in range(1, MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        before = fraction
        for term in (even, odd):
            upwards, downwards = 1 + term / upwards, 1 / (1 + term * downwards)
            fraction *= upwards * downwards
        if abs(fraction - before) <= PRECISION * fraction:
            break
    return front * fraction
