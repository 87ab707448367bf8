"""Draw rows by the header of their question: one row of a table for each kind of plot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from allograph.drawings.charts.bars import read_pair
from allograph.drawings.charts.drawing import Found, Undrawn, chart_of, undrawn
from allograph.drawings.charts.effects import read_effect
from allograph.drawings.charts.evidence_map import map_spec
from allograph.drawings.charts.forest import read_share
from allograph.drawings.charts.layout import spec_of
from allograph.drawings.charts.style import Spec
from allograph.drawings.charts.timeline import read_time
from allograph.questions.plot import PlotHeader, Row

MOST_ROWS = 150
"""A picture of more rows says less than their table."""


@dataclass(frozen=True)
class Drawing:
    """A plot as a specification, and the rows that are not in it: no row is lost.

    ``spec`` is ``None`` where nothing can be drawn; ``text`` says what a plot of this kind shows.
    """

    spec: Spec | None
    text: str
    drawn: int
    undrawn: tuple[Undrawn, ...]


READERS: Mapping[str, Callable[[Row, PlotHeader], Found]] = {
    "forest": read_share,
    "timeline": read_time,
    "bars": read_pair,
    "effects": read_effect,
}
TEXTS: Mapping[str, str] = {
    "forest": (
        "Forest plot: one line for each share, with its interval: solid as the source prints it, "
        "dashed where it is derived here (Wilson, 95%) from the printed numbers."
    ),
    "timeline": "One line for each time, from the origin of its clock; a diamond marks a median.",
    "bars": "One pair of bars for each comparison: the group, and below it its comparator.",
    "effects": (
        "Forest plot of effects: one line for each estimate, with its interval as the source "
        "prints it, beside the line of no effect; ratios over a logarithmic scale."
    ),
    "map": "One cell for each study and outcome, with the number of figures; gaps are dashed.",
}


def draw(rows: Sequence[Row], header: PlotHeader) -> Drawing:
    """Draw the rows of an answer, as far as they can be drawn."""
    shown, left_over = rows[:MOST_ROWS], rows[MOST_ROWS:]
    missing = [undrawn(row, header, f"a plot holds {MOST_ROWS} rows") for row in left_over]
    if header.kind == "map":
        spec = map_spec(shown, header) if shown else None
    else:
        chart = chart_of(shown, header, READERS[header.kind])
        missing = [*chart.undrawn, *missing]
        spec = spec_of(chart) if chart.panels else None
    drawn = len(rows) - len(missing)
    return Drawing(spec, TEXTS[header.kind], drawn, tuple(missing))
