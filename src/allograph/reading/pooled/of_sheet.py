"""Pool the studies of a reviewer's sheet: the answer that figures of the graph would have.

The guards of the graph know who was counted twice; a sheet does not say it, and its answer says so.
Where an arm is at zero, people are pooled as they are (Mantel-Haenszel), unless a number to be
added is asked for, or another model.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

from allograph.errors import ParameterError
from allograph.evidence.pooling.answers import (
    COMPARISON,
    SHARE,
    Answer,
    Crude,
    Pool,
    Refused,
    Row,
    Wish,
)
from allograph.evidence.pooling.synthesised import MODELS_OF, OF_COUNTS, RARE
from allograph.intake.sheets.pooled_rows import MEASURES
from allograph.intake.sheets.pooling import SheetPool, SheetReading, SheetStudy
from allograph.synthesis.effects import (
    COUNTED,
    MEAN_DIFFERENCE,
    ODDS_RATIO,
    RATIOS,
    Estimate,
    TwoArms,
    effect_of,
    pool_effects,
    pool_rare,
)
from allograph.synthesis.intervals import clopper_pearson
from allograph.synthesis.pooled import (
    GLMM,
    INVERSE_VARIANCE,
    MANTEL_HAENSZEL,
    PETO,
    REML_HKSJ,
    Synthesis,
)
from allograph.synthesis.refusals import NotEstimable
from allograph.synthesis.shares import Counted, crude, pool_shares, sensitivity, spread
from allograph.tables.table import Remark

UNGUARDED = "A sheet does not say who was counted twice: nobody has looked for shared people."
STATISTICS = {
    SHARE: "percentage",
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
    if measure == SHARE:
        return (*MODELS_OF[SHARE], *INVERSE_VARIANCE)
    rare = [MANTEL_HAENSZEL] if measure in COUNTED else []
    return (*INVERSE_VARIANCE, *rare, *([PETO] if measure == ODDS_RATIO else []))


def pool_sheet(reading: SheetReading, wish: SheetWish) -> SheetAnswer:
    """Pool each pool of a sheet by itself; the one of most studies comes first.

    Raises:
        ParameterError: for a model that does not pool this measure, or these numbers.

    """
    _check_model(wish, models_of(wish.measure), f"a {MEASURES[wish.measure]}")
    refused = [*reading.faults, *reading.left_out]
    pooled: list[tuple[Pool, tuple[SheetStudy, ...]]] = []
    for one in reading.pools.values():
        is_counted = any(isinstance(study.numbers, Counted) for study in one.studies)
        pool, studies, left_out = (_shares if is_counted else _effects)(one, wish)
        refused += left_out
        pooled.append((pool, studies))
    pooled.sort(key=lambda item: -len(item[1]))
    refused.sort(key=lambda remark: remark.row or 0)
    measure = None if wish.measure == SHARE else wish.measure
    answer = Answer(
        Wish("", measure=measure, model=wish.model, level=wish.level),
        reading.table.file_name,
        tuple(pool for pool, _studies in pooled),
        tuple(Refused(_refused_row(remark), remark.what) for remark in refused),
    )
    return SheetAnswer(answer, tuple(studies for _pool, studies in pooled), tuple(refused))


Pooled = tuple[Pool, tuple[SheetStudy, ...], list[Remark]]
"""A pool, the studies that it takes, and those that it does not."""


def _check_model(wish: SheetWish, known: Sequence[str], what: str) -> None:
    if wish.model is not None and wish.model not in known:
        message = f"'{wish.model}' does not pool {what}; {', '.join(known)} do"
        raise ParameterError("model", message, known)


def _shares(pool: SheetPool, wish: SheetWish) -> Pooled:
    """Counted people, by the numbers themselves."""
    _check_model(wish, MODELS_OF[SHARE], "people who were counted")
    taken, left_out = [], []
    for study in pool.studies:
        if isinstance(study.numbers, Counted):
            taken.append((study, study.numbers))
        else:
            what = f"'{study.label}' has a rate with a standard error; in others people are counted"
            left_out.append(Remark(what, study.rows[0]))
    counted = [numbers for _study, numbers in taken]
    share, lower, upper = crude(counted, wish.level)
    events, people = (sum(one.events for one in counted), sum(one.people for one in counted))
    rows = [_counted_row(study, one, pool.words, wish.level) for study, one in taken]
    synthesis = pool_shares(counted, wish.model or GLMM, wish.level)
    found = Pool(
        SHARE,
        pool.words,
        STATISTICS[SHARE],
        _weighted(rows, synthesis),
        remarks=(UNGUARDED,),
        synthesis=synthesis,
        sensitivity=sensitivity(counted, wish.level) if len(counted) > 1 else (),
        crude=Crude(events, people, share, lower, upper, *spread(counted)),
    )
    return found, tuple(study for study, _one in taken), left_out


Taken = Sequence[tuple[SheetStudy, Estimate | None]]
"""Studies and their effects; one of which an arm is at zero may have none."""


def _effects(pool: SheetPool, wish: SheetWish) -> Pooled:
    """Effects by inverse variance, or the people of two arms as they are."""
    if wish.measure == SHARE:
        _check_model(wish, INVERSE_VARIANCE, "rates with standard errors")
    every: list[tuple[SheetStudy, Estimate | None]] = []
    reasons: dict[int, str] = {}
    for study in pool.studies:
        try:
            every.append((study, _effect(study, wish)))
        except NotEstimable as reason:
            every.append((study, None))
            reasons[id(study)] = str(reason)
    is_rare = wish.model in OF_COUNTS or (wish.model is None and bool(reasons))
    model = wish.model or (MANTEL_HAENSZEL if is_rare else REML_HKSJ)
    taken, left_out = [], []
    for study, effect in every:
        if is_rare and not isinstance(study.numbers, TwoArms):
            left_out.append(Remark(f"'{study.label}' counts nobody in two arms", study.rows[0]))
        elif not is_rare and effect is None:
            left_out.append(Remark(reasons[id(study)], study.rows[0]))
        else:
            taken.append((study, effect))
    synthesis = _synthesis(taken, wish, model)
    rows = [_effect_row(study, effect, pool.words, wish) for study, effect in taken]
    found = Pool(
        SHARE if wish.measure == SHARE else COMPARISON,
        pool.words,
        STATISTICS[wish.measure],
        _weighted(rows, synthesis),
        remarks=(UNGUARDED, *([RARE] if is_rare and not wish.model else []), *_added(taken, wish)),
        synthesis=synthesis,
        sensitivity=tuple(_synthesis(taken, wish, key) for key in _beside(taken, wish.measure)),
        measure=None if wish.measure == SHARE else wish.measure,
    )
    return found, tuple(study for study, _effect in taken), left_out


def _effect(study: SheetStudy, wish: SheetWish) -> Estimate:
    """The effect of a study on the scale of its model; raise ``NotEstimable`` if it has none."""
    if isinstance(study.numbers, TwoArms):
        return effect_of(study.numbers, wish.measure, wish.continuity)
    if isinstance(study.numbers, Estimate):
        return study.numbers
    raise NotEstimable(f"{study.label} counts the people of one arm.")


def _synthesis(taken: Taken, wish: SheetWish, model: str) -> Synthesis:
    if model in OF_COUNTS:
        arms = [study.numbers for study, _effect in taken if isinstance(study.numbers, TwoArms)]
        return pool_rare(arms, wish.measure, model, wish.level)
    # A rate is pooled as a difference of means is: on the scale on which it is printed.
    measure = MEAN_DIFFERENCE if wish.measure == SHARE else wish.measure
    estimates = [effect for _study, effect in taken if effect]
    return pool_effects(estimates, measure, model, wish.level)


def _beside(taken: Taken, measure: str) -> Iterator[str]:
    """The models that stand beside each other, of those that all these studies have."""
    if len(taken) < 2:
        return
    has_arms = all(isinstance(study.numbers, TwoArms) for study, _effect in taken)
    has_effects = all(effect for _study, effect in taken)
    for model in models_of(measure):
        if (has_arms if model in OF_COUNTS else has_effects) and model in MODELS_OF[COMPARISON]:
            yield model


def _added(taken: Taken, wish: SheetWish) -> Iterator[str]:
    """What was added to cells of zero, which was asked for."""
    zeros = [
        study.label
        for study, _effect in taken
        if isinstance(study.numbers, TwoArms)
        and any(not events or events == people for events, people in study.numbers.arms)
    ]
    if zeros and wish.continuity:
        yield f"{wish.continuity:g} was added to each cell of {', '.join(zeros)}, as asked."


def _weighted(rows: Sequence[Row], synthesis: Synthesis) -> tuple[Row, ...]:
    if len(synthesis.weights) != len(rows):
        return tuple(rows)
    pairs = zip(rows, synthesis.weights, strict=True)
    return tuple(replace(row, weight=weight) for row, weight in pairs)


def _row(study: SheetStudy, words: str) -> Row:
    """A row without its numbers; in place of a report it has the rows of the sheet."""
    where = f"row {' and '.join(map(str, study.rows))}"
    return replace(
        _EMPTY,
        study=where,
        label=study.label,
        people_label=words,
        tier=where,
        is_printed=study.printed is not None,
        is_derived=bool(study.derivation),
        derivation=study.derivation or None,
    )


_EMPTY = Row(
    figure="",
    study="",
    label="",
    people_label="",
    report=None,
    report_label="",
    tier=None,
    reported_as="",
)


def _refused_row(remark: Remark) -> Row:
    """A cell, or a row, that is not used."""
    row = f"row {remark.row}" if remark.row else "the sheet"
    column = f", {remark.column}" if remark.column else ""
    return replace(_EMPTY, study=row, label=f"{row}{column}", tier=row)


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
        (events, people), (others, comparator) = study.numbers.arms
        row = replace(row, events=events, people=people)
        row = replace(row, comparator_events=others, comparator_people=comparator)
    elif isinstance(study.numbers, Estimate):
        row = replace(row, people=study.numbers.people)
    if effect is None:
        return row
    row = replace(row, standard_error=effect.standard_error)
    if printed := study.printed:
        value, lower, upper = printed.value, printed.lower, printed.upper
        return replace(row, value=value, lower=lower, upper=upper, level=printed.level)
    half = NormalDist().inv_cdf((1 + wish.level / 100) / 2) * effect.standard_error
    value, lower, upper = (
        math.exp(number) if wish.measure in RATIOS else number
        for number in (effect.value, effect.value - half, effect.value + half)
    )
    return replace(row, value=value, lower=lower, upper=upper, level=wish.level)
