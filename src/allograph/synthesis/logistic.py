"""Shares of people by a logistic model, with a spread between studies or without one.

``GLMM`` is the binomial-normal model of T. H. Hamza, H. C. van Houwelingen and T. Stijnen, J. Clin.
Epidemiol. 61 (2008) 41-51, and T. Stijnen, T. H. Hamza and P. Ozdemir, Stat. Med. 29 (2010)
3046-3067, which L. Lin and H. Chu, Epidemiology 31 (2020) 713-717, find less biased than models of
transformed shares; ``LOGIT_FIXED`` is the same without a spread. Both take the people as they are.
"""

from __future__ import annotations

import math
from dataclasses import replace

from scipy.special import expit, xlogy

from allograph.synthesis.counts import Counts
from allograph.synthesis.glmm import MOST_STEPS, fit
from allograph.synthesis.inverse import random_effects, reml
from allograph.synthesis.likelihood import Likelihood
from allograph.synthesis.pooled import GLMM, LOGIT_FIXED, LOGIT_REML, Synthesis, unpooled
from allograph.synthesis.profile import tau_limits
from allograph.synthesis.quantiles import z_of
from allograph.synthesis.results import Mean, of_common_effect, of_varying_effects, read, tested

NO_CONVERGENCE = (
    "The likelihood has no summit that is sure, as where nearly every study is at 0 % or 100 %, so "
    "the model gives nothing; the range and the exact share of all people stand instead."
)

NO_UPPER = "The studies are too few, or too small, to set a limit to the spread between them."


def pool_random(counts: Counts, level: float, most_steps: int = MOST_STEPS) -> Synthesis:
    """Pool by maximum likelihood of the model with a spread between studies.

    The limits are Wald's on the logit scale. Q is the likelihood ratio of a share for each study
    against one for all, I² that of the logits with the ``tau2`` of this model (as in metafor). A
    model without a sum of squares has no weights of its own: ``weights`` are what each study adds
    to the information about the mean logit, at this ``tau2``.
    """
    likelihood = Likelihood(counts)
    fitted = fit(counts, likelihood, most_steps)
    if fitted is None:
        return unpooled(GLMM, level, len(counts), counts.total, NO_CONVERGENCE)
    mean = Mean(fitted.mu, fitted.error, z_of(level), fitted.information)
    synthesis = read(GLMM, level, counts.total, mean, _share)
    typical = counts.logits().typical_variance
    synthesis = of_varying_effects(synthesis, mean, fitted.tau**2, typical, _share)
    synthesis = tested(synthesis, _likelihood_ratio(counts), len(counts) - 1)
    lower, upper = tau_limits(likelihood, fitted, level)
    synthesis = replace(synthesis, tau2_lower=lower**2)
    if upper is None:
        return synthesis.lacking(NO_UPPER, "tau2_upper")
    return replace(synthesis, tau2_upper=upper**2)


def pool_common(counts: Counts, level: float) -> Synthesis:
    """Pool by maximum likelihood of one share that all studies have: that of all people.

    The limits are Wald's on the logit scale, with 1/events + 1/others as its variance; a study
    weighs as its people.
    """
    events = float(counts.events.sum())
    others = counts.total - events
    mean = Mean(
        math.log(events / others), math.sqrt(1 / events + 1 / others), z_of(level), counts.people
    )
    synthesis = read(LOGIT_FIXED, level, counts.total, mean, _share)
    return of_common_effect(synthesis, _likelihood_ratio(counts), len(counts) - 1)


def pool_logits(counts: Counts, level: float) -> Synthesis:
    """Pool the logits of the studies by inverse variance, with ``tau2`` by REML and Wald's limits.

    A half is added to both cells of a study at 0 % or 100 %, and the result says so.
    """
    logits = counts.logits()
    synthesis = random_effects(logits, LOGIT_REML, reml(logits), level, counts.total, _share)
    extreme = [label for label, is_so in zip(counts.labels, counts.extremes, strict=True) if is_so]
    if not extreme:
        return synthesis
    return synthesis.saying(
        f"A half was added to both numbers of {', '.join(extreme)}, at 0 % or 100 %."
    )


def _share(logit: float) -> float:
    return float(expit(logit))


def _likelihood_ratio(counts: Counts) -> float:
    """Twice the log-likelihood of a share for each study over that of one share for all."""
    events, others = counts.events, counts.people - counts.events
    share = events.sum() / counts.people.sum()
    apart = xlogy(events, events / counts.people) + xlogy(others, others / counts.people)
    together = xlogy(events, share) + xlogy(others, 1 - share)
    return max(0.0, 2 * float((apart - together).sum()))
