"""A pooled sheet as rows of one table: its studies, what is pooled of them, what is not used."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.evidence.pooling.answers import Row
from allograph.intake.sheets.pooling import SheetStudy
from allograph.reading.pooled.of_sheet import SheetAnswer
from allograph.synthesis.pooled import Synthesis

HEADER = (
    "kind",
    "pool",
    "study",
    "sheet_rows",
    "events",
    "people",
    "comparator_events",
    "comparator_people",
    "value",
    "lower",
    "upper",
    "level",
    "weight",
    "model",
    "prediction_lower",
    "prediction_upper",
    "tau2",
    "i2",
    "q",
    "studies",
    "column",
    "reason",
)
"""``kind`` is ``study``, ``pooled``, ``beside`` (the same by another model) or ``refused``."""


def sheet_as_rows(pooled: SheetAnswer) -> Iterator[list[str]]:
    """Rows below ``HEADER``; an empty cell is a number that there is not."""
    for pool, studies in zip(pooled.answer.pools, pooled.studies, strict=True):
        for row, study in zip(pool.rows, studies, strict=True):
            yield _cells(kind="study", pool=pool.words, **_of_row(row, study))
        if pool.synthesis:
            yield _cells(kind="pooled", pool=pool.words, **_of_synthesis(pool.synthesis))
        for other in pool.sensitivity:
            yield _cells(kind="beside", pool=pool.words, **_of_synthesis(other))
    for remark in pooled.refused:
        yield _cells(
            kind="refused", sheet_rows=remark.row, column=remark.column, reason=remark.what
        )


def _of_row(row: Row, study: SheetStudy) -> dict[str, object]:
    return {
        "study": row.label,
        "sheet_rows": "|".join(map(str, study.rows)),
        "events": row.events,
        "people": row.people,
        "comparator_events": row.comparator_events,
        "comparator_people": row.comparator_people,
        "value": row.value,
        "lower": row.lower,
        "upper": row.upper,
        "level": row.level,
        "weight": row.weight,
        "reason": row.derivation,
    }


def _of_synthesis(found: Synthesis) -> dict[str, object]:
    names = ("lower", "upper", "level", "model", "prediction_lower", "prediction_upper")
    more = ("tau2", "i2", "q", "studies", "people")
    numbers = {name: getattr(found, name) for name in (*names, *more)}
    return {**numbers, "value": found.estimate, "reason": found.reasons.get("estimate")}


def _cells(**values: object) -> list[str]:
    return ["" if (value := values.get(name)) is None else str(value) for name in HEADER]
