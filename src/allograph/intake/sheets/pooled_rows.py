"""Read what one row of a sheet says of one study, as numbers that can be pooled.

People are counted: events and all, or a percentage that only one whole number of people gives. What
nobody counted (a rate at a time) has its standard error instead. Cells are read as an import reads
them, so a number that two readers may read differently is a mistake here, too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from allograph.intake.sheets.numbers import decimals_of, plain
from allograph.intake.sheets.profile import LOG, Choice, EffectRules, FigureRules, label_parts
from allograph.intake.sheets.row_cells import RowCells, RowError
from allograph.intake.sheets.row_figures import read_figure
from allograph.intake.sheets.statistics import STATISTICS
from allograph.intake.sheets.years import without_point
from allograph.synthesis.effects import Estimate, estimate_from_interval
from allograph.tables.table import Remark

SHARE, HAZARD_RATIO, RISK_DIFFERENCE = "share", "hr", "rd"
MEASURES: Mapping[str, str] = {
    SHARE: "share of people",
    "rr": "risk ratio",
    "or": "odds ratio",
    RISK_DIFFERENCE: "risk difference",
    HAZARD_RATIO: "hazard ratio",
}
"""What is pooled, by its key, as it is named beside the number."""

ADDED_UP = "people added up of events and others"
_HUNDRED = Decimal(100)
_LARGEST_LOG = 50


@dataclass(frozen=True)
class Rate:
    """A share of people whom nobody counted, and its standard error, as fractions."""

    value: float
    standard_error: float


@dataclass(frozen=True)
class Part:
    """What one row says of one arm: ``events`` of ``people``, or a rate of perhaps so many."""

    row: int
    column: str
    arm: str
    people: int | None
    events: int | None = None
    rate: Rate | None = None
    derivation: str = ""
    """How a number comes about that does not stand in the sheet."""


@dataclass(frozen=True)
class Printed:
    """An estimate with its limits as a sheet has them, a ratio as a ratio; the level in percent."""

    value: float
    lower: float
    upper: float
    level: float


@dataclass(frozen=True)
class ReadEstimate:
    """The estimate of a row for its model, its interval if it has one, and what is odd about it."""

    estimate: Estimate
    printed: Printed | None = None
    remarks: tuple[Remark, ...] = ()


def label_of(cells: RowCells) -> str:
    """The name of the study of a row, of those of its columns that say something."""
    profile = cells.profile
    columns = profile.label_columns()
    known = {column for column in columns if cells.is_known(column)}
    if not known:
        cure = "name it, or leave such rows out by [[skip]]"
        raise RowError(columns[0], f"the row names no study; {cure}")
    words = ""
    for text, column in label_parts(profile.study.label):
        name = cells.name(column) if column in known else ""
        words += text + (without_point(name) if column == profile.study.year else name)
    return " ".join(words.split())


def outcome_of(cells: RowCells, choice: Choice) -> str:
    """Which outcome a row is about: by the profile, else as the sheet itself calls it."""
    if choice.columns and not choice.values:
        return ".".join(cells.name(column) for column in choice.columns)
    return cells.chosen(choice)


def unknown_in(cells: RowCells, columns: tuple[str, ...]) -> list[Remark]:
    """The cells of some columns that hold nothing, or a word for nothing."""
    return [
        Remark(f"'{text}', no number" if (text := cells.raw(column)) else "empty", number, column)
        for number in [cells.row.number]
        for column in columns
        if not cells.is_known(column)
    ]


def part_of(cells: RowCells, rules: FigureRules, arm: str) -> Part | None:
    """What a row says of an arm, if anything; raise a ``RowError`` for what nobody can pool."""
    figure = read_figure(cells, rules, arm, "")
    if figure is None:
        return None
    column = rules.events or rules.value
    whole = _size_of_arm(cells, arm)
    people = figure.size.people if figure.size else whole
    if people is not None and whole is not None and people > whole:
        message = f"{people} counted of {whole} people in the arm"
        raise RowError(cells.profile.arms[arm].size, message)
    part = Part(cells.row.number, column, arm, people)
    if "numerator" in figure.numbers:
        events = int(figure.numbers["numerator"])
        if people is None:
            raise RowError(rules.total or column, f"{events} events, and nobody says of how many")
        if events > people:
            raise RowError(rules.events, f"{events} events in {people} people")
        is_added = figure.size is not None and figure.size.derived
        return replace(part, events=events, derivation=ADDED_UP if is_added else "")
    value = Decimal(figure.numbers["value"])
    if error := figure.numbers.get("standardError"):
        return replace(part, rate=_rate(value, Decimal(error), rules))
    if STATISTICS[figure.statistic].at_time:
        cure = "name the column of its standard error"
        raise RowError(rules.value, f"a rate at a time, of which nobody counted people; {cure}")
    if people is None:
        raise RowError(rules.total or column, f"{plain(value)}%, and nobody says of how many")
    slack = Decimal(figure.numbers["tolerance"])
    events = _events(value, slack, people, column)
    return replace(part, events=events, derivation=f"{events} of {people} from {plain(value)}%")


def _size_of_arm(cells: RowCells, arm: str) -> int | None:
    column = cells.profile.arms[arm].size
    return cells.people(column) if cells.is_known(column) else None


def _rate(value: Decimal, error: Decimal, rules: FigureRules) -> Rate:
    if not error:
        raise RowError(rules.standard_error, "a standard error of 0 says nothing")
    return Rate(float(value / _HUNDRED), float(error / _HUNDRED))


def _events(percentage: Decimal, slack: Decimal, people: int, column: str) -> int:
    """The one whole number of people that a percentage gives."""
    fewest = max(0, math.ceil((percentage - slack) * people / _HUNDRED))
    most = min(people, math.floor((percentage + slack) * people / _HUNDRED))
    if fewest > most:
        message = f"{plain(percentage)}% is the share of no whole number of {people} people"
        raise RowError(column, f"{message}; is it a share of others?")
    if fewest < most:
        message = f"{plain(percentage)}% of {people} may be any of {fewest} to {most} people"
        raise RowError(column, f"{message}; give the events")
    return fewest


def estimate_of(cells: RowCells, rules: EffectRules, measure: str, label: str) -> ReadEstimate:
    """The estimate of a row on the scale of its model; raise a ``RowError`` for what is none."""
    people = cells.people(rules.people) if cells.is_known(rules.people) else None
    reader = _EstimateReader(cells, rules, is_ratio=measure != RISK_DIFFERENCE)
    value = reader.number(rules.value)
    if rules.lower:
        lower, upper = reader.number(rules.lower), reader.number(rules.upper)
        reader.check_limits(value, lower, upper)
        level = float(rules.level)
        found = estimate_from_interval(label, value, lower, upper, level, measure, people)
        printed = Printed(value, lower, upper, level)
        return ReadEstimate(found, printed, tuple(reader.lopsided(value, lower, upper)))
    column = rules.standard_error or rules.variance
    spread = float(cells.decimal(column))
    if spread <= 0:
        raise RowError(column, f"{cells.text(column)} is no variance and no standard error")
    error = math.sqrt(spread) if rules.variance else spread
    on_scale = math.log(value) if reader.is_ratio else value
    return ReadEstimate(Estimate(label, on_scale, error, people))


class _EstimateReader:
    """Reads the estimate and the limits of a row as the ratio or the difference that they are."""

    def __init__(self, cells: RowCells, rules: EffectRules, *, is_ratio: bool) -> None:
        self._cells, self._rules, self.is_ratio = cells, rules, is_ratio
        self._is_log = is_ratio and rules.scale == LOG

    def number(self, column: str) -> float:
        """The number in a cell, a ratio as a ratio."""
        number = self._cells.decimal(column)
        if self._is_log:
            if abs(number) > _LARGEST_LOG:
                raise RowError(column, f"{number} is the logarithm of no ratio of people")
            return math.exp(number)
        if self.is_ratio and number <= 0:
            cure = f'; if it is a logarithm, say scale = "{LOG}"' if number < 0 else ""
            raise RowError(column, f"{number} is no ratio, which is above 0{cure}")
        return float(number)

    def check_limits(self, value: float, lower: float, upper: float) -> None:
        """An interval has some width, and contains its estimate."""
        texts = {name: self._cells.text(name) for name in self._rules.columns()}
        low, high, middle = self._rules.lower, self._rules.upper, self._rules.value
        if lower >= upper:
            message = f"the limits {texts[low]} and {texts[high]} are no interval"
            raise RowError(high, f"{message}; are the columns turned round?")
        for column, is_beyond in ((low, value < lower), (high, value > upper)):
            if is_beyond:
                message = f"the estimate {texts[middle]} lies beyond its limit {texts[column]}"
                raise RowError(column, message)

    def lopsided(self, value: float, lower: float, upper: float) -> Iterator[Remark]:
        """An interval of Wald's has its estimate in the middle, as far as the digits tell."""
        half = [self._half(column) for column in (self._rules.lower, self._rules.upper)]
        least, most = (
            self._middle(lower + sign * half[0], upper + sign * half[1]) for sign in (-1, 1)
        )
        slack = self._half(self._rules.value)
        if not least - slack <= value <= most + slack:
            text = self._cells.text(self._rules.value)
            middle = f"{self._middle(lower, upper):.4g}"
            what = f"the estimate {text} is not the middle of its interval, which is {middle}"
            yield Remark(
                f"{what}; the interval is read as it stands",
                self._cells.row.number,
                self._rules.value,
            )

    def _middle(self, lower: float, upper: float) -> float:
        if self.is_ratio:
            return math.sqrt(max(lower, 0) * upper)
        return (lower + upper) / 2

    def _half(self, column: str) -> float:
        """Half a unit of the last digit that is printed, on the scale on which limits are held."""
        number = self._cells.decimal(column)
        half = 0.5 * 10.0 ** -decimals_of(number)
        return half * math.exp(number) if self._is_log else half
