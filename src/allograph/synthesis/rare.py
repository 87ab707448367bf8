"""Rare events: the people of two arms as they are, zeros included, with one common effect.

The ratios and the difference of N. Mantel and W. Haenszel, J. Natl. Cancer Inst. 22 (1959) 719-748,
and the one-step odds ratio of S. Yusuf, R. Peto et al., Prog. Cardiovasc. Dis. 27 (1985) 335-371.
Nothing is added to any cell. A study in which nobody, or everybody, had the outcome says nothing of
a ratio, and is not counted among the studies of one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from allograph.synthesis.estimates import effect_of
from allograph.synthesis.pooled import MANTEL_HAENSZEL, ONE_STUDY, PETO, Synthesis, unpooled
from allograph.synthesis.quantiles import z_of
from allograph.synthesis.refusals import NotEstimable
from allograph.synthesis.results import (
    COMMON,
    Back,
    Mean,
    Numbers,
    of_common_effect,
    ratio_of,
    read,
)
from allograph.synthesis.values import (
    ODDS_RATIO,
    RATIOS,
    RISK_DIFFERENCE,
    RISK_RATIO,
    Estimate,
    TwoArms,
)

PETO_IS_FOR = (
    "Peto's odds ratio is for rare events, arms of about the same size and effects that are not "
    "large; elsewhere it is biased."
)
NO_Q = "Fewer than two studies give an effect of their own without a cell of zero."


class Tables:
    """The cells of each study: a, b people with and without the outcome in its arm, c, d beside."""

    def __init__(self, arms: Sequence[TwoArms]) -> None:
        columns = np.array([(*one, *other) for one, other in (study.arms for study in arms)])
        self.a, self.n, self.c, self.m = columns.astype(float).T
        self.b, self.d = self.n - self.a, self.m - self.c
        self.all = self.n + self.m


Common = tuple[float, float, Numbers]
"""The effect on the scale of its model, its variance, and the weights, unscaled."""


def mantel_haenszel(arms: Sequence[TwoArms], measure: str, level: float) -> Synthesis:
    """Pool by Mantel and Haenszel; the level is valid and the measure one that people give.

    Q is of the studies with an effect of their own, around the common one. The weights are those
    of Mantel and Haenszel: a study without events in the comparator has none for the risk ratio,
    though its events are counted.
    """
    used, remarks = _used(arms, measure)
    people = _people(used)
    reason = _reason(used)
    if reason:
        return unpooled(MANTEL_HAENSZEL, level, len(used), people, reason).saying(*remarks)
    try:
        mean, variance, weights = COMMON_EFFECTS[measure](Tables(used))
    except NotEstimable as why:
        return unpooled(MANTEL_HAENSZEL, level, len(used), people, str(why)).saying(*remarks)
    pooled = Mean(mean, math.sqrt(variance), z_of(level), weights)
    back: Back = ratio_of if measure in RATIOS else float
    synthesis = read(MANTEL_HAENSZEL, level, people, pooled, back)
    q, degrees = _q(used, measure, mean)
    if degrees > 0:
        synthesis = of_common_effect(synthesis, q, degrees)
    else:
        synthesis = replace(synthesis, reasons=COMMON).lacking(NO_Q, "q", "q_p", "i2")
    return _in_order(synthesis, arms, used).saying(*remarks)


def peto(arms: Sequence[TwoArms], level: float) -> Synthesis:
    """Pool odds ratios by Peto's one step: sum(observed - expected) / sum(variance), as log OR.

    The variances are hypergeometric; Q is of the same sums.
    """
    used, remarks = _used(arms, ODDS_RATIO)
    people = _people(used)
    reason = _reason(used)
    if reason:
        return unpooled(PETO, level, len(used), people, reason).saying(*remarks)
    cells = Tables(used)
    with_it, without = cells.a + cells.c, cells.b + cells.d
    beyond = cells.a - with_it * cells.n / cells.all
    variances = with_it * without * cells.n * cells.m / (cells.all**2 * (cells.all - 1))
    mean = float(beyond.sum() / variances.sum())
    q = float((beyond**2 / variances).sum() - beyond.sum() ** 2 / variances.sum())
    pooled = Mean(mean, float(variances.sum() ** -0.5), z_of(level), variances)
    synthesis = read(PETO, level, people, pooled, ratio_of)
    synthesis = of_common_effect(synthesis, max(0.0, q), len(used) - 1)
    return _in_order(synthesis, arms, used).saying(*remarks, PETO_IS_FOR)


def _risk_ratio(cells: Tables) -> Common:
    """S. Greenland and J. M. Robins, Biometrics 41 (1985) 55-68, for the variance."""
    arm, comparator = cells.a * cells.m / cells.all, cells.c * cells.n / cells.all
    _refuse_one_sided(arm, comparator)
    parts = cells.n * cells.m * (cells.a + cells.c) / cells.all**2 - cells.a * cells.c / cells.all
    ratio = arm.sum() / comparator.sum()
    return math.log(ratio), float(parts.sum() / (arm.sum() * comparator.sum())), comparator


def _odds_ratio(cells: Tables) -> Common:
    """J. M. Robins, N. Breslow and S. Greenland, Biometrics 42 (1986) 311-323, for the variance."""
    arm, comparator = cells.a * cells.d / cells.all, cells.b * cells.c / cells.all
    _refuse_one_sided(arm, comparator)
    along, across = (cells.a + cells.d) / cells.all, (cells.b + cells.c) / cells.all
    r, s = arm.sum(), comparator.sum()
    variance = (
        (along @ arm) / r**2
        + (along @ comparator + across @ arm) / (r * s)
        + (across @ comparator) / s**2
    ) / 2
    return math.log(r / s), float(variance), comparator


def _risk_difference(cells: Tables) -> Common:
    """T. Sato, S. Greenland and J. Robins, Biometrics 45 (1989) 1323-1324, for the variance."""
    a, c, n, m, everyone = cells.a, cells.c, cells.n, cells.m, cells.all
    weights = n * m / everyone
    mean = float((a * m / everyone - c * n / everyone).sum() / weights.sum())
    one = c * (n / everyone) ** 2 - a * (m / everyone) ** 2 + n * m * (m - n) / everyone**2 / 2
    other = (a * (m - c) + c * (n - a)) / everyone / 2
    variance = float((mean * one.sum() + other.sum()) / weights.sum() ** 2)
    if variance <= 0:
        raise NotEstimable("Every arm is at 0 % or 100 %, so the difference has no standard error.")
    return mean, variance, weights


COMMON_EFFECTS: dict[str, Callable[[Tables], Common]] = {
    RISK_RATIO: _risk_ratio,
    ODDS_RATIO: _odds_ratio,
    RISK_DIFFERENCE: _risk_difference,
}


def _refuse_one_sided(arm: Numbers, comparator: Numbers) -> None:
    if not (arm.sum() and comparator.sum()):
        raise NotEstimable(
            "One side of all studies together has a cell of zero, so the ratio has no logarithm; "
            "nothing is added to it unasked."
        )


def _used(arms: Sequence[TwoArms], measure: str) -> tuple[list[TwoArms], tuple[str, ...]]:
    """The studies that say something of the measure, and why the others do not."""
    used, remarks = [], []
    for study in arms:
        events, people = study.events + study.comparator_events, sum(n for _, n in study.arms)
        if not (study.people and study.comparator_people):
            remarks.append(f"{study.label} counted nobody in one of its arms, and adds nothing.")
        elif measure in RATIOS and events in (0, people):
            who = "Everybody" if events else "Nobody"
            remarks.append(
                f"{who} in either arm of {study.label} had the outcome, which says nothing of a "
                "ratio."
            )
        else:
            used.append(study)
    return used, tuple(remarks)


def _reason(used: Sequence[TwoArms]) -> str | None:
    """Why these studies are not pooled by any of the models."""
    if not used:
        return "No study says anything of this measure."
    if len(used) == 1:
        return ONE_STUDY
    if not any(events for study in used for events, _ in study.arms):
        return "Nobody in any study had the outcome, and no model tells the arms apart by that."
    return None


def _q(used: Sequence[TwoArms], measure: str, mean: float) -> tuple[float, int]:
    """Cochran's Q of the studies with an effect of their own around ``mean``, and its degrees."""
    effects: list[Estimate] = []
    for study in used:
        try:
            effects.append(effect_of(study, measure))
        except NotEstimable:
            continue
    q = sum(((effect.value - mean) / effect.standard_error) ** 2 for effect in effects)
    return q, len(effects) - 1


def _in_order(synthesis: Synthesis, arms: Sequence[TwoArms], used: Sequence[TwoArms]) -> Synthesis:
    """With a weight for every study that was given: 0 for one that adds nothing."""
    by_study = {id(study): weight for study, weight in zip(used, synthesis.weights, strict=True)}
    return replace(synthesis, weights=tuple(by_study.get(id(study), 0.0) for study in arms))


def _people(used: Sequence[TwoArms]) -> int:
    return sum(people for study in used for _, people in study.arms)
