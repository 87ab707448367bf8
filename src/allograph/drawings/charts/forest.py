"""Read a share of people with its interval, printed or else derived.

An interval that the source prints is drawn as printed. Where it prints none, but both numbers,
the Wilson interval is drawn, as derived. Where it prints neither, the share stands alone. A share
that the answer computes is derived whatever it is called: it never has the mark of a printed one.
"""

from __future__ import annotations

from dataclasses import replace

from allograph.drawings.charts.doubting import NO_PEOPLE
from allograph.drawings.charts.drawing import Found, Interval, undrawn, with_unit
from allograph.drawings.charts.figures import begun, printed_interval, scale_of, sign_of
from allograph.questions.plot import PlotHeader, Row
from allograph.reading.pictured import Pictured
from allograph.synthesis.intervals import wilson

PERCENT = "%"
LEVEL = 95.0
"""The confidence level of a derived interval, in percent."""

ROUNDING = 1.0
"""How far a printed share may be from that of its people, in percentage points."""

SHARE = "share of people"
COUNTS = frozenset({"", "percentage", "count", "proportion"})
"""Statistics that are a share of people who were counted, and need no other word."""

Counted = tuple[int, int]


def read_share(row: Row, header: PlotHeader, known: Pictured) -> Found:
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
    statistic = header.value(row, "statistic").casefold()
    is_count = statistic in COUNTS
    bare = begun(row, header, known)
    size = people[1] if people else bare.size
    is_unknown = is_count and not size
    mark = replace(
        begun(row, header, known, *([NO_PEOPLE] if is_unknown else [])),
        value=share,
        number=f"{sign_of(row, header)}{with_unit(number, PERCENT)}",
        interval=printed_interval(row, header, known) or derived_interval(people, share),
        people=written(row, header, people, bare.size),
        is_derived=printed is None or header.is_derived,
        size=size,
    )
    over = scale_of(row, header, known, SHARE if is_count else statistic, PERCENT)
    return [(over, mark)]


def people_of(row: Row, header: PlotHeader, side: str = "") -> Counted | None:
    """How many of how many, where both are known and make a share."""
    numerator = header.count(row, f"{side}numerator")
    denominator = header.count(row, f"{side}denominator")
    if numerator is None or not denominator or not 0 <= numerator <= denominator:
        return None
    return numerator, denominator


def written(row: Row, header: PlotHeader, people: Counted | None, size: int) -> str:
    """How many of how many, as far as it is printed; else how many of a group of which size."""
    if people:
        return f"{people[0]}/{people[1]}"
    numerator, denominator = header.value(row, "numerator"), header.value(row, "denominator")
    if denominator or (numerator and not size):
        return f"{numerator or '?'}/{denominator or '?'}"
    return "; ".join(filter(None, (numerator, f"N = {size}" if size else "")))


def derived_interval(people: Counted | None, share: float) -> Interval | None:
    """The interval that the people give, if they are known and give the share that is printed."""
    if people is None or abs(share - 100 * people[0] / people[1]) > ROUNDING:
        return None
    return Interval(*wilson(*people, level=LEVEL), is_derived=True)


def reason(row: Row, header: PlotHeader) -> str:
    """Say why a row is not drawn."""
    if not header.value(row, "value"):
        return "no figure is printed"
    return "it is no percentage, and the people it is a share of are not printed"
