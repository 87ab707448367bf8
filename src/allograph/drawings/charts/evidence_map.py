"""Draw an evidence map: how many figures there are in each cell of a grid, and where there is none.

Each row of the answer is a cell; one that counts no figure is a gap, drawn with a dashed border.
"""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from allograph.drawings.charts.palette import LIGHT
from allograph.drawings.charts.style import CONFIG, Spec
from allograph.questions.plot import PlotHeader, Row

CELL, LINE, LABELS = 128, 28, 190
"""Width and height of a cell, width of the labels of the rows, in pixels."""

CHARACTERS, MOST_LINES, LINE_OF_HEAD = 19, 5, 15
SHADES = ((4, "many"), (2, "some"), (1, "few"))
"""From how many figures on, which shade."""

GAP = "none"


def map_spec(rows: Sequence[Row], header: PlotHeader) -> Spec:
    """The specification of a map; rows and columns stand as the answer orders them."""
    downwards = list(dict.fromkeys(header.text(row, "row") for row in rows))
    across = list(dict.fromkeys(header.text(row, "column") for row in rows))
    cells = [cell(row, header, downwards, across) for row in rows]
    head = LINE_OF_HEAD * MOST_LINES
    grid: Spec = {
        "width": CELL * len(across),
        "height": LINE * len(downwards),
        "layer": cell_layers(cells, axis(len(downwards), "y"), axis(len(across), "x")),
    }
    heads = [{"x": place, "text": lines_of(text)} for place, text in enumerate(across)]
    labels = [{"y": place, "text": text} for place, text in enumerate(downwards)]
    top: Spec = {
        "width": CELL * len(across),
        "height": head,
        "data": {"values": heads},
        "mark": {"type": "text", "align": "center", "baseline": "line-bottom", "fontSize": 11},
        "encoding": {
            "x": axis(len(across), "x"),
            "y": {"value": head - 8 - LINE_OF_HEAD * (MOST_LINES - 1)},
            "text": {"field": "text"},
        },
    }
    left: Spec = {
        "width": LABELS,
        "height": LINE * len(downwards),
        "data": {"values": labels},
        "mark": {"type": "text"},
        "encoding": {
            "y": axis(len(downwards), "y"),
            "x": {"value": 0},
            "text": {"field": "text"},
        },
    }
    corner: Spec = {
        "width": LABELS,
        "height": head,
        "data": {"values": [{}]},
        "mark": {"type": "text", "aria": False},
        "encoding": {"text": {"value": ""}},
    }
    return {
        "config": CONFIG,
        "padding": 8,
        "spacing": 0,
        "vconcat": [{"hconcat": [corner, top]}, {"hconcat": [left, grid]}],
    }


def cell(row: Row, header: PlotHeader, downwards: Sequence[str], across: Sequence[str]) -> Spec:
    """One cell: its place, its number, and how it is filled."""
    number = int(float(header.value(row, "value") or 0))
    place_down, place_across = header.text(row, "row"), header.text(row, "column")
    figures = "no figure" if number == 0 else f"{number} figure{'' if number == 1 else 's'}"
    datum: Spec = {
        "x": across.index(place_across),
        "y": downwards.index(place_down),
        "text": str(number) if number else GAP,
        "shade": next((shade for least, shade in SHADES if number >= least), GAP),
        "description": f"{place_down}, {place_across}: {figures}",
    }
    return datum | ({"link": header.value(row, "link")} if header.value(row, "link") else {})


def cell_layers(cells: Sequence[Spec], y: Spec, x: Spec) -> list[Spec]:
    """Filled cells, gaps with a dashed border, and the numbers in both."""
    layers: list[Spec] = []
    for shade in (*(shade for _, shade in SHADES), GAP):
        values = [cell for cell in cells if cell["shade"] == shade]
        is_gap = shade == GAP
        look: Spec = (
            {"fill": LIGHT["paper"], "stroke": LIGHT["other"], "strokeDash": [3, 3]}
            if is_gap
            else {"fill": LIGHT[shade], "stroke": LIGHT["paper"]}
        )
        box = {"type": "rect", "width": CELL - 4, "height": LINE - 4, "cornerRadius": 3}
        text: Spec = {"type": "text", "align": "center"}
        text |= {"color": LIGHT["quiet"], "fontSize": 11} if is_gap else {"fontWeight": "bold"}
        if not values:
            continue
        data, at = {"values": values}, {"y": y, "x": x}
        said: Spec = {"text": {"field": "text"}, "description": {"field": "description"}}
        if all("link" in value for value in values):
            said["href"] = {"field": "link"}
        layers.append({"data": data, "mark": {**box, **look, "aria": False}, "encoding": at})
        layers.append({"data": data, "mark": text, "encoding": {**at, **said}})
    return layers


def axis(length: int, field: str) -> Spec:
    """A scale of whole places, without an axis of its own."""
    scale = {"domain": [-0.5, length - 0.5], "nice": False, "zero": False, "reverse": field == "y"}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def lines_of(text: str) -> list[str]:
    """Break a head into lines, filled up from above so that all heads end on one line."""
    lines = wrap(text, CHARACTERS)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]}\N{HORIZONTAL ELLIPSIS}"]
    return [*[""] * (MOST_LINES - len(lines)), *lines]
