"""The likelihood of a logistic model with a random intercept: its height, slopes and bends.

The logit of a study's share is ``mu + tau * b`` with b normal, and its events are binomial. The
likelihood of a study is an integral over b, which adaptive Gauss-Hermite quadrature takes at seven
points around its summit (Q. Liu and D. A. Pierce, Biometrika 81 (1994) 624-629), as lme4 and
metafor's ``rma.glmm`` do. Its slopes are exact, its bends differences of slopes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.hermite import hermgauss
from scipy.special import expit

from allograph.synthesis.counts import Counts
from allograph.synthesis.results import Numbers

POINTS = 7
FINER = 4
"""So many times as many points are taken for certain."""
DIFFERENCE = 1e-5
"""Between the two slopes whose difference is the bend: its error is below 1e-9 of it."""
MOST_MODE_STEPS = 100
MODE_TOLERANCE = 1e-12


@dataclass(frozen=True)
class Slopes:
    """The log-likelihood at a point, and the slope of each study's part in ``mu`` and ``tau``.

    ``bend`` is the negative second derivative in ``mu``, nearly: that of the integral itself.
    """

    value: float
    by_study: Numbers
    bend: float

    @property
    def total(self) -> Numbers:
        """Of all studies together."""
        slope: Numbers = self.by_study.sum(axis=0)
        return slope


@dataclass(frozen=True)
class _Summit:
    """Where b of each study is most probable, the width there, and their slopes in mu and tau."""

    mode: Numbers
    width: Numbers
    mode_slopes: Numbers
    width_slopes: Numbers


class Likelihood:
    """The log-likelihood of some studies, but for a constant; it counts how often it was asked."""

    def __init__(self, counts: Counts, points: int = POINTS) -> None:
        self._counts = counts
        self._events = counts.events
        self._people = counts.people
        self._nodes, weights = hermgauss(points)
        self._log_weights = np.log(weights) + self._nodes**2
        self.evaluations = 0

    def at(self, mu: float, tau: float) -> Slopes:
        """The value and the slopes at a point; a negative ``tau`` is as good as a positive one."""
        self.evaluations += 1
        x, n = self._events[:, None], self._people[:, None]
        summit = self._summit(mu, tau)
        width = summit.width[:, None]
        b = summit.mode[:, None] + math.sqrt(2) * width * self._nodes
        logit = mu + tau * b
        heights = x * logit - n * np.logaddexp(0, logit) - b**2 / 2 + self._log_weights
        highest = heights.max(axis=1)
        parts = np.exp(heights - highest[:, None])
        sums = parts.sum(axis=1)
        value = np.log(summit.width * sums) + highest - math.log(math.pi) / 2
        parts /= sums[:, None]
        share = expit(logit)
        residual = x - n * share
        means = (parts * residual).sum(axis=1)
        slopes = np.stack((means, (parts * residual * b).sum(axis=1)), -1)
        # The points move with the summit and its width.
        along = parts * (tau * residual - b)
        slopes += along.sum(axis=1)[:, None] * summit.mode_slopes
        slopes += math.sqrt(2) * (along @ self._nodes)[:, None] * summit.width_slopes
        slopes += summit.width_slopes / width
        # What is known of a study's logit, less what its own spread takes of it (T. A. Louis, J. R.
        # Stat. Soc. B 44 (1982) 226-233).
        known = parts * (n * share * (1 - share) - (residual - means[:, None]) ** 2)
        return Slopes(float(value.sum()), slopes, float(known.sum()))

    def bends(self, mu: float, tau: float) -> Numbers:
        """The negative second derivatives of each study: (studies, 2, 2)."""
        columns = []
        for step in (np.array((DIFFERENCE, 0)), np.array((0, DIFFERENCE))):
            ahead = self.at(mu + step[0], tau + step[1]).by_study
            behind = self.at(mu - step[0], tau - step[1]).by_study
            columns.append((behind - ahead) / (2 * DIFFERENCE))
        return np.stack(columns, -1)

    def finer(self) -> Likelihood:
        """The same at more points: it tells how far this one is to be trusted.

        Few points miss a summit that is not like a normal curve, where a study has few people, all
        or none of them with the outcome, and ``tau`` is large.
        """
        return Likelihood(self._counts, FINER * len(self._nodes))

    def _summit(self, mu: float, tau: float) -> _Summit:
        """Of each study, and how it moves: by the implicit derivative of where its slope is 0."""
        mode, share = self._mode(mu, tau)
        variance = self._people * share * (1 - share)
        skew = variance * (1 - 2 * share)
        bend = 1 + tau**2 * variance
        residual = self._events - self._people * share
        slopes = np.stack((-tau * variance, residual - tau * variance * mode), -1)
        mode_slopes = slopes / bend[:, None]
        logit_slopes = np.stack((np.ones_like(mode), mode), -1) + tau * mode_slopes
        bend_slopes = (tau**2 * skew)[:, None] * logit_slopes
        bend_slopes[:, 1] += 2 * tau * variance
        width = bend**-0.5
        return _Summit(mode, width, mode_slopes, -0.5 * (width**3)[:, None] * bend_slopes)

    def _mode(self, mu: float, tau: float) -> tuple[Numbers, Numbers]:
        """Where b of each study is most probable, and its share there.

        The slope falls from end to end of the bracket. It is halved where a step of Newton would
        leave it, or is more than half of the one before: else two steps can go round for ever.
        """
        x, n = self._events, self._people
        low, high = -abs(tau) * n - 1, abs(tau) * n + 1
        b, before = np.zeros_like(x), high - low
        for _ in range(MOST_MODE_STEPS):
            share = expit(mu + tau * b)
            slope = tau * (x - n * share) - b
            low, high = np.where(slope > 0, b, low), np.where(slope > 0, high, b)
            step = slope / (1 + tau**2 * n * share * (1 - share))
            is_found = np.abs(step) <= MODE_TOLERANCE * (1 + np.abs(b))
            leaves = (b + step <= low) | (b + step >= high) | (2 * np.abs(step) > before)
            step = np.where(leaves & ~is_found, (low + high) / 2 - b, step)
            b, before = b + step, np.abs(step)
            if is_found.all():
                break
        return b, expit(mu + tau * b)
