"""The cells of a row about a drug alone: the share of people, or a median time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from allograph.evidence.pooling.answers import MEDIAN, Pool, Row
from allograph.reading.summary.absolute import Limits
from allograph.reading.summary.cells import Cells, limits_of
from allograph.reading.summary.table import (
    MONTHS,
    ONE,
    PER_THOUSAND,
    POOLED,
    RANGE,
    REFUSED,
    Absolute,
    Relative,
)
from allograph.reading.summary.words import months, per_thousand, percent, spread
from allograph.synthesis.pooled import MODELS, Synthesis

TOGETHER = "all people counted together, without a model"


def share_of_pool(found: Pool) -> Cells:
    """The cells of a pool of shares or of medians."""
    is_median = found.kind == MEDIAN
    unit = MONTHS if is_median else PER_THOUSAND
    values = tuple(_value(row, is_median=is_median) for row in found.rows)
    known = [row.value for row in found.rows if row.value is not None]
    extremes = (min(known), max(known)) if len(known) > 1 else None
    synthesis = found.synthesis
    if synthesis is not None and synthesis.estimate is not None and synthesis.studies > 1:
        return Cells(
            POOLED,
            values,
            absolute=_pooled(unit, synthesis),
            relative=_model(unit, synthesis),
            extremes=extremes,
            remarks=tuple(_with_most(found.with_most)),
        )
    if len(found.studies) == 1 and len(found.rows) == 1 and known:
        row = found.rows[0]
        alone = Absolute(
            unit,
            Limits(known[0], row.lower, row.upper),
            "one study, as it prints it" if row.is_printed else "one study, exact interval",
            row.level or 95.0,
        )
        return Cells(ONE, values, absolute=alone, stand_in=_stand_in(found, row))
    why = found.refusals or _reasons(synthesis)
    if found.refusals or found.crude is None:
        return Cells(REFUSED, values, why=why, extremes=extremes)
    crude = Limits(found.crude.share, found.crude.lower, found.crude.upper)
    return Cells(
        RANGE, values, why=why, absolute=Absolute(unit, crude, TOGETHER), extremes=extremes
    )


def _with_most(synthesis: Synthesis | None) -> Iterator[str]:
    """What the pooled share is if what a source leaves open is taken to be the most."""
    if synthesis is not None and synthesis.estimate is not None:
        limits = Limits(synthesis.estimate, synthesis.lower, synthesis.upper)
        share = f"{per_thousand(limits.value)} {spread(limits, per_thousand, synthesis.level)}"
        yield (
            "A source leaves open how many had it, and the fewest are taken; with the most it is"
            f" {share.strip()} of 1,000."
        )


def _pooled(unit: str, synthesis: Synthesis) -> Absolute:
    limits = limits_of(synthesis.estimate, synthesis.lower, synthesis.upper)
    method = f"pooled: {MODELS[synthesis.model]}"
    return Absolute(unit, limits or Limits(0), method, synthesis.level)


def _model(unit: str, synthesis: Synthesis) -> Relative:
    """What the model says beside its number: heterogeneity and prediction."""
    return Relative(
        measure="",
        words="median" if unit == MONTHS else "share",
        limits=Limits(synthesis.estimate or 0.0, synthesis.lower, synthesis.upper),
        level=synthesis.level,
        origin=f"pooled: {MODELS[synthesis.model]}",
        model=synthesis.model,
        prediction=limits_of(
            synthesis.estimate, synthesis.prediction_lower, synthesis.prediction_upper
        ),
        tau2=synthesis.tau2,
        i2=synthesis.i2,
        reasons=_reasons(synthesis),
    )


def _stand_in(found: Pool, row: Row) -> Pool:
    alone = Synthesis(
        model="",
        level=row.level or 95.0,
        studies=1,
        people=row.people,
        estimate=row.value,
        lower=row.lower,
        upper=row.upper,
    )
    return replace(found, synthesis=alone)


def _value(row: Row, *, is_median: bool) -> str:
    write = months if is_median else percent
    limits = limits_of(row.value, row.lower, row.upper)
    if limits is None:
        return ""
    unit = " months" if is_median else ""
    counts = f"{row.events}/{row.people}, " if row.events is not None and row.people else ""
    return f"{counts}{write(limits.value)}{unit} {spread(limits, write, row.level or 95.0)}".strip()


def _reasons(synthesis: Synthesis | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(synthesis.reasons.values())) if synthesis else ()
