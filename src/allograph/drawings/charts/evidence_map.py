"""Draw an evidence map: how many figures there are in each cell of a grid, and where there is none.

Each row of the answer is a cell; one that counts no figure is a gap, drawn with a dashed border.
Studies stand below each other, those that report most outcomes first. In the narrow shape each
study has its cells below its name, and the outcomes are letters, which a list explains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from allograph.drawings.charts.drawing import Caption
from allograph.drawings.charts.layout import (
    GAP,
    LEADING,
    SMALL,
    Shaped,
    add_lines,
    add_notes,
    add_title,
    broken,
)
from allograph.drawings.charts.svg import Box, Canvas, Link, Part, Text
from allograph.questions.plot import PlotHeader, Row

MOST_ROWS, MOST_COLUMNS = 60, 12
"""What a map has room for."""
LABELS, CELL, WIDEST_CELL, HEAD = 290, 26, 96, 10.0
"""The right end of labels, the height of a cell, its greatest width, and the letters of heads."""
SHADES = ((4, "many"), (2, "some"), (1, "few"))
"""From how many figures on, which shade."""
NONE = "none"


@dataclass(frozen=True)
class Cell:
    """One cell: what it counts, of what, and where it leads."""

    down: str
    across: str
    number: int
    link: str

    @property
    def description(self) -> str:
        """The cell in words."""
        many = "" if self.number == 1 else "s"
        figures = f"{self.number} figure{many}" if self.number else "no figure"
        return f"{self.down}, {self.across}: {figures}"


@dataclass(frozen=True)
class Grid:
    """The cells by row, the fullest row first, and the columns in the order of the answer."""

    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    columns: tuple[str, ...]

    @property
    def shown(self) -> int:
        """How many cells are shown."""
        return sum(len(cells) for _, cells in self.rows)


def grid_of(rows: Sequence[Row], header: PlotHeader) -> Grid | None:
    """Read the rows of an answer; ``None`` if there are none."""
    cells = [
        Cell(
            header.text(row, "row"),
            header.text(row, "column"),
            int(header.number(row, "value") or 0),
            header.value(row, "link"),
        )
        for row in rows
    ]
    columns = tuple(dict.fromkeys(cell.across for cell in cells))[:MOST_COLUMNS]
    by_row: dict[str, list[Cell]] = {}
    for cell in cells:
        if cell.across in columns:
            by_row.setdefault(cell.down, []).append(cell)
    fullest = sorted(by_row.items(), key=lambda item: -sum(cell.number > 0 for cell in item[1]))
    shown = tuple((label, tuple(found)) for label, found in fullest[:MOST_ROWS])
    return Grid(shown, columns) if shown else None


def map_of(grid: Grid, caption: Caption, shape: Shaped) -> Canvas:
    """Lay out a map."""
    canvas = Canvas(shape.width, shape.pad)
    add_title(canvas, shape, caption)
    canvas.y += 12
    (add_narrow if shape.is_narrow else add_wide)(canvas, shape, grid)
    canvas.y += 8
    words = (
        "A number: figures of the study's own patients. Dashed: no text that was read prints one."
    )
    add_lines(canvas, shape, words, SMALL)
    add_notes(canvas, shape, caption)
    canvas.y += shape.pad / 2
    return canvas


def add_wide(canvas: Canvas, shape: Shaped, grid: Grid) -> None:
    """Heads above columns of cells, the studies at the left."""
    width = min(WIDEST_CELL, (shape.right - LABELS) / len(grid.columns))
    heads = [broken(text, width - 6, HEAD, is_bold=True, most=5) for text in grid.columns]
    step = HEAD * LEADING
    deepest = max(map(len, heads))
    for place, lines in enumerate(heads):
        for number, line in enumerate(lines):
            y = canvas.y + step * (deepest - len(lines) + number + 1) - 3
            x = LABELS + width * (place + 0.5)
            canvas.parts.append(Text(x, y, line, HEAD, "quiet", is_bold=True, anchor="middle"))
    canvas.y += step * deepest + 4
    for label, cells in grid.rows:
        lines = broken(label, LABELS - shape.pad - 10, SMALL, most=3)
        height = max(CELL, len(lines) * SMALL * LEADING + GAP)
        first = canvas.y + height / 2 + 4 - SMALL * LEADING * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            y = first + SMALL * LEADING * number
            canvas.parts.append(Text(shape.pad, y, line, SMALL))
        for cell in cells:
            x = LABELS + width * grid.columns.index(cell.across)
            canvas.parts.append(drawn(cell, (x, canvas.y, width, height), text_of(cell), SMALL))
        canvas.y += height


def add_narrow(canvas: Canvas, shape: Shaped, grid: Grid) -> None:
    """The cells of a study below its name, each with the letter of its outcome."""
    letters = dict(zip(grid.columns, ascii_uppercase, strict=False))
    told = ", ".join(f"{letter}: {column}" for column, letter in letters.items())
    add_lines(canvas, shape, told, SMALL, most=12)
    width = shape.inner / len(grid.columns)
    for label, cells in grid.rows:
        canvas.y += GAP
        add_lines(canvas, shape, label, SMALL, most=4)
        canvas.y += 2
        for cell in cells:
            x = shape.pad + width * grid.columns.index(cell.across)
            text = f"{letters[cell.across]}{text_of(cell)}" if cell.number else letters[cell.across]
            canvas.parts.append(drawn(cell, (x, canvas.y, width, CELL), text, HEAD))
        canvas.y += CELL


def text_of(cell: Cell) -> str:
    """The number of a cell, or that there is none."""
    return str(cell.number) if cell.number else NONE


def drawn(cell: Cell, place: tuple[float, float, float, float], text: str, size: float) -> Link:
    """A cell: filled by its number, or dashed."""
    x, y, width, height = place
    shade = next((shade for least, shade in SHADES if cell.number >= least), "")
    box = Box(
        x + 1.5,
        y + 1.5,
        width - 3,
        height - 3,
        shade or "paper",
        stroke="" if shade else "other",
        is_dashed=not shade,
        radius=3,
    )
    middle = (x + width / 2, y + height / 2 + 0.35 * size)
    role = "ink" if shade else "quiet"
    words = Text(*middle, text, size, role, is_bold=bool(shade), anchor="middle")
    parts: list[Part] = [box, words]
    return Link(parts, cell.link, cell.description)
