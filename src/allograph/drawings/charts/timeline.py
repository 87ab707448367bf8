"""Read a timeline: how long it took, from the origin of the clock to the median."""

from __future__ import annotations

from allograph.drawings.charts.drawing import Found, Interval, Mark, undrawn, with_unit
from allograph.questions.plot import PlotHeader, Row

MEDIAN = "median"


def read_time(row: Row, header: PlotHeader) -> Found:
    """Read one row; a time that is no median, such as an average, is another kind of mark."""
    value = header.number(row, "value")
    if value is None:
        return undrawn(row, header, "no time is printed; it may not be reached yet")
    unit = header.unit(row)
    low, high = header.number(row, "lower"), header.number(row, "upper")
    mark = Mark(
        label=header.text(row, "label"),
        value=value,
        glyph="median" if header.value(row, "statistic").startswith(MEDIAN) else "other time",
        number=with_unit(header.value(row, "value"), unit),
        link=header.value(row, "link"),
        interval=None if low is None or high is None else Interval(low, high, is_derived=False),
    )
    return unit, [mark]
