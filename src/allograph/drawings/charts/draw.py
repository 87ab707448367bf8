"""Draw rows by the header of their question: one row of a table for each kind of plot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from allograph.drawings.charts.arrange import (
    NARROW_ROOM,
    WIDE_ROOM,
    Arranged,
    arranged,
)
from allograph.drawings.charts.bars import read_pair
from allograph.drawings.charts.drawing import Caption, Found, Mark, Scale, Undrawn
from allograph.drawings.charts.effects import read_effect
from allograph.drawings.charts.evidence_map import Grid, grid_of, map_of
from allograph.drawings.charts.forest import PERCENT, read_share
from allograph.drawings.charts.layout import NARROW, WIDE, Shaped, picture_of
from allograph.drawings.charts.svg import Canvas
from allograph.drawings.charts.timeline import read_time
from allograph.drawings.charts.traffic import Lights, lights_of, traffic_of
from allograph.questions.plot import PlotHeader, Row
from allograph.reading.pictured import NOTHING_KNOWN, Pictured

RANDOMISED_FIRST = "of each outcome the randomised studies first, then the largest"
FULLEST_FIRST = "the studies that report most of these outcomes"
Known = Mapping[str, Pictured]
Reader = Callable[[Row, PlotHeader, Pictured], Found]


@dataclass(frozen=True)
class Drawing:
    """What of an answer is drawn: no row is lost.

    ``text`` says what a plot of this kind shows. Of ``rows`` rows ``drawn`` are in the picture,
    ``left_out`` have no room in it, and the others are ``undrawn``, each with its reason.
    """

    chart: Arranged | Grid | Lights | None
    is_narrow: bool
    text: str
    rows: int
    drawn: int
    left_out: int
    undrawn: tuple[Undrawn, ...]

    @property
    def groups(self) -> list[str]:
        """The groups whom the marks are about, by IRI."""
        if not isinstance(self.chart, Arranged):
            return []
        return list(dict.fromkeys(one for mark in self.chart.shown for one in mark.groups))

    @property
    def studies(self) -> int:
        """How many studies have a mark."""
        if not isinstance(self.chart, Arranged):
            return 0
        return len({mark.study for mark in self.chart.shown if mark.study})

    @property
    def notes(self) -> tuple[str, ...]:
        """What a picture says of the rows that are not in it."""
        if not self.left_out:
            return ()
        is_map = not isinstance(self.chart, Arranged)
        return (
            f"{self.drawn} of {self.rows} rows are drawn: "
            f"{FULLEST_FIRST if is_map else RANDOMISED_FIRST}. "
            "Narrow the question to see the others.",
        )


def read_figure(row: Row, header: PlotHeader, known: Pictured) -> Found:
    """Read a row of a forest plot by what it prints: an effect, a share of people, or an amount."""
    if header.value(row, "estimate"):
        return read_effect(row, header, known)
    is_share = header.unit(row) in (PERCENT, "1", "")
    return (read_share if is_share else read_time)(row, header, known)


READERS: Mapping[str, Reader] = {
    "forest": read_figure,
    "timeline": read_time,
    "bars": read_pair,
    "effects": read_effect,
}
FOREST = (
    "Forest plot: one line for each figure, with its people and its interval; a panel for each "
    "outcome and statistic; randomised studies first, then the largest. Doubted figures are "
    "hollow, with a letter that says why."
)
TEXTS: Mapping[str, str] = {
    "forest": FOREST,
    "timeline": f"{FOREST} Times are in the unit that the source prints.",
    "bars": f"{FOREST} Below each group stands its comparator.",
    "effects": f"{FOREST} Ratios are over a logarithmic axis, with a line at 1.",
    "map": "One cell for each study and outcome, with the number of figures; gaps are dashed.",
    "traffic": (
        "One light for each domain of what was judged, with the word of its answer: a circle with "
        "a plus is good, a square middling, a diamond grave, a dashed circle is no judgement."
    ),
}


def draw(
    rows: Sequence[Row], header: PlotHeader, known: Known | None = None, *, is_narrow: bool = False
) -> Drawing:
    """Read the rows of an answer as far as they can be drawn; ``known`` is by their link.

    A narrow picture, for a phone, has room for fewer.
    """
    if header.kind == "map":
        grid = grid_of(rows, header)
        shown = grid.shown if grid else 0
        return Drawing(grid, is_narrow, TEXTS["map"], len(rows), shown, len(rows) - shown, ())
    if header.kind == "traffic":
        lights, unlit = lights_of(rows, header)
        shown = len(rows) - len(unlit)
        return Drawing(lights, is_narrow, TEXTS["traffic"], len(rows), shown, 0, tuple(unlit))
    found: list[tuple[Scale, Mark]] = []
    missing: list[Undrawn] = []
    for place, row in enumerate(rows):
        about = (known or {}).get(header.value(row, "link"), NOTHING_KNOWN)
        read = READERS[header.kind](row, header, about)
        if isinstance(read, Undrawn):
            missing.append(read)
        else:
            found += [(scale, replace(mark, rows=(place,))) for scale, mark in read]
    chart = arranged(found, NARROW_ROOM if is_narrow else WIDE_ROOM)
    in_sight = {row for mark in chart.shown for row in mark.rows}
    left_out = {row for _, mark in found for row in mark.rows} - in_sight
    return Drawing(
        chart if chart.panels else None,
        is_narrow,
        TEXTS[header.kind],
        len(rows),
        len(in_sight),
        len(left_out),
        tuple(missing),
    )


def svg_of(drawing: Drawing, caption: Caption) -> str:
    """The picture of a drawing as SVG.

    Raises ``ValueError`` where nothing of an answer can be drawn.
    """
    if drawing.chart is None:
        raise ValueError("no row of this answer can be drawn")
    caption = replace(caption, notes=(*drawing.notes, *caption.notes))
    shape = NARROW if drawing.is_narrow else WIDE
    return _laid_out(drawing.chart, caption, shape).svg(caption.asked, drawing.text)


def _laid_out(chart: Arranged | Grid | Lights, caption: Caption, shape: Shaped) -> Canvas:
    match chart:
        case Arranged():
            return picture_of(chart, caption, shape)
        case Grid():
            return map_of(chart, caption, shape)
        case Lights():
            return traffic_of(chart, caption, shape)
