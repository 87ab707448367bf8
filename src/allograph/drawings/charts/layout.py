"""Lay a chart out as a Vega-Lite specification: words on the left, marks over a scale, numbers.

Every line of a panel has its place from the top, so headings and marks share one grid of lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten

from allograph.drawings.charts.axes import axis_of
from allograph.drawings.charts.drawing import Chart, Effects, Heading, Mark, Panel
from allograph.drawings.charts.palette import LIGHT
from allograph.drawings.charts.style import (
    CONFIG,
    FONT_SIZE,
    GLYPHS,
    INTERVALS,
    NO_EFFECT,
    STEM,
    Spec,
    Style,
)
from allograph.drawings.lettering import width_of

LINE = 24
"""Pixels from line to line: what a finger needs (WCAG 2.2, 2.5.8)."""

LABELS, PLOT, NUMBERS, SHARES = 340, 300, 130, 60
"""Widths of the columns, in pixels: of labels and numbers the least, since they grow with these."""

CHARACTERS = 76
"""What the column of labels holds at most: to have Vega cut texts doubles the time of a render."""

INDENT, GAP = 14, 16
HALF_A_BAR = 0.32
"""Of a line."""

LEGEND_LINE = 20


def spec_of(chart: Chart) -> Spec:
    """The specification of a chart; its panels stand below each other, then the legend."""
    marks = [mark for panel in chart.panels for mark in panel.marks]
    return {
        "config": CONFIG,
        "padding": 8,
        "spacing": 24,
        "vconcat": [
            *(panel_spec(panel, label_width(marks)) for panel in chart.panels),
            legend_spec(styles_of(marks)),
        ],
    }


def label_width(marks: Sequence[Mark]) -> float:
    """The width of the column of labels: that of the longest, alike in all panels."""
    widths = (INDENT + width_of(shortened(mark.label), FONT_SIZE) for mark in marks)
    return max((LABELS, *widths))


def shortened(label: str) -> str:
    """A label as far as its column holds it."""
    return shorten(label, CHARACTERS, placeholder="\N{HORIZONTAL ELLIPSIS}")


def panel_spec(panel: Panel, labels: float = LABELS) -> Spec:
    """One panel: columns side by side over the same lines; ``labels`` is the width of the first."""
    headings = [
        {"y": place, "text": line.text, "level": line.level}
        for place, line in enumerate(panel.lines)
        if isinstance(line, Heading)
    ]
    marks = [
        mark_datum(line, place) for place, line in enumerate(panel.lines) if isinstance(line, Mark)
    ]
    y = places(len(panel.lines))
    columns: list[tuple[float, list[Spec]]] = [
        (labels, label_layers(headings, marks, y)),
        (PLOT, mark_layers(panel, marks, y)),
    ]
    widths = (INDENT + width_of(mark.text, FONT_SIZE) for mark in panel.marks)
    columns.append((max((NUMBERS, *widths)), [numbers(marks, y, "text", INDENT)]))
    if any(mark.share for mark in panel.marks):
        columns.append((SHARES, [numbers(marks, y, "share", INDENT / 2)]))
    height = LINE * len(panel.lines)
    return {
        "spacing": GAP,
        "hconcat": [
            {"width": width, "height": height, "layer": layers} for width, layers in columns
        ],
    }


def places(lines: int) -> Spec:
    """The vertical scale: one unit for each line, downwards."""
    scale = {"domain": [-0.5, lines - 0.5], "reverse": True, "nice": False, "zero": False}
    return {"field": "y", "type": "quantitative", "axis": None, "scale": scale}


def mark_datum(mark: Mark, place: int) -> Spec:
    """What the layers read of a mark."""
    datum: Spec = {
        "y": place,
        "label": shortened(mark.label),
        "value": mark.value,
        "zero": 0,
        "top": place - HALF_A_BAR,
        "bottom": place + HALF_A_BAR,
        "text": mark.text,
        "share": mark.share,
        "description": mark.description,
        "glyph": mark.glyph,
    }
    if mark.interval:
        datum |= {
            "low": mark.interval.low,
            "high": mark.interval.high,
            "isDerived": mark.interval.is_derived,
        }
    return datum | ({"link": mark.link} if mark.link else {})


def label_layers(headings: Sequence[Spec], marks: Sequence[Spec], y: Spec) -> list[Spec]:
    """Headings and labels; a label leads to what it is about."""
    looks: tuple[Spec, ...] = (
        {"fontWeight": "bold"},
        {"color": LIGHT["quiet"], "dx": INDENT / 2},
    )
    layers: list[Spec] = [
        {
            "data": {"values": [item for item in headings if item["level"] == level]},
            "mark": {"type": "text", **look},
            "encoding": {"y": y, "x": {"value": 0}, "text": {"field": "text"}},
        }
        for level, look in enumerate(looks)
        if any(item["level"] == level for item in headings)
    ]
    for is_linked in (True, False):
        values = [mark for mark in marks if ("link" in mark) is is_linked]
        encoding: Spec = {
            "y": y,
            "x": {"value": 0},
            "text": {"field": "label"},
            "description": {"field": "description"},
        }
        if is_linked:
            encoding["href"] = {"field": "link"}
        mark = {"type": "text", "dx": INDENT}
        if values:
            layers.append({"data": {"values": values}, "mark": mark, "encoding": encoding})
    return layers


def mark_layers(panel: Panel, marks: Sequence[Spec], y: Spec) -> list[Spec]:
    """The line of no effect, bars, stems, intervals and points, over the scale of the panel."""
    x: Spec = {"field": "value", "type": "quantitative", **axis_of(panel)}
    here = {"y": y, "x": x}
    from_zero = {"y": y, "x": x, "x2": {"field": "zero"}}
    bar = {**from_zero, "y": {**y, "field": "top"}, "y2": {"field": "bottom"}}
    between = {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}}
    stems = [mark for mark in marks if GLYPHS[mark["glyph"]].has_stem]
    nulls = [{"null": panel.scale.null}] if isinstance(panel.scale, Effects) else []
    no_effect = {"x": {**x, "field": "null"}}
    layers = [(nulls, NO_EFFECT, no_effect), (stems, STEM, from_zero)]
    for is_derived, style in INTERVALS.items():
        of_kind = [mark for mark in marks if mark.get("isDerived") is is_derived]
        layers.append((of_kind, style.mark, between))
    for glyph, style in GLYPHS.items():
        of_kind = [mark for mark in marks if mark["glyph"] == glyph]
        layers.append((of_kind, style.mark, bar if style.is_bar else here))
    return [
        {"data": {"values": values}, "mark": {**mark, "aria": False}, "encoding": encoding}
        for values, mark, encoding in layers
        if values
    ]


def numbers(marks: Sequence[Spec], y: Spec, field: str, indent: float) -> Spec:
    """A column of figures; the labels say them to those who do not see them."""
    return {
        "data": {"values": list(marks)},
        "mark": {"type": "text", "dx": indent, "aria": False},
        "encoding": {"y": y, "x": {"value": 0}, "text": {"field": field}},
    }


def styles_of(marks: Sequence[Mark]) -> list[Style]:
    """The styles that occur, in the order of their tables."""
    glyphs = {mark.glyph for mark in marks}
    derived = {mark.interval.is_derived for mark in marks if mark.interval}
    return [
        *(style for glyph, style in GLYPHS.items() if glyph in glyphs),
        *(style for is_derived, style in INTERVALS.items() if is_derived in derived),
    ]


def legend_spec(styles: Sequence[Style]) -> Spec:
    """The legend: a line for each style, its mark and its words."""
    y = places(len(styles))
    layers: list[Spec] = []
    for place, style in enumerate(styles):
        datum: Spec = {"words": style.words}
        datum |= {"y": place, "top": place - HALF_A_BAR, "bottom": place + HALF_A_BAR}
        data = {"values": [datum]}
        encoding: Spec = {"y": y, "x": {"value": 12}}
        if style.mark["type"] != "point":
            encoding |= {"x": {"value": 2}, "x2": {"value": 24}}
        if style.is_bar:
            encoding |= {"y": {**y, "field": "top"}, "y2": {"field": "bottom"}}
        words = {"y": y, "x": {"value": 34}, "text": {"field": "words"}}
        text = {"type": "text", "fontSize": 11, "color": LIGHT["quiet"]}
        layers += [
            {"data": data, "mark": {**style.mark, "aria": False}, "encoding": encoding},
            {"data": data, "mark": text, "encoding": words},
        ]
    return {"width": LABELS + PLOT, "height": LEGEND_LINE * len(styles), "layer": layers}
