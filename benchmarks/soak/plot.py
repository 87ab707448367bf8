"""Draw memory and places over time, with a mark for each fault, by Vega-Lite."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import vl_convert
from benchmarks.soak.plan import FaultRun
from benchmarks.soak.watch import Sample

from allograph.drawings.charts.palette import LIGHT

Spec = dict[str, Any]
VEGA_LITE = "6.4"
"""The version of Vega-Lite, of those that vl-convert holds."""
CONFIG: Spec = {
    "font": "Liberation Sans, Arial, Helvetica, sans-serif",
    "background": LIGHT["paper"],
    "view": {"stroke": None},
    "text": {"fontSize": 12, "color": LIGHT["ink"], "baseline": "middle", "align": "left"},
    "axis": {"labelColor": LIGHT["quiet"], "gridColor": LIGHT["rule"], "domain": False},
    "concat": {"spacing": 24},
    "title": {"color": LIGHT["ink"], "anchor": "start"},
}
WIDTH, HEIGHT = 900, 200
PANELS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "MiB",
        {
            "front_rss": "front, resident",
            "workers_pss": "workers, proportional",
            "whole_pss": "all, proportional",
        },
    ),
    ("places", {"places": "places of the pool", "idle": "idle", "workers": "worker processes"}),
    ("front", {"descriptors": "descriptors of the front", "threads": "threads of the front"}),
)
"""What is drawn in one panel: the title of its axis, and the words for each column."""


def draw(samples: Sequence[Sample], runs: Sequence[FaultRun], folder: Path) -> None:
    """Write soak.svg and soak.png."""
    spec = specification(samples, runs)
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    (folder / "soak.svg").write_text(svg, encoding="utf-8")
    png = vl_convert.vegalite_to_png(spec, vl_version=VEGA_LITE, scale=1, allowed_base_urls=[])
    (folder / "soak.png").write_bytes(png)


def specification(samples: Sequence[Sample], runs: Sequence[FaultRun]) -> Spec:
    """The plot as Vega-Lite, with its data."""
    marks = [
        {"seconds": run.begun, "until": run.ended_at, "fault": run.name, "bad": bool(run.matter)}
        for run in runs
    ]
    panels = [_panel(title, columns, samples, marks) for title, columns in PANELS]
    panels[0]["layer"].append(_names(marks))
    title = "Memory, places of the pool and descriptors over time; each fault is a bar"
    return {"config": CONFIG, "title": title, "padding": 12, "vconcat": panels}


def _panel(
    title: str, columns: dict[str, str], samples: Sequence[Sample], marks: list[Spec]
) -> Spec:
    values = [
        {"seconds": sample.seconds, "what": words, "value": getattr(sample, column)}
        for sample in samples
        for column, words in columns.items()
        if getattr(sample, column) is not None
    ]
    x = {"field": "seconds", "type": "quantitative", "title": "seconds"}
    colour = {
        "field": "what",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(columns.values()), "scheme": "dark2"},
    }
    bars = {
        "data": {"values": marks},
        "mark": {"type": "rect", "opacity": 0.25},
        "encoding": {
            "x": x,
            "x2": {"field": "until"},
            "color": {
                "condition": {"test": "datum.bad", "value": "#c0392b"},
                "value": LIGHT["other"],
            },
        },
    }
    lines = {
        "data": {"values": values},
        "mark": {"type": "line", "strokeWidth": 1.5},
        "encoding": {
            "x": x,
            "y": {"field": "value", "type": "quantitative", "title": title},
            "color": colour,
        },
    }
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "layer": [bars, lines],
        "resolve": {"scale": {"color": "independent"}},
    }


def _names(marks: list[Spec]) -> Spec:
    """The names of the faults, upright at the top of a panel."""
    mark = {"type": "text", "angle": 270, "align": "right", "dx": -2, "dy": 6, "fontSize": 9}
    x = {"field": "seconds", "type": "quantitative"}
    encoding = {"x": x, "y": {"value": 0}, "text": {"field": "fault"}}
    return {"data": {"values": marks}, "mark": mark, "encoding": encoding}
