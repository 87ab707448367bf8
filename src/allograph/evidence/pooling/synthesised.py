"""Figures that may be pooled, pooled: by which models, and what stands beside the number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from allograph.evidence import Evidence, grouped
from allograph.evidence.pooling.answers import COMPARISON, MEDIAN, SHARE, Crude, Row
from allograph.evidence.pooling.candidate import LeftOut
from allograph.evidence.pooling.effect import FROM_PEOPLE, SUBDISTRIBUTION, Effect
from allograph.evidence.pooling.median import MedianTime
from allograph.evidence.pooling.rows import row_of_effect, row_of_median, row_of_shares
from allograph.evidence.pooling.share import Share
from allograph.synthesis.effects import (
    HAZARD_RATIO,
    ODDS_RATIO,
    RISK_RATIO,
    pool_effects,
    pool_rare,
)
from allograph.synthesis.medians import pool_medians
from allograph.synthesis.pooled import (
    FIXED,
    FREEMAN_TUKEY,
    GLMM,
    LOGIT_FIXED,
    LOGIT_REML,
    MANTEL_HAENSZEL,
    PETO,
    REML,
    REML_HKSJ,
    Synthesis,
)
from allograph.synthesis.shares import SENSITIVITY, Counted, crude, pool_shares, spread

MODELS_OF: Mapping[str, tuple[str, ...]] = {
    SHARE: (GLMM, LOGIT_FIXED, LOGIT_REML, FREEMAN_TUKEY),
    COMPARISON: (REML_HKSJ, REML, FIXED, MANTEL_HAENSZEL, PETO),
    MEDIAN: (REML_HKSJ, REML, FIXED),
}
"""The models of each sort of pool; the first is taken if none is asked for."""
OF_COUNTS: Mapping[str, str] = {MANTEL_HAENSZEL: RISK_RATIO, PETO: ODDS_RATIO}
"""Models of the people of both arms, zeros included, and their measure if none is asked for."""
RARE = (
    "An arm has nobody with the outcome, so the people are pooled as they are (Mantel-Haenszel):"
    " a ratio of zero has no logarithm, and nothing is added to it unasked."
)


def models_of(kind: str, measure: str | None) -> tuple[str, ...]:
    """The models of a sort of pool, and of a measure; the first is taken if none is asked for."""
    models = MODELS_OF[kind]
    if measure not in (None, ODDS_RATIO):
        models = tuple(model for model in models if model != PETO)
    if measure not in (None, *FROM_PEOPLE):
        models = tuple(model for model in models if model not in OF_COUNTS)
    return models


@dataclass(frozen=True)
class Synthesised:
    """The rows of a pool in the order of its weights, and what was computed of them."""

    rows: tuple[Row, ...]
    synthesis: Synthesis
    sensitivity: tuple[Synthesis, ...] = ()
    crude: Crude | None = None
    with_most: Synthesis | None = None
    remarks: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def shares_pooled(
    evidence: Evidence, shares: Sequence[Share], model: str | None, level: float
) -> Synthesised:
    """Shares, one for each study: arms that are apart are added up first."""
    by_study = grouped(shares, lambda share: share.result.study or "").values()
    rows = [row_of_shares(evidence, of_study, level) for of_study in by_study]
    counted = [Counted(row.label, row.events or 0, row.people or 0) for row in rows]
    synthesis = pool_shares(counted, model or GLMM, level)
    share, lower, upper = crude(counted, level)
    total, people = sum(one.events for one in counted), sum(one.people for one in counted)
    most = [
        replace(one, events=row.events_at_most or one.events)
        for one, row in zip(counted, rows, strict=True)
    ]
    is_open = most != counted
    remarks = [
        f"{row.label} leaves open whether {row.events} or {row.events_at_most} of {row.people} had"
        " the outcome: pooled with both."
        for row in rows
        if row.events_at_most
    ]
    return Synthesised(
        _weighed(rows, synthesis),
        synthesis,
        _beside(counted, synthesis) if len(counted) > 1 else (),
        Crude(total, people, share, lower, upper, *spread(counted)),
        pool_shares(most, model or GLMM, level) if is_open else None,
        tuple(remarks),
    )


def _beside(counted: Sequence[Counted], synthesis: Synthesis) -> tuple[Synthesis, ...]:
    """The same by each model that stands beside it; what is known is not computed again."""
    return tuple(
        synthesis if model == synthesis.model else pool_shares(counted, model, synthesis.level)
        for model in SENSITIVITY
    )


def effects_pooled(
    evidence: Evidence, effects: Sequence[Effect], model: str | None, level: float
) -> Synthesised:
    """Effects by one measure; people of both arms where one of them is at zero."""
    measure = effects[0].measure
    have_arms = all(effect.arms for effect in effects)
    has_zero = any(effect.estimate is None for effect in effects)
    is_rare = model in OF_COUNTS or (model is None and has_zero and have_arms)
    if is_rare:
        taken = [effect for effect in effects if effect.arms]
        why = "the people of its arms are not printed"
        chosen = model or MANTEL_HAENSZEL
    else:
        taken = [effect for effect in effects if effect.estimate]
        why = ""
        chosen = model or REML_HKSJ
    left_out = [
        LeftOut(effect.result, why or effect.no_estimate or "")
        for effect in effects
        if effect not in taken
    ]
    synthesis = _by(taken, measure, chosen, level)
    rows = [row_of_effect(evidence, effect, level) for effect in taken]
    others = models_of(COMPARISON, measure)
    if not have_arms:
        others = tuple(one for one in others if one not in OF_COUNTS)
    if any(effect.estimate is None for effect in taken):
        others = tuple(one for one in others if one in OF_COUNTS)
    return Synthesised(
        _weighed(rows, synthesis),
        synthesis,
        tuple(_by(taken, measure, one, level) for one in others) if len(taken) > 1 else (),
        remarks=(RARE,) if is_rare and model is None else (),
        left_out=tuple(left_out),
    )


def _by(effects: Sequence[Effect], measure: str, model: str, level: float) -> Synthesis:
    """Effects by one model."""
    scale = HAZARD_RATIO if measure == SUBDISTRIBUTION else measure
    if model in OF_COUNTS:
        arms = [effect.arms for effect in effects if effect.arms]
        return pool_rare(arms, scale, model, level)
    estimates = [effect.estimate for effect in effects if effect.estimate]
    return pool_effects(estimates, scale, model, level)


def medians_pooled(
    evidence: Evidence, medians: Sequence[MedianTime], model: str | None, level: float
) -> Synthesised:
    """Median times; one that is not reached keeps the others from being pooled."""
    given = [one.median for one in medians]
    models = MODELS_OF[MEDIAN]
    synthesis = pool_medians(given, model or REML_HKSJ, level)
    return Synthesised(
        _weighed([row_of_median(evidence, one) for one in medians], synthesis),
        synthesis,
        tuple(pool_medians(given, one, level) for one in models) if len(given) > 1 else (),
    )


def _weighed(rows: Sequence[Row], synthesis: Synthesis) -> tuple[Row, ...]:
    """The rows with their weights, if the model gives any."""
    if len(synthesis.weights) != len(rows):
        return tuple(rows)
    return tuple(
        replace(row, weight=weight) for row, weight in zip(rows, synthesis.weights, strict=True)
    )
