"""What all kinds of rows have in common: a scale, a mark before its figure, an interval."""

from __future__ import annotations

from allograph.drawings.charts.doubting import letters_of
from allograph.drawings.charts.drawing import Interval, Mark, Scale
from allograph.questions.plot import PlotHeader, Row
from allograph.reading.pictured import Pictured
from allograph.text.numerals import between

SIGNS = {"more than": "> ", "less than": "< ", "at most": "≤ ", "at least": "≥ ", "about": "≈ "}
TIER = "source"
"""The template that says which kind of report prints a row."""


def begun(row: Row, header: PlotHeader, known: Pictured, *doubts: str) -> Mark:
    """The mark of a row, before its figure: whom it is about, and what is doubted."""
    source = header.text(row, TIER)
    return Mark(
        label=header.text(row, "label"),
        value=0,
        number="",
        link=header.value(row, "link"),
        heading=header.text(row, "heading"),
        doubts=letters_of(row, header, *doubts),
        sources=(source,) if source else (),
        design=known.design,
        rank=known.rank,
        size=header.count(row, "size") or known.size or 0,
        treatment=known.treatment,
        study=known.study or header.text(row, "heading"),
        groups=known.groups,
    )


def scale_of(row: Row, header: PlotHeader, known: Pictured, measure: str, unit: str) -> Scale:
    """The scale of a figure: what is measured, of whom, by which statistic, in which unit."""
    about = header.text(row, "panel")
    is_part = known.among and not header.is_derived  # a computed share has the whole below it
    return Scale(f"{about}, of {known.among}" if is_part else about, measure, unit)


def printed_interval(row: Row, header: PlotHeader, known: Pictured) -> Interval | None:
    """The interval as printed, with its digits and its level; else there is none.

    It stands in the columns of the row, or where the question has none, beside the figure in the
    graph; not beside a value that the answer computes.
    """
    if "lower" in header.columns:
        low, high, level = (header.value(row, name) for name in ("lower", "upper", "level"))
    else:
        low, high, level = ("", "", "") if header.is_derived else known.limits
    if not low or not high:
        return None
    return Interval(
        float(low),
        float(high),
        is_derived=False,
        printed=between(low, high),
        level=float(level) if level else None,
    )


def sign_of(row: Row, header: PlotHeader) -> str:
    """The bound of a figure as a sign, by its label or its key; empty where it has none."""
    bound = header.value(row, "bound").replace("-", " ")
    return SIGNS.get(bound, f"{bound} " if bound else "")


def counted(mark: Mark) -> str:
    """The people of a group, where nobody is counted of them."""
    return f"N = {mark.size}" if mark.size else ""
