"""Shares of several studies as one: how many of the people had the outcome, by a named model.

The numbers of people are modelled themselves (``logistic``), so that a study at 0 % or 100 % needs
nothing added; the other models stand beside it, for the model moves the answer. With fewer than
three studies the spread between them cannot be told from chance, and nothing is pooled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from allograph.synthesis.intervals import clopper_pearson
from allograph.synthesis.pooled import (
    FREEMAN_TUKEY,
    GLMM,
    LOGIT_FIXED,
    LOGIT_REML,
    Synthesis,
    check_level,
    unpooled,
)
from allograph.synthesis.values import Counted

__all__ = [
    "POOLING_SHARES",
    "SENSITIVITY",
    "Counted",
    "crude",
    "pool_shares",
    "sensitivity",
    "spread",
]

SENSITIVITY = (GLMM, LOGIT_FIXED, LOGIT_REML)
"""The models that stand beside each other, in this order."""
POOLING_SHARES = (*SENSITIVITY, FREEMAN_TUKEY)
"""All models of shares; the last one only where it is asked for by name."""
FEWEST = 3
"""With fewer studies nothing is pooled: one or two say nothing of the spread between studies."""


def pool_shares(studies: Sequence[Counted], model: str = GLMM, level: float = 95.0) -> Synthesis:
    """Pool the shares of studies; all numbers of the result are from 0 to 1.

    ``model`` is one of ``POOLING_SHARES``; ``level`` is the confidence level in percent. Where
    nothing can be pooled the ``estimate`` is ``None`` and its reason a sentence; ``crude`` and
    ``spread`` still say what was counted. Raises ``ValueError`` for another model, or no level.
    """
    check_level(level)
    if model not in POOLING_SHARES:
        raise ValueError(f"'{model}' does not pool shares; {', '.join(POOLING_SHARES)} do")
    counted = [study for study in studies if study.people]
    remarks = [
        f"{study.label} counted nobody, and adds nothing." for study in studies if not study.people
    ]
    reason = _reason(counted)
    if reason:
        people = sum(study.people for study in counted)
        return unpooled(model, level, len(counted), people, reason).saying(*remarks)
    synthesis = _pool(counted, model, level)
    if synthesis.weights:
        given = iter(synthesis.weights)
        weights = tuple(next(given) if study.people else 0.0 for study in studies)
        synthesis = replace(synthesis, weights=weights)
    return synthesis.saying(*remarks)


def sensitivity(studies: Sequence[Counted], level: float = 95.0) -> tuple[Synthesis, ...]:
    """Pool the same studies by each model of ``SENSITIVITY``, in its order."""
    return tuple(pool_shares(studies, model, level) for model in SENSITIVITY)


def crude(studies: Sequence[Counted], level: float = 95.0) -> tuple[float, float, float]:
    """The share of all people as if they were one study, and its exact limits, from 0 to 1.

    The interval is that of Clopper and Pearson; it holds only if the studies do not differ. Raises
    ``ValueError`` if nobody was counted.
    """
    events = sum(study.events for study in studies)
    people = sum(study.people for study in studies)
    lower, upper = clopper_pearson(events, people, level)
    return events / people, lower / 100, upper / 100


def spread(studies: Sequence[Counted]) -> tuple[float, float]:
    """The lowest and the highest share of a study, from 0 to 1.

    Raises ``ValueError`` if nobody was counted.
    """
    shares = [study.share for study in studies if study.people]
    if not shares:
        raise ValueError("no study counted anybody")
    return min(shares), max(shares)


def _pool(counted: Sequence[Counted], model: str, level: float) -> Synthesis:
    """Pool by a model; numpy and scipy come in here, not before they are needed."""
    from allograph.synthesis import arcsine, logistic
    from allograph.synthesis.counts import Counts

    pool = {
        GLMM: logistic.pool_random,
        LOGIT_FIXED: logistic.pool_common,
        LOGIT_REML: logistic.pool_logits,
        FREEMAN_TUKEY: arcsine.pool_arcsines,
    }[model]
    return pool(Counts.of(counted), level)


def _reason(counted: Sequence[Counted]) -> str | None:
    """Why these studies are not pooled by any model."""
    if not counted:
        return "No study counted anybody."
    if len(counted) < FEWEST:
        studies = "One study does" if len(counted) == 1 else "Two studies do"
        return (
            f"{studies} not tell the spread between studies from chance, so nothing is pooled; "
            "the range and the exact share of all people stand instead."
        )
    if not any(study.events for study in counted):
        return (
            "Nobody in any study had the outcome, and no model estimates a share from that; "
            "the exact limit for all people stands instead."
        )
    if all(study.events == study.people for study in counted):
        return (
            "Everybody in every study had the outcome, and no model estimates a share from that; "
            "the exact limit for all people stands instead."
        )
    return None
