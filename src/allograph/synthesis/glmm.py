"""Where the likelihood of a logistic model with a random intercept is largest.

Newton's steps, damped where they would lead down (D. W. Marquardt, J. Soc. Ind. Appl. Math. 11
(1963) 431-441), find the summit in about ten of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from allograph.synthesis.counts import Counts
from allograph.synthesis.inverse import der_simonian_laird
from allograph.synthesis.likelihood import Likelihood
from allograph.synthesis.results import Numbers

MOST_STEPS = 60
TOLERANCE = 1e-9
"""Of a step in ``mu`` and ``tau``, on the logit scale."""
LONGEST_STEP = 3.0
"""On the logit scale; from far away the bend promises too much."""
NO_TAU = 1e-4
"""Below it the likelihood is that of no spread at all, but for rounding."""
SURE = 0.1
"""Of a standard error: how far the mean may lie from where more points would have it."""
LARGEST_TAU = 30.0
"""Two standard deviations of it span from one in 10^26 to all but one: no spread of shares."""


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


def fit(counts: Counts, likelihood: Likelihood, most_steps: int = MOST_STEPS) -> Fit | None:
    """Fit the model by maximum likelihood; ``None`` if it has no summit that is sure.

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
    variances = np.linalg.inv(bends.sum(axis=0))
    error = math.sqrt(variances[0, 0])
    # With more points the summit would lie a step of Newton away.
    if abs(variances[0] @ likelihood.finer().at(mu, tau).total) > SURE * error:
        return None
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
                step *= min(1.0, LONGEST_STEP / float(np.abs(step).max()))
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
