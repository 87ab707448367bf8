"""Read effects: estimates with their intervals, beside the line of no effect.

Ratios have a logarithmic scale, on which 0.5 and 2 are as far from 1; differences a linear one
around 0. Nothing is derived: an interval is drawn where the source prints one, at its level.
"""

from __future__ import annotations

from allograph.drawings.charts.drawing import (
    Effects,
    Found,
    Interval,
    Mark,
    undrawn,
    with_unit,
)
from allograph.evidence.measures import DIFFERENCES, RATIOS
from allograph.questions.plot import PlotHeader, Row
from allograph.text.numerals import between


def read_effect(row: Row, header: PlotHeader) -> Found:
    """Read one row; a comparison without an estimate is not drawn."""
    measure = header.value(row, "measure")
    estimate = header.number(row, "value")
    if estimate is None:
        return undrawn(row, header, "the source prints no estimate")
    if measure not in RATIOS | DIFFERENCES:
        return undrawn(row, header, "it is neither a ratio nor a difference")
    limits = (header.number(row, "lower"), header.number(row, "upper"))
    if measure in RATIOS and any(limit is not None and limit <= 0 for limit in (estimate, *limits)):
        return undrawn(row, header, "a ratio of 0 has no place on a logarithmic scale")
    unit = "" if measure in RATIOS else header.unit(row)
    bound = header.value(row, "bound").replace("-", " ")
    number = header.value(row, "value")
    mark = Mark(
        label=header.text(row, "label"),
        value=estimate,
        glyph="effect",
        number=f"{bound} {with_unit(number, unit) if unit else number}".strip(),
        link=header.value(row, "link"),
        interval=interval(row, header, limits),
    )
    return Effects(measure.replace("-", " "), unit, measure in RATIOS), [mark]


def interval(
    row: Row, header: PlotHeader, limits: tuple[float | None, float | None]
) -> Interval | None:
    """The interval as printed, with its digits and its level; else there is none."""
    low, high = limits
    if low is None or high is None:
        return None
    printed = between(header.value(row, "lower"), header.value(row, "upper"))
    level = header.value(row, "level")
    return Interval(
        low, high, is_derived=False, printed=f"{level}% {printed}" if level else printed
    )
