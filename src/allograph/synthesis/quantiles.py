"""Quantiles and tails that a pooled number needs, in the words of a confidence level."""

from __future__ import annotations

from scipy.special import chdtrc, chdtri, ndtri, stdtrit


def z_of(level: float) -> float:
    """How many standard errors of the normal distribution hold ``level`` percent, both ways."""
    return float(ndtri((1 + level / 100) / 2))


def t_of(level: float, degrees: int) -> float:
    """The same for Student's t."""
    return float(stdtrit(degrees, (1 + level / 100) / 2))


def chi2_limits(level: float, degrees: int) -> tuple[float, float]:
    """Between which two values chi-squared lies in ``level`` percent, with equal tails."""
    tail = (1 - level / 100) / 2
    return float(chdtri(degrees, 1 - tail)), float(chdtri(degrees, tail))


def chi2_p(q: float, degrees: int) -> float:
    """The probability of a chi-squared as large as ``q``, or larger."""
    return float(chdtrc(degrees, q))
