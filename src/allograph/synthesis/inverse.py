"""Effects of studies by inverse variance: one common effect, or effects that vary between studies.

The random effects are those of R. DerSimonian and N. Laird, Control. Clin. Trials 7 (1986) 177-188:
effects y with known variances v differ by chance and by ``tau2``, so that each weighs 1/(v + tau2).
``tau2`` is estimated by restricted maximum likelihood (W. Viechtbauer, J. Educ. Behav. Stat. 30
(2005) 261-293), its interval by the Q-profile (W. Viechtbauer, Stat. Med. 26 (2007) 37-52).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from allograph.synthesis.pooled import (
    FIXED,
    INVERSE_VARIANCE,
    ONE_STUDY,
    REML_HKSJ,
    Synthesis,
    check_level,
    unpooled,
)
from allograph.synthesis.quantiles import chi2_limits, t_of, z_of
from allograph.synthesis.results import (
    Back,
    Mean,
    Numbers,
    of_common_effect,
    of_varying_effects,
    read,
    tested,
)
from allograph.synthesis.values import Estimate

GRID = 80
"""Where the likelihood of ``tau2`` is looked at before its summit is sought between neighbours."""
HALVINGS = 100
MOST_STEPS = 200
TOLERANCE = 1e-14
"""Relative to a ``tau2``: how little a step may move it to have found it."""
TOO_ALIKE = "The studies differ less than chance would have them: no tau² gives so small a Q."
SAME = (
    "The effects of the studies are the same to the last digit, from which the method of "
    "Hartung-Knapp-Sidik-Jonkman gives no interval."
)
NO_WIDTH = 1e-9
"""Of Wald's standard error: what is left of an error of effects that are all the same."""


@dataclass(frozen=True)
class Effects:
    """Values and variances of studies, on the scale of the model; two studies at least."""

    values: Numbers
    variances: Numbers

    def weights(self, tau2: float) -> Numbers:
        """What each study weighs, unscaled."""
        return 1 / (self.variances + tau2)

    def mean(self, weights: Numbers) -> float:
        """The weighted mean of the effects."""
        return float(weights @ self.values / weights.sum())

    def q(self, tau2: float) -> tuple[float, float]:
        """Cochran's Q, generalised to weights 1/(v + tau2), and its slope in ``tau2``.

        It falls, and ever slower: (y - mu)²/(v + tau2) is convex in mu and tau2 together, and stays
        so when the best mu is taken.
        """
        weights = self.weights(tau2)
        scaled = weights * (self.values - self.mean(weights)) ** 2
        return float(scaled.sum()), -float(weights @ scaled)

    @property
    def degrees(self) -> int:
        """One less than the studies."""
        return len(self.values) - 1

    @property
    def typical_variance(self) -> float:
        """``s²`` of J. P. T. Higgins and S. G. Thompson, Stat. Med. 21 (2002) 1539-1558."""
        weights = self.weights(0)
        return float(self.degrees / (weights.sum() - (weights @ weights) / weights.sum()))


def pool(estimates: Sequence[Estimate], model: str, level: float, back: Back = float) -> Synthesis:
    """Pool estimates by one of the models ``INVERSE_VARIANCE``; ``back`` takes limits back.

    With fewer than two studies nothing is pooled. Raises ``ValueError`` for another model, or no
    level.
    """
    check_level(level)
    if model not in INVERSE_VARIANCE:
        raise ValueError(f"'{model}' does not pool effects; {', '.join(INVERSE_VARIANCE)} do")
    people = _people(estimates)
    if len(estimates) < 2:
        reason = ONE_STUDY if estimates else "No study gives an effect with a standard error."
        return unpooled(model, level, len(estimates), people, reason)
    effects = Effects(
        np.array([estimate.value for estimate in estimates]),
        np.array([estimate.standard_error**2 for estimate in estimates]),
    )
    if model == FIXED:
        return _common(effects, level, people, back)
    return random_effects(effects, model, reml(effects), level, people, back)


def random_effects(
    effects: Effects, model: str, tau2: float, level: float, people: int | None, back: Back
) -> Synthesis:
    """The mean of effects that vary by ``tau2``, with the interval that its model has.

    ``REML_HKSJ`` has the interval of J. Hartung and G. Knapp, Stat. Med. 20 (2001) 3875-3889, and
    K. Sidik and J. N. Jonkman, Stat. Med. 21 (2002) 3153-3159: from the weighted spread of the
    effects themselves, and Student's t with k - 1 degrees of freedom; the others have Wald's.
    """
    weights = effects.weights(tau2)
    wald = Mean(effects.mean(weights), float(weights.sum() ** -0.5), z_of(level), weights)
    mean = wald
    if model == REML_HKSJ:
        error = wald.error * math.sqrt(effects.q(tau2)[0] / effects.degrees)
        mean = replace(wald, error=error, reach=t_of(level, effects.degrees))
    synthesis = read(model, level, people, mean, back)
    synthesis = of_varying_effects(synthesis, mean, tau2, effects.typical_variance, back)
    synthesis = tested(synthesis, effects.q(0)[0], effects.degrees)
    interval = q_profile(effects, level)
    if interval is None:
        synthesis = synthesis.lacking(TOO_ALIKE, "tau2_lower", "tau2_upper")
    else:
        synthesis = replace(synthesis, tau2_lower=interval[0], tau2_upper=interval[1])
    return _told(synthesis, mean, wald, back) if model == REML_HKSJ else synthesis


def reml(effects: Effects) -> float:
    """The ``tau2`` of the largest restricted likelihood, zero included.

    The likelihood can have more than one summit, so it is looked at on a grid first; the summit
    next to the best point is where the score changes its sign.
    """
    top = 4 * float(np.ptp(effects.values)) ** 2
    if not top:
        return 0.0
    grid = np.concatenate(([0.0], np.geomspace(top * 1e-9, top, GRID)))
    best = int(np.argmax(_log_likelihood(effects, grid)))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, GRID)]
    if best == 0 and _score(effects, 0.0) <= 0:
        return 0.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if _score(effects, middle) > 0 else (low, middle)
    return float((low + high) / 2)


def der_simonian_laird(effects: Effects) -> float:
    """The ``tau2`` of DerSimonian and Laird (1986, formula 8), from the moment of Q."""
    weights = effects.weights(0)
    spread = weights.sum() - (weights @ weights) / weights.sum()
    return max(0.0, float((effects.q(0)[0] - effects.degrees) / spread))


def q_profile(effects: Effects, level: float) -> tuple[float, float] | None:
    """The values of ``tau2`` under which Q is no surprise; ``None`` if there are none."""
    least, most = chi2_limits(level, effects.degrees)
    if effects.q(0)[0] < least:
        return None
    return _tau2_with(effects, most), _tau2_with(effects, least)


def _tau2_with(effects: Effects, q: float) -> float:
    """The ``tau2`` with this Q, or 0: Newton's steps from 0 never pass it, for Q is convex."""
    tau2 = 0.0
    for _ in range(MOST_STEPS):
        value, slope = effects.q(tau2)
        step = (q - value) / slope if value > q else 0.0
        if step <= TOLERANCE * tau2:
            break
        tau2 += step
    return tau2


def _log_likelihood(effects: Effects, tau2: Numbers) -> Numbers:
    """Restricted, at many ``tau2`` at once, but for a constant (Viechtbauer 2005, formula 7)."""
    weights = 1 / (effects.variances + tau2[:, None])
    total = weights.sum(axis=1)
    means = weights @ effects.values / total
    q = (weights * (effects.values - means[:, None]) ** 2).sum(axis=1)
    likelihood: Numbers = (np.log(weights).sum(axis=1) - np.log(total) - q) / 2
    return likelihood


def _score(effects: Effects, tau2: float) -> float:
    """Twice the slope of the restricted likelihood in ``tau2``."""
    weights = effects.weights(tau2)
    return float(-effects.q(tau2)[1] - weights.sum() + (weights @ weights) / weights.sum())


def _common(effects: Effects, level: float, people: int | None, back: Back) -> Synthesis:
    """One effect that all studies have: weights 1/v, and Wald's interval."""
    weights = effects.weights(0)
    mean = Mean(effects.mean(weights), float(weights.sum() ** -0.5), z_of(level), weights)
    synthesis = read(FIXED, level, people, mean, back)
    return of_common_effect(synthesis, effects.q(0)[0], effects.degrees)


def _told(synthesis: Synthesis, mean: Mean, wald: Mean, back: Back) -> Synthesis:
    """With what a reader of the interval of Hartung-Knapp-Sidik-Jonkman must know.

    It may be too narrow where the studies agree by luck (C. Röver, G. Knapp and T. Friede, BMC
    Med. Res. Methodol. 15 (2015) 99), so that Wald's is said beside it.
    """
    low, high = (f"{limit:.3g}" for limit in wald.limits(back))
    if mean.error <= NO_WIDTH * wald.error:
        reason = f"{SAME} Wald's of the same model is {low} to {high}."
        without = ("standard_error", "lower", "upper", "prediction_lower", "prediction_upper")
        return synthesis.lacking(reason, *without)
    if mean.error * mean.reach < wald.error * wald.reach:
        synthesis = synthesis.saying(
            "The studies differ so little that the interval of Hartung-Knapp-Sidik-Jonkman is "
            f"narrower than Wald's of the same model, {low} to {high}; the wider one is the safer."
        )
    if synthesis.studies == 2:
        synthesis = synthesis.saying(
            "Two studies leave one degree of freedom, so the intervals are very wide."
        )
    return synthesis


def _people(estimates: Sequence[Estimate]) -> int | None:
    people = [estimate.people for estimate in estimates if estimate.people is not None]
    return sum(people) if len(people) == len(estimates) else None
