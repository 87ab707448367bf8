"""The likelihood of a logistic model with a random intercept, and where it is largest.

The logit of a study's share is ``mu + tau * b`` with b normal, and its events are binomial. The
likelihood of a study is an integral over b, which adaptive Gauss-Hermite quadrature takes at seven
points around its summit (Q. Liu and D. A. Pierce, Biometrika 81 (1994) 624-629), as lme4 and
metafor's ``rma.glmm`` do. Its slope is exact, the bend of it a difference of slopes; Newton's
steps, damped where they would lead down (D. W. Marquardt, J. Soc. Ind. Appl. Math. 11 (1963)
431-441), find the summit in about ten of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite import hermgauss
from scipy.special import expit

from allograph.synthesis.counts import Counts
from allograph.synthesis.inverse import der_simonian_laird
from allograph.synthesis.results import Numbers

POINTS = 7
NODES, QUADRATURE = hermgauss(POINTS)
LOG_QUADRATURE = np.log(QUADRATURE) + NODES**2
MOST_STEPS = 60
MOST_MODE_STEPS = 100
MODE_TOLERANCE = 1e-12
TOLERANCE = 1e-9
"""Of a step in ``mu`` and ``tau``, on the logit scale."""
DIFFERENCE = 1e-5
"""Between the two slopes whose difference is the bend: its error is below 1e-9 of it."""
NO_TAU = 1e-4
"""Below it the likelihood is that of no spread at all, but for rounding."""
LARGEST_TAU = 30.0
"""Two standard deviations of it span from one in 10^26 to all but one: no spread of shares."""


@dataclass(frozen=True)
class Slopes:
    """The log-likelihood at a point, and the slope of each study's part in ``mu`` and ``tau``."""

    value: float
    by_study: Numbers

    @property
    def total(self) -> Numbers:
        """Of all studies together."""
        slope: Numbers = self.by_study.sum(axis=0)
        return slope


@dataclass(frozen=True)
class Fit:
    """The summit: ``error`` is the standard error of ``mu``.

    ``information`` is what each study adds to that about ``mu`` at this ``tau``.
    """

    mu: float
    tau: float
    log_likelihood: float
    error: float
    information: Numbers


class Likelihood:
    """The log-likelihood of some studies, but for a constant; it counts how often it was asked."""

    def __init__(self, counts: Counts) -> None:
        self._events = counts.events
        self._people = counts.people
        self.evaluations = 0

    def at(self, mu: float, tau: float) -> Slopes:
        """The value and the slopes at a point; a negative ``tau`` is as good as a positive one."""
        self.evaluations += 1
        x, n = self._events, self._people
        mode, share = self._mode(mu, tau)
        variance = n * share * (1 - share)
        skew = variance * (1 - 2 * share)
        bend = 1 + tau**2 * variance
        width = bend**-0.5
        # How the summit and the width of a study move with mu and with tau.
        mode_slopes = np.stack((-tau * variance, x - n * share - tau * variance * mode), -1)
        mode_slopes /= bend[:, None]
        bend_slopes = (tau**2 * skew)[:, None] * (
            np.stack((np.ones_like(mode), mode), -1) + tau * mode_slopes
        )
        bend_slopes[:, 1] += 2 * tau * variance
        width_slopes = -0.5 * (width**3)[:, None] * bend_slopes
        b = mode[:, None] + math.sqrt(2) * width[:, None] * NODES
        logit = mu + tau * b
        heights = x[:, None] * logit - n[:, None] * np.logaddexp(0, logit) - b**2 / 2
        heights += LOG_QUADRATURE
        highest = heights.max(axis=1)
        parts = np.exp(heights - highest[:, None])
        sums = parts.sum(axis=1)
        value = np.log(width * sums) + highest - math.log(math.pi) / 2
        parts /= sums[:, None]
        residual = x[:, None] - n[:, None] * expit(logit)
        along = parts * (tau * residual - b)
        slopes = np.stack(((parts * residual).sum(1), (parts * residual * b).sum(1)), -1)
        slopes += along.sum(1)[:, None] * mode_slopes
        slopes += math.sqrt(2) * (along @ NODES)[:, None] * width_slopes
        slopes += width_slopes / width[:, None]
        return Slopes(float(value.sum()), slopes)

    def bends(self, mu: float, tau: float) -> Numbers:
        """The negative second derivatives of each study: (studies, 2, 2)."""
        columns = []
        for step in (np.array((DIFFERENCE, 0)), np.array((0, DIFFERENCE))):
            ahead = self.at(mu + step[0], tau + step[1]).by_study
            behind = self.at(mu - step[0], tau - step[1]).by_study
            columns.append((behind - ahead) / (2 * DIFFERENCE))
        return np.stack(columns, -1)

    def in_mu(self, mu: float, tau: float) -> tuple[float, float]:
        """The slope in ``mu`` and its negative bend, which is never below zero."""
        ahead, behind = self.at(mu + DIFFERENCE, tau), self.at(mu - DIFFERENCE, tau)
        high, low = float(ahead.total[0]), float(behind.total[0])
        return (high + low) / 2, (low - high) / (2 * DIFFERENCE)

    def _mode(self, mu: float, tau: float) -> tuple[Numbers, Numbers]:
        """Where b of each study is most probable, and its share there.

        The slope falls from end to end of the bracket; a step of Newton that leaves it halves it.
        """
        x, n = self._events, self._people
        low, high = -abs(tau) * n - 1, abs(tau) * n + 1
        b = np.zeros_like(x)
        share = expit(mu + tau * b)
        for _ in range(MOST_MODE_STEPS):
            slope = tau * (x - n * share) - b
            low, high = np.where(slope > 0, b, low), np.where(slope > 0, high, b)
            ahead = b + slope / (1 + tau**2 * n * share * (1 - share))
            ahead = np.where((ahead < low) | (ahead > high), (low + high) / 2, ahead)
            step, b = np.abs(ahead - b).max(), ahead
            share = expit(mu + tau * b)
            if step < MODE_TOLERANCE * (1 + np.abs(b).max()):
                break
        return b, share


def fit(counts: Counts, likelihood: Likelihood, most_steps: int = MOST_STEPS) -> Fit | None:
    """Fit the model by maximum likelihood; ``None`` if it has no summit that can be found.

    Some study has people with, and some study people without, the outcome.
    """
    common = _without_spread(counts, likelihood)
    start = (common.mu, max(math.sqrt(der_simonian_laird(counts.logits())), 0.2))
    summit = _climb(likelihood, np.array(start), most_steps)
    if summit is None:
        return None
    mu, tau = float(summit[0]), abs(float(summit[1]))
    value = likelihood.at(mu, tau).value
    if tau < NO_TAU or value <= common.log_likelihood:
        return common
    bends = likelihood.bends(mu, tau)
    error = math.sqrt(np.linalg.inv(bends.sum(axis=0))[0, 0])
    return Fit(mu, tau, value, error, bends[:, 0, 0])


def _without_spread(counts: Counts, likelihood: Likelihood) -> Fit:
    """One share that all studies have: the share of all people, in closed form."""
    share = float(counts.events.sum() / counts.people.sum())
    mu = math.log(share) - math.log1p(-share)
    information = counts.people * share * (1 - share)
    error = float(information.sum() ** -0.5)
    return Fit(mu, 0.0, likelihood.at(mu, 0.0).value, error, information)


def _climb(likelihood: Likelihood, point: Numbers, most_steps: int) -> Numbers | None:
    """Newton's steps upwards from a point until they end; ``None`` if they do not."""
    here = likelihood.at(*point)
    damping = 0.0
    for _ in range(most_steps):
        bend = likelihood.bends(*point).sum(axis=0)
        # Marquardt's damping is raised until the step goes uphill.
        for _ in range(MOST_STEPS):
            damped = bend + damping * np.eye(2)
            if np.linalg.eigvalsh(damped)[0] > 0:
                step = np.linalg.solve(damped, here.total)
                there = likelihood.at(*(point + step))
                if there.value >= here.value - 1e-12 * abs(here.value):
                    break
            damping = max(4 * damping, 1e-3 * float(np.abs(bend).max()))
        else:
            return None
        point, here = point + step, there
        damping = damping / 8 if damping > 1e-6 * float(np.abs(bend).max()) else 0.0
        if abs(point[1]) > LARGEST_TAU:
            return None
        if float(np.abs(step).max()) < TOLERANCE and not damping:
            return point
    return None
