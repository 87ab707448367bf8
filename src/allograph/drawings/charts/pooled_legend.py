"""The legend of a forest plot of pools: what its marks mean, and the letters of doubts."""

from __future__ import annotations

from functools import partial

from allograph.drawings.charts.layout import Shaped, add_entries
from allograph.drawings.charts.looks import words_of_letters
from allograph.drawings.charts.pooled import PoolPlot
from allograph.drawings.charts.pooled_marks import GREY
from allograph.drawings.charts.svg import Canvas, Line, Lozenge, Part, Shape


def add_legend(canvas: Canvas, shape: Shaped, plot: PoolPlot) -> None:
    """What the marks mean, and the letters of doubts."""
    entries = [(partial(sample_at, sample), words) for words, sample in legend_of(plot)]
    letters = words_of_letters("".join(line.doubts for line in plot.lines))
    add_entries(canvas, shape, entries, letters)


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
