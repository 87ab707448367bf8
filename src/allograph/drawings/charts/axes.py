"""The horizontal axis of a panel: from zero for figures, logarithmic for ratios."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from allograph.drawings.charts.drawing import Panel

STEPS = (1, 2, 5)
"""The ticks of each power of ten."""
LEAST, MOST = 0.5, 2.0
"""What an axis of ratios shows at least, so that one small effect does not look large."""
MARGIN = 1.1
WIDEST = (0.02, 50.0)
"""What an axis of ratios shows at most; a limit beyond it leaves the panel, as an arrow."""
TICKS = 5


@dataclass(frozen=True)
class Axis:
    """The ends of an axis and its ticks; places are shares of its length."""

    low: float
    high: float
    ticks: tuple[float, ...]
    is_logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where a value stands, from 0 to 1; what is beyond an end stands at it."""
        low, high, at = self.low, self.high, value
        if self.is_logarithmic:
            low, high, at = math.log(low), math.log(high), math.log(max(value, low * 1e-9))
        return min(max((at - low) / (high - low), 0.0), 1.0)

    def holds(self, value: float) -> bool:
        """Tell whether a value is between the ends."""
        return self.low <= value <= self.high


ALL = Axis(0, 100, (0, 20, 40, 60, 80, 100))
FEW = Axis(0, 50, (0, 10, 20, 30, 40, 50))
"""The axes of shares: of all people, or where every limit is at most a half, of a half."""


def axis_of(panel: Panel) -> Axis:
    """The axis of a panel: it holds every figure, and the limits that a reader can still read."""
    numbers = list(numbers_of(panel))
    if panel.scale.is_share:
        return ALL if max(numbers) > FEW.high else FEW
    if panel.scale.is_ratio:
        values = [mark.value for mark in panel.marks]
        low = min(LEAST, *values, max(WIDEST[0], min(numbers))) / MARGIN
        high = max(MOST, *values, min(WIDEST[1], max(numbers))) * MARGIN
        return Axis(low, high, tuple(ticks_of_ratios(low, high)), is_logarithmic=True)
    ticks = tuple(round_ticks(min(0.0, *numbers), max(0.0, *numbers)))
    return Axis(ticks[0], ticks[-1], ticks)


def numbers_of(panel: Panel) -> Iterable[float]:
    """Every figure and every limit."""
    for mark in panel.marks:
        yield mark.value
        if mark.interval:
            yield from (mark.interval.low, mark.interval.high)


def ticks_of_ratios(low: float, high: float) -> list[float]:
    """The ticks of a logarithmic axis: at 1, 2 and 5, or over a long one at the powers of ten."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = [float(f"{step}e{power}") for power in powers for step in STEPS]
    inside = [tick for tick in found if low <= tick <= high]
    if len(inside) <= TICKS + 2:
        return inside
    return [tick for tick in inside if math.log10(tick).is_integer()]


def round_ticks(low: float, high: float) -> list[float]:
    """Ticks at round numbers: none of the values is below the first or above the last."""
    span = (high - low) or 1.0
    power = 10.0 ** math.floor(math.log10(span / TICKS))
    step = next(s * power for s in (*STEPS, 10) if span / (s * power) <= TICKS + 1)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(place * step, 10) for place in range(first, last + 1)]
