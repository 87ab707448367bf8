"""How marks are drawn, and what the legend says they mean: one row for each kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from allograph.drawings.charts.drawing import Glyph
from allograph.drawings.charts.palette import LIGHT

Spec = dict[str, Any]

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Fonts of the same widths, so that what is laid out here fits elsewhere."""

FONT_SIZE = 12
"""Pixels, of labels and figures."""

CONFIG: Spec = {
    "font": FONT,
    "background": LIGHT["paper"],
    "view": {"stroke": None},
    "text": {"fontSize": FONT_SIZE, "color": LIGHT["ink"], "baseline": "middle", "align": "left"},
    "axis": {
        "labelColor": LIGHT["quiet"],
        "labelFontSize": 11,
        "titleColor": LIGHT["quiet"],
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": LIGHT["rule"],
        "tickColor": LIGHT["rule"],
        "domain": False,
    },
    "concat": {"spacing": 0},
}

_POINT: Spec = {
    "type": "point",
    "size": 75,
    "opacity": 1,
    "strokeWidth": 2,
    "stroke": LIGHT["accent"],
    "fill": LIGHT["accent"],
}
_RING = _POINT | {"fill": LIGHT["paper"]}
_DIAMOND: Spec = {"shape": "diamond", "size": 120}
_BAR: Spec = {"type": "rect"}
_RULE: Spec = {"type": "rule", "color": LIGHT["accent"], "strokeWidth": 2}

STEM: Spec = {"type": "rule", "color": LIGHT["other"], "strokeWidth": 1.5}
"""The line from the origin of a clock to a time."""


NO_EFFECT: Spec = {"type": "rule", "color": LIGHT["quiet"], "strokeWidth": 1}
"""The line at 1 of ratios, at 0 of differences."""


@dataclass(frozen=True)
class Style:
    """A mark of Vega-Lite; the words of its legend, none where its label says enough."""

    mark: Spec
    words: str = ""
    has_stem: bool = False

    @property
    def is_bar(self) -> bool:
        """Tell whether it reaches from zero to its value."""
        return bool(self.mark["type"] == "rect")


GLYPHS: Mapping[Glyph, Style] = {
    "share": Style(_POINT, "share as printed"),
    "derived share": Style(_RING, "share derived from the printed numbers"),
    "median": Style(_POINT | _DIAMOND, "median", has_stem=True),
    "other time": Style(
        _RING | _DIAMOND, "another kind of average, or a kind that is not stated", has_stem=True
    ),
    "bar": Style(_BAR | {"color": LIGHT["accent"]}, "the group"),
    "effect": Style(_POINT | {"shape": "square"}, "estimate as printed"),
    "other bar": Style(_BAR | {"color": LIGHT["other"]}, "its comparator"),
}
INTERVALS: Mapping[bool, Style] = {
    False: Style(_RULE, "interval as printed"),
    True: Style(_RULE | {"strokeDash": [3, 3]}, "95% Wilson interval, derived from the numbers"),
}
"""Whether it is derived: the style of an interval."""
