"""Read an amount in a unit, such as months: how long it took, or how often in how much time."""

from __future__ import annotations

from dataclasses import replace

from allograph.drawings.charts.drawing import Found, undrawn, with_unit
from allograph.drawings.charts.figures import begun, counted, printed_interval, scale_of, sign_of
from allograph.questions.plot import PlotHeader, Row
from allograph.reading.pictured import Pictured

TIME = "time"


def read_time(row: Row, header: PlotHeader, known: Pictured) -> Found:
    """Read one row; each statistic, such as a median or a mean, has a scale of its own."""
    value = header.number(row, "value")
    if value is None:
        return undrawn(row, header, "no time is printed; it may not be reached yet")
    unit = header.unit(row)
    mark = begun(row, header, known)
    mark = replace(
        mark,
        value=value,
        number=f"{sign_of(row, header)}{with_unit(header.value(row, 'value'), unit)}",
        interval=printed_interval(row, header, known),
        people=counted(mark),
    )
    return [(scale_of(row, header, known, header.value(row, "statistic") or TIME, unit), mark)]
