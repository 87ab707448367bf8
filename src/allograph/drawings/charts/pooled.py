"""What a forest plot of pools draws: the studies with their weights, what they give, what is grey.

Values stand on the scale of the axis: shares in percent, ratios as ratios, times in months. Who
makes a plot of an answer is ``pooled_answer``, who lays it out ``pooled_layout``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allograph.drawings.charts.axes import (
    ALL,
    FEW,
    MARGIN,
    WIDEST,
    Axis,
    round_ticks,
    ticks_of_ratios,
)
from allograph.drawings.charts.axes import LEAST as LEAST_RATIO
from allograph.drawings.charts.axes import MOST as MOST_RATIO
from allograph.drawings.charts.drawing import Favours, Scale


@dataclass(frozen=True)
class Spread:
    """A value between its limits; a limit is ``None`` where nobody knows it."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def numbers(self) -> list[float]:
        """All of its numbers that are known."""
        return [number for number in (self.value, self.low, self.high) if number is not None]


@dataclass(frozen=True)
class StudyLine:
    """One figure of a study.

    ``people`` are counted as in ``101/236``, or ``2/164 v 1/162`` of both sides; ``figure`` is the
    value with its limits in words. ``weight`` is a share of 1, ``None`` for what is not pooled;
    then ``reason`` says why, and the line is grey. ``doubts`` are letters (``doubting``).
    """

    study: str
    detail: str
    people: str
    figure: str
    link: str
    spread: Spread | None = None
    weight: float | None = None
    is_derived: bool = False
    doubts: str = ""
    reason: str = ""

    @property
    def is_grey(self) -> bool:
        """Tell whether it is not pooled."""
        return bool(self.reason)

    @property
    def weight_text(self) -> str:
        """The weight in percent, empty where there is none."""
        return "" if self.weight is None else f"{100 * self.weight:.1f}%"

    @property
    def description(self) -> str:
        """The line in words, for those who do not see it."""
        said = (
            self.study,
            self.detail,
            self.figure,
            f"people: {self.people}" if self.people else "",
            f"weight {self.weight_text}" if self.weight_text else "",
            f"not pooled: {self.reason}" if self.reason else "",
        )
        return ", ".join(filter(None, said))


@dataclass(frozen=True)
class PooledLine:
    """What the studies of a pool give: a diamond, or the words why there is none.

    ``prediction`` are the limits of the prediction interval, ``prediction_text`` says them, or why
    there are none.
    """

    label: str
    figure: str
    spread: Spread | None
    prediction: tuple[float, float] | None
    prediction_text: str


@dataclass(frozen=True)
class PoolPanel:
    """One pool over one axis: ``title`` says what its figures have in common.

    A panel without a pooled line is refused, and all of it grey; ``notes`` then say why.
    """

    title: str
    scale: Scale
    lines: tuple[StudyLine, ...]
    pooled: PooledLine | None = None
    favours: Favours | None = None
    notes: tuple[str, ...] = ()

    @property
    def has_marks(self) -> bool:
        """Tell whether anything is drawn over its axis."""
        return any(line.spread for line in self.lines)

    @property
    def heaviest(self) -> float:
        """The weight that has the largest square."""
        return max((line.weight or 0.0 for line in self.lines), default=0.0) or 1.0

    def numbers(self) -> Iterator[float]:
        """Every value and every limit."""
        for line in self.lines:
            if line.spread:
                yield from line.spread.numbers
        if self.pooled:
            yield from self.pooled.spread.numbers if self.pooled.spread else ()
            yield from self.pooled.prediction or ()

    def values(self) -> Iterator[float]:
        """Every value, which the axis must hold."""
        for spread in (*(line.spread for line in self.lines), self.pooled and self.pooled.spread):
            if spread:
                yield spread.value


@dataclass(frozen=True)
class PoolPlot:
    """All panels of an answer, the pooled ones first; ``left_over`` lines have no room in it."""

    panels: tuple[PoolPanel, ...]
    left_over: int = 0

    @property
    def lines(self) -> list[StudyLine]:
        """The lines of all panels."""
        return [line for panel in self.panels for line in panel.lines]


def axis_of(panel: PoolPanel) -> Axis:
    """The axis of a panel: it holds every value, and the limits that a reader can still read."""
    numbers = list(panel.numbers())
    if panel.scale.is_share:
        return ALL if max(numbers) > FEW.high else FEW
    if panel.scale.is_ratio:
        above = [number for number in numbers if number > 0]
        values = [value for value in panel.values() if value > 0]
        low = min(LEAST_RATIO, *values, max(WIDEST[0], min(above))) / MARGIN
        high = max(MOST_RATIO, *values, min(WIDEST[1], max(above))) * MARGIN
        return Axis(low, high, tuple(ticks_of_ratios(low, high)), is_logarithmic=True)
    ticks = tuple(round_ticks(min(0.0, *numbers), max(0.0, *numbers)))
    return Axis(ticks[0], ticks[-1], ticks)
