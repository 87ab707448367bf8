"""Profiles: what the columns of a sheet mean, as a tree of keys.

The dataclasses are the tables of a profile's TOML, and their fields are its keys, which
``docs/importing-tables.md`` explains. ``profile_files`` reads them, ``profile_checks`` looks at
what no single key can say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import Formatter
from typing import NewType

from allograph.intake.sheets.statistics import STATISTICS
from allograph.text.trees import NO_KEY

Numeral = NewType("Numeral", str)
"""A number as it is printed; in a profile it is a text, or a number."""

LONGEST_KEY = 100
"""Characters of a key that a profile names: it becomes the name of a file."""
MISSING_CELLS = ("", "NA", "N/A", "n/a", "NR", "ND", "NaN", "-", "\u2013", "\u2014", "?", ".")
PRINTED, LOG = "printed", "log"
"""How a sheet writes the estimates of an effect."""
TOTALS = r"(?i)(sub|grand )?totals?|(overall|pooled)\b.*|sum|all studies|all trials"


@dataclass(frozen=True)
class TableRules:
    """Where the rows are, and how cells are written."""

    key: str = ""
    label: str = ""
    header: int = 1
    header_rows: int = 1
    worksheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    missing: tuple[str, ...] = MISSING_CELLS
    totals: str = TOTALS
    fill_down: tuple[str, ...] = ()
    curator: str = "allograph"
    based_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class SkipRules:
    """Rows that are no studies: a column, what stands in it, and why they are left out."""

    column: str
    matches: str
    reason: str


@dataclass(frozen=True)
class Choice:
    """A key: always the same one, or the one that stands for what the columns say."""

    key: str = ""
    columns: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""

    def known(self) -> tuple[str, ...]:
        """Every key that it can give."""
        keys = (self.key, *self.values.values(), self.otherwise)
        return tuple(dict.fromkeys(key for key in keys if key))


@dataclass(frozen=True)
class StudyRules:
    """What makes a study, and what is the same for all studies of the sheet."""

    label: str
    condition: str = ""
    design: Choice = field(default_factory=lambda: Choice("not-stated"))
    prefix: str = ""
    doi: str = ""
    year: str = ""


@dataclass(frozen=True)
class ArmRules:
    """A group of people in each study."""

    label: str
    regimen: str = ""
    match: str = ""
    size: str = ""
    grouping: str = "arm"


@dataclass(frozen=True)
class FigureRules:
    """A figure in each row: whose, of what, how summarised, and in which columns."""

    arm: str = ""
    outcome: Choice = field(default_factory=Choice)
    statistic: str = "count"
    scale: str = ""
    decimals: int = -1
    at_time: Numeral = Numeral("")
    time_origin: str = "not-stated"
    level: Numeral = Numeral("95")
    events: str = ""
    nonevents: str = ""
    total: str = ""
    value: str = ""
    standard_error: str = ""
    lower: str = ""
    upper: str = ""

    def scale_name(self) -> str:
        """The scale, by default the first that the statistic has."""
        return self.scale or STATISTICS[self.statistic].scales[0]

    def columns(self) -> tuple[str, ...]:
        """The columns of the numbers, in the order in which they are printed."""
        named = (self.events, self.nonevents, self.total, self.value)
        return tuple(filter(None, (*named, self.standard_error, self.lower, self.upper)))


@dataclass(frozen=True)
class EffectRules:
    """An estimate that compares two arms in each row, which ``pool --sheet`` reads: its columns.

    ``scale`` is ``printed``, or ``log`` where the value of a ratio and its limits are logarithms;
    the standard error and the variance of a ratio are those of its logarithm.
    """

    outcome: Choice = field(default_factory=Choice)
    value: str = ""
    lower: str = ""
    upper: str = ""
    standard_error: str = ""
    variance: str = ""
    level: Numeral = Numeral("95")
    scale: str = PRINTED
    people: str = ""

    def columns(self) -> tuple[str, ...]:
        """The columns of the numbers that an estimate needs, in their order."""
        named = (self.value, self.lower, self.upper, self.standard_error, self.variance)
        return tuple(filter(None, named))


@dataclass(frozen=True)
class Profile:
    """A whole profile; ``arm`` is the column that names the arm of a row, if rows are arms."""

    study: StudyRules
    arms: Mapping[str, ArmRules]
    figures: Mapping[str, FigureRules]
    effect: EffectRules = field(default_factory=EffectRules)
    table: TableRules = field(default_factory=TableRules)
    arm: str = ""
    skip: tuple[SkipRules, ...] = ()
    description: str = ""
    name: str = field(default="", metadata=NO_KEY)

    @cached_property
    def missing_cells(self) -> frozenset[str]:
        """The words for nothing, folded."""
        return frozenset(map(folded, self.table.missing))

    def label_columns(self) -> tuple[str, ...]:
        """The columns that the label of a study is made of."""
        return tuple(name for _text, name in label_parts(self.study.label) if name)

    def mapped(self) -> tuple[str, ...]:
        """Every column that the profile reads, in no particular order."""
        columns = [*self.label_columns(), *self.study.design.columns, self.arm]
        columns += [self.study.doi, self.study.year, *(rule.column for rule in self.skip)]
        columns += [arm.size for arm in self.arms.values()]
        for figure in self.figures.values():
            columns += [*figure.outcome.columns, *figure.columns()]
        columns += [*self.effect.outcome.columns, *self.effect.columns(), self.effect.people]
        return tuple(dict.fromkeys(column for column in columns if column))


def label_parts(template: str) -> list[tuple[str, str]]:
    """The texts of a label and the column behind each, perhaps none; ``ValueError`` if malformed.

    ``{No. treated}`` is a column of that name: nothing in it is looked up or formatted.
    """
    parts = []
    for text, name, spec, conversion in Formatter().parse(template):
        if name == "" or spec or conversion:
            raise ValueError(f"'{template}' is no label of columns in braces")
        parts.append((text, name or ""))
    return parts


def folded(text: str) -> str:
    """A text as it is compared: without case, and with single spaces."""
    return " ".join(text.split()).casefold()
