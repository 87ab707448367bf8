"""Lay a chart out, from its title to its source, in one of two shapes.

The wide one has columns: who, the axis, n/N, the figure with its interval, the letters of doubts.
The narrow one, for the width of a phone, has each label above its line and the figures below it.
Every text is measured before it is placed, and broken where it is too long: nothing overlaps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from allograph.drawings.charts.arrange import Arranged
from allograph.drawings.charts.axes import Axis, axis_of
from allograph.drawings.charts.drawing import NO_PEOPLE, Caption, Mark, Panel, Scale
from allograph.drawings.charts.looks import Key, interval_parts, legend_of, letters_of, shape_of
from allograph.drawings.charts.svg import Canvas, Line, Link, Part, Shape, Text
from allograph.drawings.lettering import lines_of, set_bold, set_width_of


@dataclass(frozen=True)
class Shaped:
    """The measures of a shape, in pixels from the left; a narrow one has no columns at the right.

    ``label`` is the right end of labels, ``plot`` the ends of axes, ``people`` the right end of
    n/N, ``figure`` the ends of figures, ``letters`` the right end of doubts.
    """

    width: float
    pad: float
    label: float
    plot: tuple[float, float]
    people: float
    figure: tuple[float, float]
    title: float
    is_narrow: bool = False

    @property
    def right(self) -> float:
        """The right end of everything."""
        return self.width - self.pad

    @property
    def inner(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.pad


WIDE = Shaped(1080, 20, 396, (420, 708), 806, (822, 1008), 20)
NARROW = Shaped(340, 10, 330, (22, 318), 0, (0, 0), 16, is_narrow=True)

SIZE, SMALL, HEAD, FOOT = 13.0, 11.5, 15.0, 11.0
"""Pixels of letters: of labels and figures, of heads and designs, of panels, below the marks."""
LEADING = 1.25
"""From line to line, in sizes of letters."""
ROW, GAP = 24, 8
"""The least height of a row, which a finger can meet (WCAG 2.2, 2.5.8), and what is around it."""
ON_A_SCREEN = 10
"""Marks that a reader sees at once: the legend of more stands above them, that of fewer below."""
BAND, SAMPLE = 20, 30
"""The height of the line of a mark in the narrow shape; the width of a sample in the legend."""


def picture_of(chart: Arranged, caption: Caption, shape: Shaped) -> Canvas:
    """Lay out a whole picture."""
    canvas = Canvas(shape.width, shape.pad)
    add_title(canvas, shape, caption)
    is_long = len(chart.shown) > ON_A_SCREEN
    if is_long:
        add_legend(canvas, shape, chart.shown)
    for panel in chart.panels:
        add_panel(canvas, shape, panel)
    if not is_long:
        add_legend(canvas, shape, chart.shown)
    canvas.y += 8
    add_notes(canvas, shape, caption)
    canvas.y += shape.pad / 2
    return canvas


def add_title(canvas: Canvas, shape: Shaped, caption: Caption) -> None:
    """The question that is answered, and of whom the answer speaks."""
    title = caption.asked[:1].upper() + caption.asked[1:]
    add_lines(canvas, shape, title, shape.title, is_bold=True, most=6)
    if caption.people:
        canvas.y += 2
        add_lines(canvas, shape, caption.people, SIZE, role="quiet")


def add_lines(
    canvas: Canvas,
    shape: Shaped,
    text: str,
    size: float,
    *,
    role: str = "ink",
    is_bold: bool = False,
    most: int = 4,
) -> None:
    """A paragraph between the margins."""
    for line in broken(text, shape.inner, size, is_bold=is_bold, most=most):
        canvas.y += size * LEADING
        canvas.parts.append(Text(shape.pad, canvas.y - 0.3 * size, line, size, role, is_bold))


def broken(
    text: str, width: float, size: float, *, is_bold: bool = False, most: int = 4
) -> tuple[str, ...]:
    """The lines of a text."""
    measure = set_bold if is_bold else set_width_of
    return lines_of(text, width, size, most=most, measure=measure)


def add_panel(canvas: Canvas, shape: Shaped, panel: Panel) -> None:
    """A panel: what is measured, the heads of columns, the marks, the axis and whom it favours."""
    axis = axis_of(panel)
    canvas.y += 18
    add_lines(canvas, shape, title_of(panel.scale), HEAD, is_bold=True, most=3)
    add_heads(canvas, shape, panel.scale)
    grid = len(canvas.parts)
    top, heading = canvas.y, ""
    for mark in panel.marks:
        if mark.heading and mark.heading != heading:
            add_heading(canvas, shape, mark)
            heading = mark.heading
        (add_narrow_row if shape.is_narrow else add_wide_row)(
            canvas, shape, panel.scale, mark, axis
        )
    if not shape.is_narrow:
        canvas.parts[grid:grid] = grid_of(shape, panel.scale, axis, top, canvas.y)
    add_axis(canvas, shape, panel, axis)


def title_of(scale: Scale) -> str:
    """What a panel shows, with a capital."""
    about = scale.about or scale.measure
    if scale.null is not None:
        about = f"{about}: {scale.measure}"
    return about[:1].upper() + about[1:]


def add_heads(canvas: Canvas, shape: Shaped, scale: Scale) -> None:
    """The heads of the columns, or in the narrow shape the axis in words."""
    if shape.is_narrow:
        add_lines(canvas, shape, axis_words(scale), SMALL, role="quiet", most=3)
        canvas.y += 4
        return
    canvas.y += 20
    y = canvas.y - 6
    heads = [
        Text(shape.pad, y, "Study and people", SMALL, "quiet", is_bold=True),
        Text(shape.plot[0], y, first_line(axis_words(scale), shape), SMALL, "quiet", is_bold=True),
        Text(shape.people, y, people_head(scale), SMALL, "quiet", is_bold=True, anchor="end"),
        Text(shape.figure[0], y, figure_head(scale), SMALL, "quiet", is_bold=True),
        Text(shape.right, y, "Doubt", SMALL, "quiet", is_bold=True, anchor="end"),
    ]
    canvas.parts += [*heads, Line(shape.pad, canvas.y, shape.right, canvas.y, "other")]
    canvas.y += 4


def first_line(text: str, shape: Shaped) -> str:
    """A text as far as the axis is wide."""
    return broken(text, shape.plot[1] - shape.plot[0], SMALL, is_bold=True, most=1)[0]


def axis_words(scale: Scale) -> str:
    """The statistic and the unit of an axis."""
    measure = scale.measure[:1].upper() + scale.measure[1:]
    if scale.is_ratio:
        return f"{measure}, logarithmic"
    return f"{measure}, {scale.unit_words}" if scale.unit_words else measure


def people_head(scale: Scale) -> str:
    """The head of the people: both sides of an effect, else how many of how many."""
    return "People" if scale.null is not None else "n/N" if scale.is_share else "N"


def figure_head(scale: Scale) -> str:
    """The head of the figures: their unit, and which intervals stand beside them."""
    unit = scale.unit_words or ("Ratio" if scale.is_ratio else "Figure")
    return f"{unit[:1].upper()}{unit[1:]} (95% CI)"


def add_heading(canvas: Canvas, shape: Shaped, mark: Mark) -> None:
    """A study and its design, above its marks."""
    canvas.y += GAP / 2
    width = shape.label - shape.pad
    lines = broken(mark.heading, width, SIZE, is_bold=True, most=3)
    for line in lines:
        canvas.y += SIZE * LEADING
        canvas.parts.append(Text(shape.pad, canvas.y - 4, line, SIZE, is_bold=True))
    if mark.design:
        end = shape.pad + set_bold(lines[-1], SIZE) + 8
        if end + set_width_of(mark.design, SMALL) > shape.label:
            canvas.y += SMALL * LEADING
            end = shape.pad
        canvas.parts.append(Text(end, canvas.y - 4, mark.design, SMALL, "quiet"))


def add_wide_row(canvas: Canvas, shape: Shaped, _: Scale, mark: Mark, axis: Axis) -> None:
    """A mark between its label and its figures, all around one line."""
    indent = 12 if mark.heading else 0
    left = shape.pad + indent
    labels = broken(mark.name, shape.label - left, SIZE, most=3)
    figures = broken(mark.text, shape.figure[1] - shape.figure[0], SIZE, most=3)
    step = SIZE * LEADING
    height = max(ROW, max(len(labels), len(figures)) * step + GAP)
    middle = canvas.y + height / 2
    people = mark.people or NO_PEOPLE
    role = "quiet" if people == NO_PEOPLE else "ink"
    texts: list[Part] = [
        *column(labels, left, middle, step),
        Text(shape.people, middle + 4.5, people, SIZE, role, anchor="end"),
        *column(figures, shape.figure[0], middle, step),
    ]
    if mark.doubts:
        letters = " ".join(mark.doubts)
        place = (shape.right, middle + 4.5, letters, SIZE)
        texts.append(Text(*place, role="doubt", is_bold=True, anchor="end"))
    marks = mark_parts(shape, mark, axis, middle)
    canvas.parts.append(Link([*texts, *marks], mark.link, described(mark)))
    canvas.y += height


def column(lines: Sequence[str], x: float, middle: float, step: float) -> list[Text]:
    """Lines below each other, around a middle."""
    first = middle + 4.5 - step * (len(lines) - 1) / 2
    return [Text(x, first + step * place, line, SIZE) for place, line in enumerate(lines)]


def add_narrow_row(canvas: Canvas, shape: Shaped, scale: Scale, mark: Mark, axis: Axis) -> None:
    """The label, below it the mark, below it the figure, its people and its doubts."""
    step = SIZE * LEADING
    canvas.y += GAP / 2
    parts: list[Part] = []
    for line in broken(mark.name, shape.inner, SIZE):
        canvas.y += step
        parts.append(Text(shape.pad, canvas.y - 4, line, SIZE))
    parts += grid_of(shape, scale, axis, canvas.y + 2, canvas.y + BAND - 2)
    parts += mark_parts(shape, mark, axis, canvas.y + BAND / 2)
    canvas.y += BAND
    people = f"people {NO_PEOPLE}" if not mark.people else mark.people
    letters = " ".join(mark.doubts)
    room = shape.inner - (set_bold(letters, SIZE) + 10 if letters else 0)
    for place, line in enumerate(broken(f"{mark.text} \N{MIDDLE DOT} {people}", room, SIZE)):
        canvas.y += step
        parts.append(Text(shape.pad, canvas.y - 4, line, SIZE, "quiet"))
        if letters and place == 0:
            at = (shape.right, canvas.y - 4, letters, SIZE)
            parts.append(Text(*at, role="doubt", is_bold=True, anchor="end"))
    canvas.parts.append(Link(parts, mark.link, described(mark)))
    canvas.y += GAP / 2


def described(mark: Mark) -> str:
    """A mark in words, with the words of its doubts."""
    doubts = "; ".join(words for _, words in letters_of([mark]))
    return f"{mark.description}; doubted: {doubts}" if doubts else mark.description


def mark_parts(shape: Shaped, mark: Mark, axis: Axis, y: float) -> list[Part]:
    """The interval of a mark, and above it the mark."""
    parts: list[Part] = []
    if mark.interval:
        low, high = mark.interval.low, mark.interval.high
        ends = (axis.holds(low), axis.holds(high))
        parts += interval_parts(
            mark, place_on(shape, axis, low), place_on(shape, axis, high), y, ends
        )
    parts.append(shape_of(mark, place_on(shape, axis, mark.value), y))
    return parts


def place_on(shape: Shaped, axis: Axis, value: float) -> float:
    """Where a value stands, from the left."""
    left, right = shape.plot
    return left + (right - left) * axis.place(value)


def grid_of(shape: Shaped, scale: Scale, axis: Axis, top: float, bottom: float) -> list[Part]:
    """The lines of the ticks, that of no effect stronger; they stand behind the marks."""
    lines: list[Part] = []
    for tick in axis.ticks:
        x = place_on(shape, axis, tick)
        lines.append(Line(x, top, x, bottom))
    if scale.null is not None:
        x = place_on(shape, axis, scale.null)
        lines.append(Line(x, top, x, bottom, "quiet", 1.5))
    return lines


def add_axis(canvas: Canvas, shape: Shaped, panel: Panel, axis: Axis) -> None:
    """The axis of a panel below its marks."""
    add_axis_of(canvas, shape, axis, panel.scale, panel.favours.ends if panel.favours else None)


def add_axis_of(
    canvas: Canvas, shape: Shaped, axis: Axis, scale: Scale, favoured: tuple[str, str] | None
) -> None:
    """The ticks below the marks, and of effects whom each end favours, as far as that is known."""
    left, right = shape.plot
    canvas.parts.append(Line(left, canvas.y, right, canvas.y, "other"))
    canvas.y += 15
    end = -1000.0
    for tick in axis.ticks:
        text = Text(
            place_on(shape, axis, tick),
            canvas.y - 1,
            f"{tick:g}".replace("-", "\N{MINUS SIGN}"),
            FOOT,
            "quiet",
            anchor="middle",
        )
        if text.box[0] > end + 3:
            canvas.parts.append(text)
            end = text.box[2]
    if scale.null is not None:
        add_favours(canvas, shape, favoured)


def add_favours(canvas: Canvas, shape: Shaped, favoured: tuple[str, str] | None) -> None:
    """Whom each end of an axis favours, with an arrow."""
    left, right = shape.plot
    half = (right - left) / 2 - 6
    lower, higher = ends_of(favoured)
    lowers = list(broken(f"\N{LEFTWARDS ARROW} {lower}", half, FOOT))
    arrow = " \N{RIGHTWARDS ARROW}"
    highers = list(broken(higher, half - set_width_of(arrow, FOOT), FOOT))
    highers[-1] += arrow
    start, step = canvas.y - 2, FOOT * LEADING
    for place, line in enumerate(lowers, 1):
        canvas.parts.append(Text(left, start + step * place, line, FOOT))
    for place, line in enumerate(highers, 1):
        canvas.parts.append(Text(right, start + step * place, line, FOOT, anchor="end"))
    canvas.y += step * max(len(lowers), len(highers))


def ends_of(favoured: tuple[str, str] | None) -> tuple[str, str]:
    """What it means to stand at the lower, or at the higher end of an axis of effects."""
    if favoured:
        lower, higher = favoured
        return f"favours {lower}", f"favours {higher}"
    return "less with the first named", "more with the first named"


def add_legend(canvas: Canvas, shape: Shaped, marks: Sequence[Mark]) -> None:
    """What the marks mean, and the letters of doubts."""

    def sample_at(key: Key, x: float, y: float) -> list[Part]:
        mark = key.form and Shape(key.form, x, y, key.role, key.is_filled, key.is_dashed)
        return [mark or Line(x - 10, y, x + 10, y, key.role, 2, key.is_dashed)]

    entries = [(partial(sample_at, key), key.words) for key in legend_of(marks)]
    add_entries(canvas, shape, entries, letters_of(marks))


def add_entries(
    canvas: Canvas,
    shape: Shaped,
    entries: Iterable[tuple[Callable[[float, float], list[Part]], str]],
    letters: Sequence[tuple[str, str]],
) -> None:
    """Samples with their words, and letters: beside each other, or in the narrow shape below."""
    canvas.y += 18
    canvas.parts.append(Line(shape.pad, canvas.y, shape.right, canvas.y))
    canvas.y += 6
    is_split = bool(letters) and not shape.is_narrow
    width = shape.inner / 2 - 12 if is_split else shape.inner
    start = canvas.y
    for sample_at, words in entries:
        canvas.parts += sample_at(shape.pad + 10, canvas.y + SMALL * LEADING / 2 + 1)
        add_entry(canvas, shape.pad, width, words)
    end = canvas.y
    left = shape.pad + width + 24 if is_split else shape.pad
    canvas.y = start if is_split else end
    for letter, words in letters:
        at = (left + 6, canvas.y + SMALL * LEADING - 3, letter, SIZE)
        canvas.parts.append(Text(*at, role="doubt", is_bold=True))
        add_entry(canvas, left, width, words)
    canvas.y = max(canvas.y, end)


def add_entry(canvas: Canvas, left: float, width: float, words: str) -> None:
    """The words of one entry of a legend, beside its sample."""
    for line in broken(words, width - SAMPLE, SMALL):
        canvas.y += SMALL * LEADING
        canvas.parts.append(Text(left + SAMPLE, canvas.y - 3, line, SMALL))
    canvas.y += 4


def add_notes(canvas: Canvas, shape: Shaped, caption: Caption) -> None:
    """What is left out, where it comes from, and what it is not."""
    canvas.y += 4
    for note in caption.notes:
        add_lines(canvas, shape, note, SMALL)
    if caption.source:
        add_lines(canvas, shape, caption.source, FOOT, role="quiet", most=6)
