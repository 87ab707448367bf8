"""A pooled answer as rows of one table: studies, what is pooled of them, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.evidence.pooling.answers import Answer, Pool, Row
from allograph.namespaces import key_of
from allograph.synthesis.pooled import Synthesis

HEADER = (
    "kind",
    "pool",
    "study",
    "study_label",
    "people_label",
    "report",
    "tier",
    "statistic",
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
    "events_at_most",
    "derivation",
    "reported_as",
    "figure",
    "reason",
    "release",
)
"""``kind`` is ``study``, ``pooled``, ``pooled-with-most``, ``beside`` (the same studies by another
model), ``all-people`` (the crude share), ``not-pooled`` (a row of a pool that is refused) or
``left-out``."""


def as_rows(answer: Answer, release: str) -> Iterator[list[str]]:
    """Rows below ``HEADER``; an empty cell is a number that there is not."""
    for pool in answer.pools:
        for cells in _of_pool(pool):
            yield _cells(pool=pool.words, statistic=pool.statistic, release=release, **cells)
    for one in answer.left_out:
        yield _cells(kind="left-out", release=release, **{**_row(one.row), "reason": one.reason})


def _of_pool(pool: Pool) -> Iterator[dict[str, object]]:
    kind = "not-pooled" if pool.refusals else "study"
    refusals = " ".join(pool.refusals)
    for row in pool.rows:
        yield {"kind": kind, **_row(row), "reason": refusals}
    for kind, synthesis in (("pooled", pool.synthesis), ("pooled-with-most", pool.with_most)):
        if synthesis:
            yield {"kind": kind, **_synthesis(synthesis)}
    for other in pool.sensitivity:
        yield {"kind": "beside", **_synthesis(other)}
    if pool.crude and not pool.refusals:
        crude = pool.crude
        yield {
            "kind": "all-people",
            "events": crude.events,
            "people": crude.people,
            "value": crude.share,
            "lower": crude.lower,
            "upper": crude.upper,
        }


def _row(row: Row) -> dict[str, object]:
    names = ("people_label", "tier", "events", "people", "comparator_events", "comparator_people")
    more = ("value", "lower", "upper", "level", "weight", "events_at_most", "derivation")
    return {
        **{name: getattr(row, name) for name in (*names, *more, "reported_as", "figure")},
        "study": key_of(row.study),
        "study_label": row.label,
        "report": key_of(row.report) if row.report else None,
    }


def _synthesis(found: Synthesis) -> dict[str, object]:
    names = ("lower", "upper", "level", "model", "prediction_lower", "prediction_upper")
    more = ("tau2", "i2", "q", "studies", "people")
    numbers = {name: getattr(found, name) for name in (*names, *more)}
    return {**numbers, "value": found.estimate, "reason": found.reasons.get("estimate")}


def _cells(**values: object) -> list[str]:
    return ["" if (value := values.get(name)) is None else str(value) for name in HEADER]
