"""The horizontal axis of a panel: from zero for figures, logarithmic for ratios."""

from __future__ import annotations

import math

from allograph.drawings.charts.drawing import UNIT_WORDS, Effects, Panel
from allograph.drawings.charts.style import Spec

STEPS = (1, 2, 5)
"""The ticks of each power of ten."""
LEAST, MOST = 0.5, 2.0
"""What an axis of ratios shows at least, so that one small effect does not look large."""
MARGIN = 1.1


def axis_of(panel: Panel) -> Spec:
    """The scale and the axis of a panel, in the words of Vega-Lite."""
    if isinstance(panel.scale, Effects):
        return (
            axis_of_ratios(panel, panel.scale) if panel.scale.is_ratio else differences(panel.scale)
        )
    is_share = panel.scale == "%"
    return {
        "scale": {"domain": [0, 100]} if is_share else {"zero": True, "nice": True},
        "axis": {"title": UNIT_WORDS.get(panel.scale, panel.scale), "tickCount": 5},
    }


def axis_of_ratios(panel: Panel, scale: Effects) -> Spec:
    """A logarithmic axis that holds 1, every estimate and every limit, with ticks at 1, 2 and 5."""
    numbers = [mark.value for mark in panel.marks]
    for mark in panel.marks:
        numbers += [mark.interval.low, mark.interval.high] if mark.interval else []
    low = min(LEAST, min(numbers) / MARGIN)
    high = max(MOST, max(numbers) * MARGIN)
    return {
        "scale": {"type": "log", "domain": [low, high], "nice": False},
        "axis": {
            "title": f"{scale.measure}, logarithmic",
            "values": ticks(low, high),
            "format": "~r",
        },
    }


def ticks(low: float, high: float) -> list[float]:
    """The ticks of a logarithmic axis, of which some stand on either side of 1."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = [float(f"{step}e{power}") for power in powers for step in STEPS]
    return [tick for tick in found if low <= tick <= high]


def differences(scale: Effects) -> Spec:
    """A linear axis that holds 0."""
    unit = "percentage points" if scale.unit == "%" else UNIT_WORDS.get(scale.unit, scale.unit)
    title = f"{scale.measure}, {unit}" if unit else scale.measure
    return {"scale": {"zero": True, "nice": True}, "axis": {"title": title, "tickCount": 5}}
