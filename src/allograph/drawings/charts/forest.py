"""Read a forest plot: shares of people with their intervals, printed or else derived.

An interval that the source prints is drawn as printed. Where it prints none, but both numbers,
the Wilson interval is drawn, as derived. Where it prints neither, the share stands alone.
"""

from __future__ import annotations

from allograph.drawings.charts.drawing import Found, Interval, Mark, undrawn, with_unit
from allograph.evidence.intervals import wilson
from allograph.questions.plot import PlotHeader, Row

PERCENT = "%"
LEVEL = 95.0
"""The confidence level of a derived interval, in percent."""


def read_share(row: Row, header: PlotHeader) -> Found:
    """Read one row; what is no share of people is not drawn."""
    printed = header.number(row, "value") if header.unit(row) == PERCENT else None
    people = people_of(row, header)
    if printed is not None:
        share, number = printed, header.value(row, "value")
    elif people:
        share = 100 * people[0] / people[1]
        number = f"{share:.3g}"
    else:
        return undrawn(row, header, reason(row, header))
    mark = Mark(
        label=header.text(row, "label"),
        value=share,
        glyph="derived share" if printed is None else "share",
        number=with_unit(number, PERCENT),
        link=header.value(row, "link"),
        interval=interval(row, header, people),
        share=f"{people[0]}/{people[1]}" if people else "",
    )
    return PERCENT, [mark]


def people_of(row: Row, header: PlotHeader) -> tuple[int, int] | None:
    """How many of how many, where both are known and make a share."""
    numerator, denominator = header.count(row, "numerator"), header.count(row, "denominator")
    if numerator is None or not denominator or not 0 <= numerator <= denominator:
        return None
    return numerator, denominator


def interval(row: Row, header: PlotHeader, people: tuple[int, int] | None) -> Interval | None:
    """The interval as printed, else as derived from the people; else there is none."""
    low, high = header.number(row, "lower"), header.number(row, "upper")
    if low is not None and high is not None:
        return Interval(low, high, is_derived=False)
    return Interval(*wilson(*people, level=LEVEL), is_derived=True) if people else None


def reason(row: Row, header: PlotHeader) -> str:
    """Say why a row is not drawn."""
    if not header.value(row, "value"):
        return "no figure is printed"
    return "it is no percentage, and the people it is a share of are not printed"
