"""What a plot draws: marks under headings in panels, and the rows that it cannot draw."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from allograph.evidence.units import IN_WORDS
from allograph.questions.plot import PlotHeader, Row
from allograph.text.numerals import between

Glyph: TypeAlias = Literal[
    "share", "derived share", "median", "other time", "bar", "other bar", "effect"
]
"""What a mark stands for; ``layout`` says how each is drawn, and the legend what it means."""

UNIT_WORDS = {**IN_WORDS, "%": "per cent"}


@dataclass(frozen=True)
class Heading:
    """A line of words above the marks it is about; ``level`` 0 stands above level 1."""

    text: str
    level: int


@dataclass(frozen=True)
class Interval:
    """The limits around a figure: printed by the source, or derived here.

    ``printed`` is how they are written, where their digits or their level are to be seen.
    """

    low: float
    high: float
    is_derived: bool
    printed: str = ""

    def __str__(self) -> str:
        if self.printed:
            return self.printed
        digits = ".1f" if self.is_derived else "g"
        return between(f"{self.low:{digits}}", f"{self.high:{digits}}")


@dataclass(frozen=True)
class Mark:
    """One figure on one line, in the unit of its panel.

    ``number`` is the figure in words, ``share`` the people it is a share of, as in ``101/236``;
    ``link`` is the IRI of what it is about.
    """

    label: str
    value: float
    glyph: Glyph
    number: str
    link: str
    interval: Interval | None = None
    share: str = ""

    @property
    def text(self) -> str:
        """The figure in words, with its limits."""
        return self.number if self.interval is None else f"{self.number} ({self.interval})"

    @property
    def description(self) -> str:
        """The mark in words, for those who do not see it."""
        return ", ".join(part for part in (f"{self.label}: {self.text}", self.share) if part)


@dataclass(frozen=True)
class Undrawn:
    """A row that cannot be drawn, and why."""

    label: str
    reason: str
    link: str


@dataclass(frozen=True)
class Effects:
    """A scale of effects: the measure in words, and UCUM unit."""

    measure: str
    unit: str
    is_ratio: bool

    @property
    def null(self) -> float:
        """The value that is no effect."""
        return 1.0 if self.is_ratio else 0.0


@dataclass(frozen=True)
class Panel:
    """Lines over one scale: that of a UCUM unit, or one of effects."""

    scale: str | Effects
    lines: tuple[Heading | Mark, ...]

    @property
    def marks(self) -> list[Mark]:
        """The lines that are figures."""
        return [line for line in self.lines if isinstance(line, Mark)]


@dataclass(frozen=True)
class Chart:
    """Panels of marks, and the rows that are in none of them."""

    panels: tuple[Panel, ...]
    undrawn: tuple[Undrawn, ...]


Found: TypeAlias = tuple[str | Effects, list[Mark]] | Undrawn
"""What a reader makes of a row: its scale and its marks, or why there are none."""


def chart_of(
    rows: Iterable[Row], header: PlotHeader, read: Callable[[Row, PlotHeader], Found]
) -> Chart:
    """Read rows one by one: each is drawn in the panel of its scale, or listed."""
    lines: dict[str | Effects, list[Heading | Mark]] = {}
    last: dict[str | Effects, tuple[str, ...]] = {}
    missing = []
    for row in rows:
        found = read(row, header)
        if isinstance(found, Undrawn):
            missing.append(found)
            continue
        scale, marks = found
        headings = tuple(header.text(row, key) for key in ("heading", "subheading"))
        panel = lines.setdefault(scale, [])
        panel += new_headings(headings, last.get(scale, ()))
        panel += marks
        last[scale] = headings
    panels = tuple(Panel(scale, tuple(panel)) for scale, panel in lines.items())
    return Chart(panels, tuple(missing))


def new_headings(headings: tuple[str, ...], last: tuple[str, ...]) -> list[Heading]:
    """The headings that differ from those of the mark above, from the first that does."""
    same = 0
    while same < len(last) and headings[same] == last[same]:
        same += 1
    return [Heading(text, level) for level, text in enumerate(headings) if text and level >= same]


def undrawn(row: Row, header: PlotHeader, reason: str) -> Undrawn:
    """Say of a row that it is not drawn, under its whole name."""
    names = (header.text(row, key) for key in ("heading", "subheading", "label", "row", "column"))
    label = ", ".join(name for name in names if name)
    return Undrawn(label, reason, header.value(row, "link"))


def with_unit(number: str, unit: str) -> str:
    """Write a number and its UCUM unit in words."""
    return f"{number}%" if unit == "%" else f"{number}\u00a0{UNIT_WORDS.get(unit, unit)}"
