"""Pool the studies of a reviewer's sheet: the answer that figures of the graph would have.

The guards of the graph know who was counted twice; a sheet does not say it, and its answer says so.
Two arms with a cell of zero have no ratio unless something is added, which must be asked for.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

from allograph.errors import ParameterError, nearest
from allograph.evidence.pooling.answers import COMPARISON, SHARE, Answer, Crude, Pool, Row, Wish
from allograph.intake.sheets.pooled_rows import MEASURES
from allograph.intake.sheets.pooling import SheetPool, SheetReading, SheetStudy
from allograph.synthesis.effects import (
    COUNTED,
    INVERSE_VARIANCE,
    ODDS_RATIO,
    RATIOS,
    RISK_DIFFERENCE,
    Estimate,
    TwoArms,
    effect_of,
    pool_effects,
    pool_rare,
)
from allograph.synthesis.intervals import clopper_pearson
from allograph.synthesis.pooled import (
    FIXED,
    FREEMAN_TUKEY,
    GLMM,
    MANTEL_HAENSZEL,
    PETO,
    REML_HKSJ,
    Synthesis,
)
from allograph.synthesis.refusals import NotEstimable
from allograph.synthesis.shares import SENSITIVITY, Counted, crude, pool_shares, sensitivity, spread
from allograph.tables.table import Remark

UNGUARDED = "A sheet does not say who was counted twice: nobody has looked for shared people."
STATISTICS = {
    "share": "percentage",
    "rr": "risk-ratio",
    "or": "odds-ratio",
    "rd": "difference-of-shares",
    "hr": "hazard-ratio",
}


@dataclass(frozen=True)
class SheetWish:
    """How to pool a sheet: keys, the level in percent, what to add to cells of zero if asked."""

    measure: str
    model: str | None = None
    level: float = 95.0
    continuity: float = 0.0


@dataclass(frozen=True)
class SheetAnswer:
    """The answer, the rows of the sheet behind each pool, and the cells that it does not use."""

    answer: Answer
    studies: tuple[tuple[SheetStudy, ...], ...]
    """The studies of each pool of the answer, in the order of its rows."""
    refused: tuple[Remark, ...]


def models_of(measure: str) -> tuple[str, ...]:
    """The keys of the models that pool a measure, the usual one first."""
    if measure == "share":
        return (*SENSITIVITY, FREEMAN_TUKEY, *INVERSE_VARIANCE)
    rare = [MANTEL_HAENSZEL] if measure in COUNTED else []
    return (*INVERSE_VARIANCE, *rare, *([PETO] if measure == ODDS_RATIO else []))


def pool_sheet(reading: SheetReading, wish: SheetWish) -> SheetAnswer:
    """Pool each pool of a sheet by itself; the one of most studies comes first.

    Raises:
        ParameterError: for a model that does not pool this measure.

    """
    if wish.model is not None and wish.model not in models_of(wish.measure):
        known = models_of(wish.measure)
        message = f"'{wish.model}' does not pool a {MEASURES[wish.measure]}"
        raise ParameterError(
            "model", f"{message}; {', '.join(known)} do{nearest(wish.model, known)}"
        )
    refused = [*reading.faults, *reading.left_out]
    pooled: list[tuple[Pool, tuple[SheetStudy, ...]]] = []
    for one in reading.pools.values():
        pool, studies, left_out = _pooled(one, wish)
        refused += left_out
        pooled.append((pool, studies))
    pooled.sort(key=lambda item: -len(item[1]))
    answer = Answer(
        Wish("", measure=wish.measure, model=wish.model, level=wish.level),
        reading.table.file_name,
        tuple(pool for pool, _studies in pooled),
        (),
    )
    in_order = sorted(refused, key=lambda remark: remark.row or 0)
    return SheetAnswer(answer, tuple(studies for _pool, studies in pooled), tuple(in_order))


def _pooled(pool: SheetPool, wish: SheetWish) -> tuple[Pool, tuple[SheetStudy, ...], list[Remark]]:
    """One pool, the studies that it takes, and those that it does not."""
    if wish.measure == "share" and any(isinstance(one.numbers, Counted) for one in pool.studies):
        return _shares(pool, wish)
    return _effects(pool, wish)


def _shares(pool: SheetPool, wish: SheetWish) -> tuple[Pool, tuple[SheetStudy, ...], list[Remark]]:
    """Counted people, by the numbers themselves."""
    model = wish.model or GLMM
    if model in INVERSE_VARIANCE:
        message = f"'{model}' pools rates with standard errors, and the sheet counts people"
        raise ParameterError("model", f"{message}; {', '.join((*SENSITIVITY, FREEMAN_TUKEY))} do")
    taken, left_out = [], []
    for study in pool.studies:
        if isinstance(study.numbers, Counted):
            taken.append((study, study.numbers))
        else:
            what = f"'{study.label}' has a rate with a standard error; in others people are counted"
            left_out.append(Remark(what, study.rows[0]))
    counted = [numbers for _study, numbers in taken]
    share, lower, upper = crude(counted, wish.level)
    lowest, highest = spread(counted)
    events, people = (sum(one.events for one in counted), sum(one.people for one in counted))
    rows = [_counted_row(study, one, pool.words, wish.level) for study, one in taken]
    synthesis = pool_shares(counted, model, wish.level)
    found = Pool(
        SHARE,
        pool.words,
        STATISTICS[wish.measure],
        _weighted(rows, synthesis),
        remarks=(UNGUARDED, *synthesis.remarks),
        synthesis=synthesis,
        sensitivity=sensitivity(counted, wish.level),
        crude=Crude(events, people, share, lower, upper, lowest, highest),
        measure=wish.measure,
    )
    return found, tuple(study for study, _one in taken), left_out


def _effects(pool: SheetPool, wish: SheetWish) -> tuple[Pool, tuple[SheetStudy, ...], list[Remark]]:
    """Effects by inverse variance, or the people of two arms as they are."""
    model = wish.model or REML_HKSJ
    if model in SENSITIVITY or model == FREEMAN_TUKEY:
        message = f"'{model}' pools people who were counted, and the sheet has standard errors"
        raise ParameterError("model", f"{message}; {', '.join(INVERSE_VARIANCE)} do")
    is_rare = model not in INVERSE_VARIANCE
    taken: list[tuple[SheetStudy, Estimate | None]] = []
    left_out: list[Remark] = []
    for study in pool.studies:
        try:
            effect = _effect(study, wish)
        except NotEstimable as reason:
            effect = None
            if not is_rare:
                left_out.append(Remark(str(reason), study.rows[0]))
                continue
        if is_rare and not isinstance(study.numbers, TwoArms):
            left_out.append(Remark(f"'{study.label}' counts no people in two arms", study.rows[0]))
            continue
        taken.append((study, effect))
    rows = [_effect_row(study, effect, pool.words, wish) for study, effect in taken]
    synthesis = _synthesis(taken, wish, model)
    found = Pool(
        SHARE if wish.measure == "share" else COMPARISON,
        pool.words,
        STATISTICS[wish.measure],
        _weighted(rows, synthesis),
        remarks=(UNGUARDED, *_added(taken, wish), *synthesis.remarks),
        synthesis=synthesis,
        sensitivity=tuple(_synthesis(taken, wish, key) for key in _beside(taken, wish.measure)),
        measure=wish.measure,
    )
    return found, tuple(study for study, _effect in taken), left_out


Taken = Sequence[tuple[SheetStudy, Estimate | None]]


def _effect(study: SheetStudy, wish: SheetWish) -> Estimate:
    """The effect of a study on the scale of its model; raise ``NotEstimable`` if it has none."""
    if isinstance(study.numbers, TwoArms):
        return effect_of(study.numbers, wish.measure, wish.continuity)
    if isinstance(study.numbers, Estimate):
        return study.numbers
    raise NotEstimable(f"{study.label} counts the people of one arm.")


def _synthesis(taken: Taken, wish: SheetWish, model: str) -> Synthesis:
    if model in INVERSE_VARIANCE:
        # A rate is pooled as a difference is: on the scale on which it is printed.
        measure = RISK_DIFFERENCE if wish.measure == "share" else wish.measure
        estimates = [effect for _study, effect in taken if effect]
        return pool_effects(estimates, measure, model, wish.level)
    arms = [study.numbers for study, _effect in taken if isinstance(study.numbers, TwoArms)]
    return pool_rare(arms, wish.measure, model, wish.level)


def _beside(taken: Taken, measure: str) -> Iterable[str]:
    """The models that stand beside each other, of those that these studies have."""
    yield from (REML_HKSJ, FIXED)
    if measure in COUNTED and all(isinstance(study.numbers, TwoArms) for study, _one in taken):
        yield MANTEL_HAENSZEL


def _added(taken: Taken, wish: SheetWish) -> Iterable[str]:
    """What was added to cells of zero, which was asked for."""
    zeros = [
        study.label
        for study, _effect in taken
        if isinstance(study.numbers, TwoArms) and _has_zero(study.numbers)
    ]
    if zeros and wish.continuity:
        yield f"{wish.continuity:g} was added to each cell of {', '.join(zeros)}, as asked."


def _has_zero(arms: TwoArms) -> bool:
    return any(not events or events == people for events, people in arms.arms)


def _weighted(rows: Sequence[Row], synthesis: Synthesis) -> tuple[Row, ...]:
    if len(synthesis.weights) != len(rows):
        return tuple(rows)
    pairs = zip(rows, synthesis.weights, strict=True)
    return tuple(replace(row, weight=weight) for row, weight in pairs)


def _row(study: SheetStudy, words: str) -> Row:
    """A row without its numbers; nothing of it is a figure of the graph."""
    return Row(
        figure="",
        study="",
        label=study.label,
        people_label=words,
        report=None,
        report_label="",
        tier=None,
        reported_as="",
        is_printed=not study.derivation,
        is_derived=bool(study.derivation),
        derivation=study.derivation or None,
    )


def _counted_row(study: SheetStudy, one: Counted, words: str, level: float) -> Row:
    lower, upper = clopper_pearson(one.events, one.people, level)
    return replace(
        _row(study, words),
        events=one.events,
        people=one.people,
        value=one.share,
        lower=lower / 100,
        upper=upper / 100,
        level=level,
    )


def _effect_row(study: SheetStudy, effect: Estimate | None, words: str, wish: SheetWish) -> Row:
    row = _row(study, words)
    if isinstance(study.numbers, TwoArms):
        arms = study.numbers
        row = replace(
            row,
            events=arms.events,
            people=arms.people,
            comparator_events=arms.comparator_events,
            comparator_people=arms.comparator_people,
        )
    elif isinstance(study.numbers, Estimate):
        row = replace(row, people=study.numbers.people)
    if effect is None:
        return row
    half = NormalDist().inv_cdf((1 + wish.level / 100) / 2) * effect.standard_error
    value, lower, upper = (
        math.exp(number) if wish.measure in RATIOS else number
        for number in (effect.value, effect.value - half, effect.value + half)
    )
    return replace(row, value=value, lower=lower, upper=upper, level=wish.level)
