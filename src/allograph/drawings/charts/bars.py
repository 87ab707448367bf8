"""Read bars side by side: the figure of a group above that of its comparator."""

from __future__ import annotations

from allograph.drawings.charts.drawing import Found, Glyph, Mark, undrawn, with_unit
from allograph.questions.plot import PlotHeader, Row

SIDES: tuple[tuple[str, str, Glyph], ...] = (
    ("group", "label", "bar"),
    ("comparator", "comparator_label", "other bar"),
)
"""Column, template and glyph of each side."""


def read_pair(row: Row, header: PlotHeader) -> Found:
    """Read one row; a comparison without both figures is not drawn."""
    if not all(header.value(row, column) for column, _, _ in SIDES):
        return undrawn(row, header, "the source says how they compare, not both figures")
    unit = header.unit(row, "group")
    marks = [
        Mark(
            label=header.text(row, template),
            value=float(header.value(row, column)),
            glyph=glyph,
            number=with_unit(header.value(row, column), unit),
            share=people(row, header, column),
            link=header.value(row, "link"),
        )
        for column, template, glyph in SIDES
    ]
    return unit, marks


def people(row: Row, header: PlotHeader, side: str) -> str:
    """Write the count behind a bar, as in ``44/48``; empty where the source prints none."""
    counts = [header.value(row, f"{side}_{part}") for part in ("numerator", "denominator")]
    return "/".join(counts) if all(counts) else ""
