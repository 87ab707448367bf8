"""Lay out a forest plot of pools: wide with columns, or narrow for a phone.

The wide one has who, n/N, the axis, the figure with its interval, its weight, and the letters of
doubts; the narrow one has each study above its mark and its numbers below. Squares grow with the
weight of a study (their area, not their side), the pooled estimate is a diamond as wide as its
interval, the prediction interval a line below it. What is not pooled is grey, and says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from allograph.drawings.charts.axes import Axis
from allograph.drawings.charts.drawing import Caption, Scale
from allograph.drawings.charts.layout import (
    BAND,
    GAP,
    HEAD,
    LEADING,
    ROW,
    SIZE,
    SMALL,
    Shaped,
    add_axis_of,
    add_lines,
    add_notes,
    add_title,
    axis_words,
    broken,
    grid_of,
    place_on,
)
from allograph.drawings.charts.looks import words_of_letters
from allograph.drawings.charts.pooled import (
    PooledLine,
    PoolPanel,
    PoolPlot,
    Spread,
    StudyLine,
    axis_of,
)
from allograph.drawings.charts.pooled_legend import add_legend
from allograph.drawings.charts.pooled_marks import marks_of, whiskers
from allograph.drawings.charts.svg import Canvas, Line, Link, Lozenge, Part, Text
from allograph.drawings.lettering import set_bold

WIDE = Shaped(1080, 20, 330, (476, 726), 460, (742, 930), 20)
NARROW = Shaped(340, 10, 330, (22, 318), 0, (0, 0), 16, is_narrow=True)
WEIGHT = 1004
"""The right end of weights in the wide shape."""


class Column(NamedTuple):
    """Lines of text below each other: their words, sizes and roles."""

    texts: Sequence[tuple[str, float, str, bool]]

    @property
    def height(self) -> float:
        """How high all lines are together."""
        return sum(size * LEADING for _, size, _, _ in self.texts)

    def parts(self, x: float, middle: float) -> list[Part]:
        """The lines around a middle."""
        y, parts = middle - self.height / 2, list[Part]()
        for words, size, role, is_bold in self.texts:
            y += size * LEADING
            parts.append(Text(x, y - 0.28 * size, words, size, role, is_bold))
        return parts


def pooled_picture(plot: PoolPlot, caption: Caption, *, is_narrow: bool = False) -> Canvas:
    """Lay out a whole picture."""
    shape = NARROW if is_narrow else WIDE
    canvas = Canvas(shape.width, shape.pad)
    add_title(canvas, shape, caption)
    for panel in plot.panels:
        add_panel(canvas, shape, panel)
    add_legend(canvas, shape, plot)
    canvas.y += 8
    add_notes(canvas, shape, caption)
    canvas.y += shape.pad / 2
    return canvas


def add_panel(canvas: Canvas, shape: Shaped, panel: PoolPanel) -> None:
    """A pool: what its figures have in common, its studies, what they give, and how they differ."""
    canvas.y += 20
    add_lines(canvas, shape, panel.title, HEAD, is_bold=True, most=6)
    if not panel.has_marks:
        for line in panel.lines:
            add_words(canvas, shape, line)
    else:
        axis = axis_of(panel)
        add_heads(canvas, shape, panel)
        behind, top = len(canvas.parts), canvas.y
        for line in panel.lines:
            (add_narrow if shape.is_narrow else add_wide)(canvas, shape, panel, line, axis)
        if panel.pooled:
            add_pooled(canvas, shape, panel, panel.pooled, axis)
        if not shape.is_narrow:
            grid = grid_of(shape, panel.scale, axis, top, canvas.y)
            if panel.pooled and panel.pooled.spread:
                x = place_on(shape, axis, panel.pooled.spread.value)
                grid.append(Line(x, top, x, canvas.y, "accent", 1, is_dashed=True))
            canvas.parts[behind:behind] = grid
        ends = panel.favours.ends if panel.favours else None
        add_axis_of(canvas, shape, axis, panel.scale, ends)
    canvas.y += 4
    for note in panel.notes:
        add_lines(canvas, shape, note, SMALL, role="quiet", most=8)


def add_heads(canvas: Canvas, shape: Shaped, panel: PoolPanel) -> None:
    """The heads of the columns, or in the narrow shape the axis in words."""
    if shape.is_narrow:
        add_lines(canvas, shape, axis_words(panel.scale), SMALL, role="quiet", most=3)
        canvas.y += 4
        return
    canvas.y += 20
    y = canvas.y - 6
    axis = broken(axis_words(panel.scale), shape.plot[1] - shape.plot[0], SMALL, most=1)[0]
    heads = [
        Text(shape.pad, y, "Study", SMALL, "quiet", is_bold=True),
        Text(shape.people, y, people_head(panel), SMALL, "quiet", True, "end"),
        Text(shape.plot[0], y, axis, SMALL, "quiet", is_bold=True),
        Text(shape.figure[0], y, f"{unit_head(panel.scale)} (interval)", SMALL, "quiet", True),
        Text(WEIGHT, y, "Weight", SMALL, "quiet", True, "end"),
        Text(shape.right, y, "Doubt", SMALL, "quiet", True, "end"),
    ]
    canvas.parts += [*heads, Line(shape.pad, canvas.y, shape.right, canvas.y, "other")]
    canvas.y += 4


def people_head(panel: PoolPanel) -> str:
    """The head of the people: how many of how many, of both sides of a comparison; else who."""
    if not any("/" in line.people for line in panel.lines):
        return "People"
    return "n/N v n/N" if panel.scale.null is not None else "n/N"


def unit_head(scale: Scale) -> str:
    """The head of the figures: their unit."""
    unit = scale.unit_words or ("Ratio" if scale.is_ratio else "Figure")
    return f"{unit[:1].upper()}{unit[1:]}"


def named(line: StudyLine, width: float) -> Column:
    """Who is counted: the study, below it which people and where, and of a grey one the reason."""
    role = "quiet" if line.is_grey else "ink"
    return Column(
        [
            *((each, SIZE, role, True) for each in broken(line.study, width, SIZE, is_bold=True)),
            *((each, SMALL, "quiet", False) for each in broken(line.detail, width, SMALL, most=3)),
            *((each, SMALL, role, False) for each in broken(line.reason, width, SMALL, most=6)),
        ]
    )


def add_wide(canvas: Canvas, shape: Shaped, panel: PoolPanel, line: StudyLine, axis: Axis) -> None:
    """A study between its name and its numbers, all around one line."""
    role = "quiet" if line.is_grey else "ink"
    names = named(line, shape.label - shape.pad)
    figure = broken(line.figure, shape.figure[1] - shape.figure[0], SIZE, most=3)
    figures = Column([(each, SIZE, role, False) for each in figure])
    height = max(ROW, names.height + GAP, figures.height + GAP)
    middle = canvas.y + height / 2
    parts: list[Part] = [
        *names.parts(shape.pad, middle),
        Text(shape.people, middle + 4.5, line.people, SIZE, role, anchor="end"),
        *marks_of(shape, panel, line, axis, middle),
        *figures.parts(shape.figure[0], middle),
        Text(WEIGHT, middle + 4.5, line.weight_text, SIZE, role, anchor="end"),
        Text(shape.right, middle + 4.5, " ".join(line.doubts), SIZE, "doubt", True, "end"),
    ]
    canvas.parts.append(Link(shown(parts), line.link, described(line)))
    canvas.y += height


def add_narrow(
    canvas: Canvas, shape: Shaped, panel: PoolPanel, line: StudyLine, axis: Axis
) -> None:
    """The name of a study, below it its mark, below that its numbers."""
    names = named(line, shape.inner)
    canvas.y += GAP / 2
    parts = names.parts(shape.pad, canvas.y + names.height / 2)
    canvas.y += names.height
    parts += grid_of(shape, panel.scale, axis, canvas.y + 2, canvas.y + BAND - 2)
    parts += marks_of(shape, panel, line, axis, canvas.y + BAND / 2)
    canvas.y += BAND
    letters = " ".join(line.doubts)
    room = shape.inner - (set_bold(letters, SIZE) + 10 if letters else 0)
    weight = line.weight_text and f"weight {line.weight_text}"
    said = " \N{MIDDLE DOT} ".join(filter(None, (line.figure, line.people, weight)))
    for place, each in enumerate(broken(said, room, SIZE)):
        canvas.y += SIZE * LEADING
        parts.append(Text(shape.pad, canvas.y - 4, each, SIZE, "quiet"))
        if letters and place == 0:
            parts.append(Text(shape.right, canvas.y - 4, letters, SIZE, "doubt", True, "end"))
    canvas.parts.append(Link(parts, line.link, described(line)))
    canvas.y += GAP / 2


def add_words(canvas: Canvas, shape: Shaped, line: StudyLine) -> None:
    """A grey line where nothing stands over an axis."""
    names = named(line, shape.inner)
    canvas.y += GAP / 2
    parts = names.parts(shape.pad, canvas.y + names.height / 2)
    canvas.parts.append(Link(parts, line.link, described(line)))
    canvas.y += names.height + GAP / 2


def shown(parts: Sequence[Part]) -> list[Part]:
    """Parts without texts that say nothing."""
    return [part for part in parts if not isinstance(part, Text) or part.text]


def described(line: StudyLine) -> str:
    """A line in words, with the words of its doubts."""
    doubts = "; ".join(words for _, words in words_of_letters(line.doubts))
    return f"{line.description}; doubted: {doubts}" if doubts else line.description


def add_pooled(
    canvas: Canvas, shape: Shaped, panel: PoolPanel, pooled: PooledLine, axis: Axis
) -> None:
    """What the studies give: the diamond with its words, below it the prediction interval."""
    canvas.y += 4
    canvas.parts.append(Line(shape.pad, canvas.y, shape.right, canvas.y, "other"))
    add_row_of_pool(canvas, shape, panel.scale, axis, pooled.label, pooled.figure, pooled.spread)
    spread = Spread(pooled.prediction[0], *pooled.prediction) if pooled.prediction else None
    add_row_of_pool(
        canvas,
        shape,
        panel.scale,
        axis,
        "Prediction interval",
        pooled.prediction_text,
        spread,
        is_bold=False,
    )


def add_row_of_pool(
    canvas: Canvas,
    shape: Shaped,
    scale: Scale,
    axis: Axis,
    label: str,
    figure: str,
    spread: Spread | None,
    *,
    is_bold: bool = True,
) -> None:
    """The pooled estimate (bold, a diamond) or the prediction interval (a line), with its words."""

    def column(text: str, width: float) -> Column:
        lines = broken(text, width, SIZE, is_bold=is_bold, most=6)
        return Column([(each, SIZE, "ink", is_bold) for each in lines])

    def marks(y: float) -> list[Part]:
        if spread is None:
            return []
        if not is_bold:
            return whiskers(shape, axis, spread, y, "beside", 2.5)
        low, high = (spread.value if it is None else it for it in (spread.low, spread.high))
        left, middle, right = (place_on(shape, axis, at) for at in (low, spread.value, high))
        return [Lozenge(left, middle, right, y, "accent")]

    if shape.is_narrow:
        above, below = column(label, shape.inner), column(figure, shape.inner)
        canvas.y += GAP / 2
        canvas.parts += above.parts(shape.pad, canvas.y + above.height / 2)
        canvas.y += above.height
        if spread:
            canvas.parts += grid_of(shape, scale, axis, canvas.y + 2, canvas.y + BAND - 2)
            canvas.parts += marks(canvas.y + BAND / 2)
            canvas.y += BAND
        canvas.parts += below.parts(shape.pad, canvas.y + below.height / 2)
        canvas.y += below.height + GAP / 2
        return
    names = column(label, shape.people - shape.pad)
    # Words instead of a mark have the room of the axis, too.
    left = shape.figure[0] if spread else shape.plot[0]
    figures = column(figure, shape.right - left)
    height = max(ROW, names.height + GAP, figures.height + GAP)
    middle = canvas.y + height / 2
    canvas.parts += [
        *names.parts(shape.pad, middle),
        *marks(middle),
        *figures.parts(left, middle),
    ]
    canvas.y += height
