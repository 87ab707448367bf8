"""The interval of ``tau2`` in the logistic model, by its profile likelihood.

A ``tau`` is in it if the best likelihood with it is less than half the quantile of chi-squared with
one degree below the summit (D. J. Venzon and S. H. Moolgavkar, J. R. Stat. Soc. C 37 (1988) 87-94),
as lme4's ``confint`` takes it.
"""

from __future__ import annotations

import math

from allograph.synthesis.glmm import LONGEST_STEP, Fit
from allograph.synthesis.likelihood import Likelihood
from allograph.synthesis.quantiles import z_of

MOST_STEPS = 60
CLOSE = 1e-6
"""Of a step in ``mu``: the height at its end differs by the square of it."""
TOLERANCE = 1e-8
"""Of a height above the floor."""
WIDEST = 6.0
"""Of ``tau``: such studies are at one in 10^5, or at all but one, and a limit says no more."""
SURE = 0.1
"""Of a log-likelihood, whose interval of 95 % ends 1.92 below the summit."""


def tau_limits(likelihood: Likelihood, fit: Fit, level: float) -> tuple[float, float | None]:
    """The limits of ``tau``; an upper one of ``None`` is beyond what can be told."""
    floor = fit.log_likelihood - z_of(level) ** 2 / 2
    ridge = _Ridge(likelihood, fit.mu, floor)
    lower = 0.0 if ridge.above(0.0) >= 0 else ridge.crossing(0.0, fit.tau)
    if fit.tau >= WIDEST or ridge.above(WIDEST) > 0:
        return lower, None
    upper = ridge.crossing(WIDEST, fit.tau)
    error = abs(ridge.above(upper) + floor - likelihood.finer().at(ridge.mu, upper).value)
    return lower, upper if error < SURE else None


class _Ridge:
    """The best likelihood for each ``tau``, as its height above a floor."""

    def __init__(self, likelihood: Likelihood, mu: float, floor: float) -> None:
        self._likelihood = likelihood
        self.mu = mu
        self._floor = floor

    def above(self, tau: float) -> float:
        """How far the ridge is above the floor at a ``tau``: Newton's steps in ``mu`` find it.

        A step that passes the ridge leaves it between two points, and is halved from then on.
        """
        low, high = -math.inf, math.inf
        for _ in range(MOST_STEPS):
            here = self._likelihood.at(self.mu, tau)
            slope = float(here.total[0])
            low, high = (self.mu, high) if slope > 0 else (low, self.mu)
            step = LONGEST_STEP
            if abs(slope) < LONGEST_STEP * here.bend:
                step = abs(slope) / here.bend
            ahead = self.mu + math.copysign(step, slope)
            if high - low < 2 * step:
                ahead = (low + high) / 2
            if abs(ahead - self.mu) < CLOSE:
                break
            self.mu = ahead
        return here.value - self._floor

    def crossing(self, below: float, above: float) -> float:
        """Where the ridge crosses the floor between two values of ``tau``.

        By false position in its Illinois form (M. Dowell and P. Jarratt, BIT 11 (1971) 168-174).
        """
        low, high = self.above(below), self.above(above)
        side = 0
        for _ in range(MOST_STEPS):
            tau = (below * high - above * low) / (high - low)
            height = self.above(tau)
            if abs(height) < TOLERANCE or abs(above - below) < CLOSE:
                break
            if height > 0:
                above, high, low, side = tau, height, low / 2 if side > 0 else low, 1
            else:
                below, low, high, side = tau, height, high / 2 if side < 0 else high, -1
        return tau
