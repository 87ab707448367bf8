"""Draw a Summary of Findings: one line a row, relative effects over one axis, shares over another.

It is a table with a picture in it: what stands beside a mark is what the table says, so that the
picture can stand alone. Rows that have no number stand in it, too, with the words why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allograph.drawings.charts.axes import Axis, axis_of
from allograph.drawings.charts.drawing import Interval, Mark, Panel, Scale
from allograph.drawings.charts.svg import Canvas, Form, Line, Link, Part, Shape, Text
from allograph.drawings.lettering import lines_of, set_bold, set_width_of

SIZE, SMALL, HEAD, TITLE = 13.0, 11.0, 14.0, 18.0
LEADING = 1.3


@dataclass(frozen=True)
class Measures:
    """Pixels of a shape: its width, its margin, and where labels, the axis and figures stand."""

    width: float
    pad: float
    label: float
    plot: tuple[float, float]
    figure: float
    is_narrow: bool = False


WIDE = Measures(1080, 20, 330, (360, 650), 670)
NARROW = Measures(340, 10, 330, (22, 318), 10, is_narrow=True)


@dataclass(frozen=True)
class Drawn:
    """One row: its label, what it says below it, its number in words, and its mark if it has one.

    ``low`` and ``high`` are ``None`` where a limit is not known; ``link`` is the IRI of its first
    figure. A row ``is_faint`` whose number is that of one study, or that is not pooled.
    """

    label: str
    below: str
    figure: str
    beside: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    link: str = ""
    is_faint: bool = False


@dataclass(frozen=True)
class Chapter:
    """Rows over one axis, with the title of the panel and whom its ends favour."""

    title: str
    scale: Scale
    rows: Sequence[Drawn]
    ends: tuple[str, str] = ("", "")


def picture_of(
    title: str, lead: str, parts: Iterable[Chapter], notes: Sequence[str], measures: Measures
) -> Canvas:
    """Lay the picture out."""
    canvas = Canvas(measures.width, measures.pad)
    _paragraph(canvas, measures, title, TITLE, is_bold=True)
    _paragraph(canvas, measures, lead, SIZE, role="quiet")
    for part in parts:
        _add_part(canvas, measures, part)
    canvas.y += 10
    for note in notes:
        _paragraph(canvas, measures, note, SMALL, role="quiet")
    canvas.y += measures.pad
    return canvas


def _paragraph(
    canvas: Canvas,
    measures: Measures,
    text: str,
    size: float,
    *,
    role: str = "ink",
    is_bold: bool = False,
) -> None:
    width = measures.width - 2 * measures.pad
    measure = set_bold if is_bold else set_width_of
    for line in lines_of(text, width, size, most=8, measure=measure) if text else ():
        canvas.y += size * LEADING
        canvas.parts.append(Text(measures.pad, canvas.y - 0.3 * size, line, size, role, is_bold))


def _add_part(canvas: Canvas, measures: Measures, part: Chapter) -> None:
    canvas.y += 14
    _paragraph(canvas, measures, part.title, HEAD, is_bold=True)
    canvas.y += 4
    marks = [_mark(row) for row in part.rows if row.value is not None]
    axis = axis_of(Panel(part.scale, tuple(marks))) if marks else None
    place = len(canvas.parts)
    top = canvas.y
    for row in part.rows:
        _add_row(canvas, measures, row, axis)
    if axis is not None:
        canvas.parts[place:place] = _grid(measures, part.scale, axis, top, canvas.y)
        _add_axis(canvas, measures, part, axis)


def _mark(row: Drawn) -> Mark:
    """The row as other plots know it, so that its axis is made by the same rule."""
    limits = None
    if row.low is not None and row.high is not None:
        limits = Interval(row.low, row.high, is_derived=False)
    return Mark(row.label, row.value or 0.0, row.figure, row.link, interval=limits)


def _x(measures: Measures, axis: Axis, value: float) -> float:
    left, right = measures.plot
    return left + axis.place(value) * (right - left)


def _add_row(canvas: Canvas, measures: Measures, row: Drawn, axis: Axis | None) -> None:
    top = canvas.y
    right = measures.width - measures.pad
    label_width = measures.label - measures.pad
    figure_width = right - measures.figure
    label = _texts(row.label, measures.pad, top, label_width, SIZE, is_bold=True)
    below = _texts(row.below, measures.pad, _end(label, top), label_width, SMALL, role="quiet")
    if measures.is_narrow:
        drawn = _end(below, _end(label, top)) + 10
        figure_top = drawn + 8 if row.value is not None and axis else _end(below, _end(label, top))
    else:
        drawn, figure_top = top + SIZE, top
    figure = _texts(row.figure, measures.figure, figure_top, figure_width, SIZE)
    beside = _texts(
        row.beside, measures.figure, _end(figure, figure_top), figure_width, SMALL, role="quiet"
    )
    parts: list[Part] = [*label, *below, *figure, *beside]
    if axis is not None and row.value is not None:
        parts.extend(_glyph(measures, axis, row, drawn))
    said = ". ".join(filter(None, (row.label, row.below, row.figure, row.beside)))
    canvas.parts.append(Link(parts, row.link, said))
    canvas.y = max(part.y for part in parts if isinstance(part, Text)) + 10


def _texts(
    text: str,
    x: float,
    top: float,
    width: float,
    size: float,
    *,
    role: str = "ink",
    is_bold: bool = False,
) -> list[Text]:
    """The lines of a text below a height."""
    measure = set_bold if is_bold else set_width_of
    lines = lines_of(text, width, size, most=5, measure=measure) if text else ()
    return [
        Text(x, top + size * LEADING * number, line, size, role, is_bold)
        for number, line in enumerate(lines, start=1)
    ]


def _end(texts: Sequence[Text], top: float) -> float:
    return texts[-1].y if texts else top


def _glyph(measures: Measures, axis: Axis, row: Drawn, y: float) -> list[Part]:
    """The mark of a row: a diamond of what is pooled, a hollow square of one study."""
    value = row.value or 0.0
    parts: list[Part] = []
    if row.low is not None and row.high is not None:
        left, right = (_x(measures, axis, end) for end in (row.low, row.high))
        parts.append(Line(left, y, right, y, "accent", 2))
    form: Form = "square" if row.is_faint else "diamond"
    parts.append(Shape(form, _x(measures, axis, value), y, "accent", is_filled=not row.is_faint))
    return parts


def _grid(measures: Measures, scale: Scale, axis: Axis, top: float, bottom: float) -> list[Part]:
    if measures.is_narrow:
        return []
    lines: list[Part] = []
    for tick in axis.ticks:
        x = _x(measures, axis, tick)
        is_null = scale.null is not None and tick == scale.null
        lines.append(Line(x, top, x, bottom, "quiet" if is_null else "rule"))
    return lines


def _add_axis(canvas: Canvas, measures: Measures, part: Chapter, axis: Axis) -> None:
    canvas.y += 6
    left, right = measures.plot
    canvas.parts.append(Line(left, canvas.y, right, canvas.y, "quiet"))
    canvas.y += SMALL * LEADING
    for tick in axis.ticks:
        x = _x(measures, axis, tick)
        canvas.parts.append(Text(x, canvas.y, f"{tick:g}", SMALL, "quiet", anchor="middle"))
    low, high = part.ends
    if low or high:
        canvas.y += SMALL * LEADING
        canvas.parts.append(Text(left, canvas.y, f"← {low}", SMALL, "quiet"))
        canvas.parts.append(Text(right, canvas.y, f"{high} →", SMALL, "quiet", anchor="end"))
