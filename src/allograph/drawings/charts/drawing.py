"""What a plot draws: marks in panels of one scale each, and the rows that it cannot draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from allograph.evidence.units import IN_WORDS
from allograph.questions.plot import PlotHeader, Row
from allograph.text.numerals import between

Side: TypeAlias = Literal["group", "comparator"]

UNIT_WORDS = {**IN_WORDS, "%": "per cent"}
USUAL_LEVEL = 95.0
"""The confidence level that the head of a column names, in percent."""
NO_INTERVAL = "no interval"
NO_PEOPLE = "not stated"


@dataclass(frozen=True)
class Interval:
    """The limits around a figure: printed by the source, or derived here.

    ``printed`` is how they are written, where their digits are to be seen; ``level`` is their
    confidence level in percent, ``None`` where the source does not say it.
    """

    low: float
    high: float
    is_derived: bool
    printed: str = ""
    level: float | None = USUAL_LEVEL

    def __str__(self) -> str:
        digits = ".1f" if self.is_derived else "g"
        limits = self.printed or between(f"{self.low:{digits}}", f"{self.high:{digits}}")
        if self.level == USUAL_LEVEL:
            return limits
        return f"CI {limits}" if self.level is None else f"{self.level:g}% CI {limits}"


@dataclass(frozen=True)
class Scale:
    """What is alike enough to stand over one axis.

    ``about`` is what is measured, of whom; ``measure`` the statistic in words, ``unit`` its UCUM
    unit. An effect has a ``null``, the value that is no effect; that of a ratio is 1.
    """

    about: str
    measure: str
    unit: str
    null: float | None = None

    @property
    def is_ratio(self) -> bool:
        """Tell whether 0.5 and 2 are as far from no effect."""
        return self.null == 1

    @property
    def is_share(self) -> bool:
        """Tell whether the axis reaches from 0 to 100."""
        return self.unit == "%" and self.null is None

    @property
    def unit_words(self) -> str:
        """The unit as people read it; empty for a ratio."""
        if self.unit == "%":
            return "percentage points" if self.null is not None else "%"
        return "" if self.unit in ("", "1") else UNIT_WORDS.get(self.unit, self.unit)


@dataclass(frozen=True)
class Favours:
    """Whom an estimate below no effect favours, and above: the group, or what it is against."""

    group: str
    comparator: str
    is_lower_for_group: bool

    @property
    def ends(self) -> tuple[str, str]:
        """Whom each end of an axis favours, the lower end first."""
        names = (self.group, self.comparator)
        return names if self.is_lower_for_group else names[::-1]


@dataclass(frozen=True)
class Mark:
    """One figure on one line.

    ``number`` is the figure in words, ``people`` who were counted, as in ``101/236``; ``link`` is
    the IRI of what it is about. ``doubts`` are letters (``doubting``), ``rank`` and ``size`` say
    where it stands: by design, then by size.
    """

    label: str
    value: float
    number: str
    link: str
    heading: str = ""
    interval: Interval | None = None
    people: str = ""
    is_derived: bool = False
    side: Side = "group"
    doubts: str = ""
    sources: tuple[str, ...] = ()
    design: str = ""
    rank: int = 0
    size: int = 0
    treatment: str = ""
    favours: Favours | None = None
    study: str = ""
    groups: tuple[str, ...] = ()
    rows: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """The figure in words, with its limits, or that there are none."""
        return f"{self.number} ({self.interval or NO_INTERVAL})"

    @property
    def name(self) -> str:
        """The label, and which kinds of report print it."""
        return f"{self.label} ({', '.join(self.sources)})" if self.sources else self.label

    @property
    def description(self) -> str:
        """The mark in words, for those who do not see it."""
        people = f"people: {self.people}" if self.people else ""
        said = filter(None, (self.heading, f"{self.name}: {self.text}", people))
        return ", ".join(said)


@dataclass(frozen=True)
class Undrawn:
    """A row that cannot be drawn, and why."""

    label: str
    reason: str
    link: str


@dataclass(frozen=True)
class Panel:
    """Marks over one scale, in the order in which they stand."""

    scale: Scale
    marks: tuple[Mark, ...]

    @property
    def favours(self) -> Favours | None:
        """Whom its ends favour; ``None`` where that is unknown, or not the same for its marks.

        Where not all marks compare the same two, they are the first and the second that are named.
        """
        known = [mark.favours for mark in self.marks if mark.favours]
        if len(known) < len(self.marks) or len({one.is_lower_for_group for one in known}) != 1:
            return None
        if len(set(known)) == 1 and known[0].group and known[0].comparator:
            return known[0]
        return replace(known[0], group="the first named", comparator="the second named")


Found: TypeAlias = "list[tuple[Scale, Mark]] | Undrawn"
"""What a reader makes of a row: marks, each with its scale, or why there are none."""


@dataclass(frozen=True)
class Caption:
    """What stands around the marks, so that a picture can stand alone.

    ``asked`` is the question with its values, ``people`` whom the marks are about, ``source`` where
    they come from.
    """

    asked: str
    people: str = ""
    source: str = ""
    notes: Sequence[str] = field(default_factory=tuple)


def undrawn(row: Row, header: PlotHeader, reason: str) -> Undrawn:
    """Say of a row that it is not drawn, under its whole name."""
    names = (header.text(row, key) for key in ("heading", "panel", "label", "row", "column"))
    label = ", ".join(name for name in names if name)
    return Undrawn(label, reason, header.value(row, "link"))


def with_unit(number: str, unit: str) -> str:
    """Write a number and its UCUM unit in words."""
    if unit in ("", "1"):
        return number
    return f"{number}%" if unit == "%" else f"{number}\u00a0{UNIT_WORDS.get(unit, unit)}"
