"""The marks of a forest plot of pools: squares by weight, intervals, arrows beyond the axis."""

from __future__ import annotations

import math

from allograph.drawings.charts.axes import Axis
from allograph.drawings.charts.layout import Shaped, place_on
from allograph.drawings.charts.looks import WHISKER
from allograph.drawings.charts.pooled import PoolPanel, Spread, StudyLine
from allograph.drawings.charts.svg import Line, Part, Shape

LARGEST, LEAST = 8.0, 2.5
"""Half the side of the square of the heaviest study of a pool, and of the lightest there can be."""
UNWEIGHED = 3.5
"""The same of a figure without a weight."""
GREY = "other"
"""The role of what is not pooled."""


def marks_of(shape: Shaped, panel: PoolPanel, line: StudyLine, axis: Axis, y: float) -> list[Part]:
    """The interval of a figure, and above it its square."""
    if line.spread is None:
        return []
    role = GREY if line.is_grey else "doubt" if line.doubts else "accent"
    is_filled = not (line.is_derived or line.doubts or line.is_grey)
    share = (line.weight or 0.0) / panel.heaviest
    half = max(LEAST, LARGEST * math.sqrt(share)) if line.weight is not None else UNWEIGHED
    x = place_on(shape, axis, line.spread.value)
    square = Shape("square", x, y, role, is_filled, is_dashed=bool(line.doubts), radius=half)
    return [*whiskers(shape, axis, line.spread, y, role), square]


def whiskers(
    shape: Shaped, axis: Axis, spread: Spread, y: float, role: str, width: float = 1.75
) -> list[Part]:
    """The line between limits; an end beyond the axis is an arrow, and so is a missing one."""
    if spread.low is None and spread.high is None:
        return []
    low = -math.inf if spread.low is None else spread.low
    high = math.inf if spread.high is None else spread.high
    left, right = (place_on(shape, axis, limit) for limit in (low, high))
    parts: list[Part] = [Line(left, y, right, y, role, width)]
    for x, limit, inward in ((left, low, 1), (right, high, -1)):
        if axis.holds(limit):
            parts.append(Line(x, y - WHISKER, x, y + WHISKER, role, width))
        else:
            parts += [
                Line(x, y, x + inward * WHISKER, y + sign * WHISKER, role, width)
                for sign in (-1, 1)
            ]
    return parts
