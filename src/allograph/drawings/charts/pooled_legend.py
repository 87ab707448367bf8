"""The legend of a forest plot of pools: what its marks mean, and the letters of doubts."""

from __future__ import annotations

from allograph.drawings.charts.layout import LEADING, SIZE, SMALL, Shaped, add_entry
from allograph.drawings.charts.looks import words_of_letters
from allograph.drawings.charts.pooled import PoolPlot
from allograph.drawings.charts.pooled_marks import GREY
from allograph.drawings.charts.svg import Canvas, Line, Lozenge, Part, Shape, Text


def add_legend(canvas: Canvas, shape: Shaped, plot: PoolPlot) -> None:
    """What the marks mean, and the letters of doubts."""
    canvas.y += 18
    canvas.parts.append(Line(shape.pad, canvas.y, shape.right, canvas.y))
    canvas.y += 6
    letters = words_of_letters("".join(line.doubts for line in plot.lines))
    is_split = bool(letters) and not shape.is_narrow
    width = shape.inner / 2 - 12 if is_split else shape.inner
    start = canvas.y
    for words, sample in legend_of(plot):
        middle, x = canvas.y + SMALL * LEADING / 2 + 1, shape.pad + 10
        canvas.parts += sample_at(sample, x, middle)
        add_entry(canvas, shape.pad, width, words)
    end = canvas.y
    left = shape.pad + width + 24 if is_split else shape.pad
    canvas.y = start if is_split else end
    for letter, words in letters:
        at = (left + 6, canvas.y + SMALL * LEADING - 3, letter, SIZE)
        canvas.parts.append(Text(*at, role="doubt", is_bold=True))
        add_entry(canvas, left, width, words)
    canvas.y = max(canvas.y, end)


def sample_at(sample: str, x: float, y: float) -> list[Part]:
    """The mark that stands before an entry of the legend."""
    match sample:
        case "diamond":
            return [Lozenge(x - 10, x, x + 10, y, "accent", half=5)]
        case "prediction":
            return [Line(x - 10, y, x + 10, y, "beside", 2.5)]
        case "grey":
            return [
                Line(x - 9, y, x + 9, y, GREY, 1.75),
                Shape("square", x, y, GREY, False, radius=3.5),
            ]
        case "derived":
            return [Shape("square", x, y, "accent", is_filled=False, radius=4)]
        case "doubted":
            return [Shape("square", x, y, "doubt", is_filled=False, is_dashed=True, radius=4)]
        case _:
            return [
                Line(x - 10, y, x + 10, y, "accent", 1.75),
                Shape("square", x, y, "accent", radius=5),
            ]


def legend_of(plot: PoolPlot) -> list[tuple[str, str]]:
    """The entries for what occurs in a plot: words, and the name of the sample."""
    lines = [line for line in plot.lines if line.spread]
    pooled = [panel.pooled for panel in plot.panels if panel.pooled]
    entries = []
    if any(line.weight is not None for line in lines):
        entries.append(("study with its interval: the larger the square, the more it weighs", ""))
    if any(line.is_derived and not line.is_grey for line in lines):
        entries.append(("numbers computed here from printed ones", "derived"))
    if any(line.doubts and not line.is_grey for line in lines):
        entries.append(("doubted: the letter says why", "doubted"))
    if any(one.spread for one in pooled):
        entries.append(("pooled, as wide as its interval", "diamond"))
    if any(one.prediction for one in pooled):
        entries.append(
            ("where a new study like these is expected (prediction interval)", "prediction")
        )
    if any(line.is_grey for line in lines):
        entries.append(("not pooled: the reason stands beside it", "grey"))
    return entries
