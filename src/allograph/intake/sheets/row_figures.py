"""Read one figure of a row, and check its numbers against each other.

What a sheet prints is reported; a percentage that was made of a fraction, and a size that was added
up from events and non-events, are derived. No numerator and no denominator is ever computed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from allograph.intake.sheets.numbers import decimals_of, exponent_of, plain
from allograph.intake.sheets.profile import FigureRules
from allograph.intake.sheets.row_cells import RowCells, RowError
from allograph.intake.sheets.statistics import SCALES, STATISTICS
from allograph.intake.sheets.studies import DraftFigure, Size, tolerance

_MOST_DECIMALS = 3  # with more, a spreadsheet has computed the number


def _check_people(figure: DraftFigure, people: int, column: str) -> None:
    """A share above nothing is of one person at least; raise a ``RowError`` of a column if not.

    That holds for estimates from censored data, too: Kaplan and Meier's steps are 1/n or more.
    """
    value = Decimal(figure.numbers["value"])
    most = value + Decimal(figure.numbers.get("tolerance", "0"))
    if figure.unit == "%" and value > 0 and most * people < 100:
        message = f"{plain(value)}% of {people} people is less than one person"
        cure = 'is it a fraction, as 0.5 for 50%? if not, say scale = "percent"'
        raise RowError(column, f"{message}; {cure}")


def read_figure(cells: RowCells, rules: FigureRules, arm: str, outcome: str) -> DraftFigure | None:
    """The figure of a row, or nothing where its cells hold none; raise a ``RowError``."""
    return _FigureReader(cells, rules).read(arm, outcome)


class _FigureReader:
    def __init__(self, cells: RowCells, rules: FigureRules) -> None:
        self._cells = cells
        self._rules = rules
        self._scale = SCALES[rules.scale_name()]

    def read(self, arm: str, outcome: str) -> DraftFigure | None:
        rules = self._rules
        events = self._people(rules.events)
        size = self._size(events)
        value = self._scaled(rules.value)
        if events is None and value is None:
            return None
        if events is not None and size is not None:
            self._check(events, size.people, value)
        elif value is not None:
            self._check_scale(rules.value)
        if events is not None and not self._is_printed(value):
            numbers = {"value": str(events)}
            figure = self._figure("count", (rules.events, rules.total), size)
        else:
            numbers = self._shares()
            figure = self._figure(rules.statistic, rules.columns(), size)
        if events is not None:
            numbers["numerator"] = str(events)
        if size is not None and not size.derived:
            numbers["denominator"] = str(size.people)
        figure = replace(figure, arm=arm, outcome=outcome, numbers=numbers)
        if size is not None and rules.value and not rules.scale:
            _check_people(figure, size.people, rules.value)
        return figure

    def _figure(self, statistic: str, columns: Iterable[str], size: Size | None) -> DraftFigure:
        """A figure of a statistic without its numbers, and the cells in which it stands."""
        row, rules = STATISTICS[statistic], self._rules
        return DraftFigure(
            arm="",
            outcome="",
            statistic=statistic,
            kind=row.kind,
            unit=row.unit,
            cells=self._cells.of(column for column in columns if self._cells.is_known(column)),
            derived=statistic != "count" and rules.scale_name() == "fraction",
            numbers={},
            size=size,
            at_time=rules.at_time if row.at_time else "",
            time_origin=rules.time_origin if row.has_origin else "",
        )

    def _people(self, column: str) -> int | None:
        return self._cells.people(column) if self._cells.is_known(column) else None

    def _size(self, events: int | None) -> Size | None:
        """How many were counted: the printed total, or events and non-events together."""
        rules = self._rules
        total, nonevents = self._people(rules.total), self._people(rules.nonevents)
        if total == 0:
            raise RowError(
                rules.total, "a total of 0: nobody was counted; clear the cells of this figure"
            )
        if total is not None:
            return Size(total, self._cells.of([rules.total]), derived=False)
        if nonevents is None or events is None:
            return None
        if not events + nonevents:
            raise RowError(rules.events, "no events and no others: nobody was counted")
        cells = self._cells.of([rules.events, rules.nonevents])
        return Size(events + nonevents, cells, derived=True)

    def _check(self, events: int, people: int, value: Decimal | None) -> None:
        rules = self._rules
        if events > people:
            message = (
                f"{events} events in {people} people: is it the column of the others, or a slip?"
            )
            raise RowError(rules.events, message)
        if value is not None:
            share = Decimal(100 * events) / people
            if abs(share - value) > self._tolerance(value) + Decimal("0.000001"):
                message = f"{plain(value)}% is not {events} of {people}, which is {share:.4g}%"
                raise RowError(rules.value, f"{message}; look into the report, and mend the sheet")

    def _check_scale(self, column: str) -> None:
        """A number below 1 among percentages may be a fraction, until somebody says the scale."""
        rules, cells = self._rules, self._cells
        if rules.scale or rules.scale_name() != "percent" or not cells.is_known(column):
            return
        number = cells.decimal(column)
        if 0 < number < 1 and not cells.is_percent(column):
            fraction = plain((number * 100).normalize())
            message = f"{plain(number)} among percentages: is it {fraction}% or {plain(number)}%?"
            cure = 'write it with its %, or say scale = "percent" if all are percentages'
            raise RowError(column, f"{message} {cure}")

    def _scaled(self, column: str) -> Decimal | None:
        """A number in the unit of the graph."""
        if not self._cells.is_known(column):
            return None
        number = self._cells.decimal(column)
        scale = SCALES["percent"] if self._cells.is_percent(column) else self._scale
        if number < 0:
            raise RowError(column, f"{number} is negative; a share, a time or an error is not")
        if scale.highest is not None and number > scale.highest:
            cure = '; if these are percentages, say scale = "percent"' if scale.highest == 1 else ""
            raise RowError(column, f"{number} is more than {scale.highest}{cure}")
        if scale is not self._scale and self._rules.scale_name() != "percent":
            raise RowError(column, f"{self._cells.text(column)} among fractions; write 0.5 for 50%")
        if self._rules.decimals > decimals_of(number):
            number = number.quantize(Decimal(1).scaleb(-self._rules.decimals))
        return number * scale.factor if scale.factor == 1 else number.scaleb(2)

    def _is_printed(self, value: Decimal | None) -> bool:
        """Whether a report may print a value so; else a spreadsheet has computed it."""
        return (
            value is not None
            and decimals_of(value) <= _MOST_DECIMALS
            and self._rules.scale_name() != "fraction"
        )

    def _tolerance(self, value: Decimal) -> Decimal:
        return Decimal(tolerance(decimals_of(value)))

    def _shares(self) -> dict[str, str]:
        """The value with its interval and its standard error."""
        rules = self._rules
        value, lower, upper, error = map(
            self._scaled, (rules.value, rules.lower, rules.upper, rules.standard_error)
        )
        if value is None:
            return {}
        text = self._cells.text(rules.value)
        if exponent_of(value) > 0:
            message = f"{text} has one decimal, so it may be off by 5%"
            cure = "where the spreadsheet dropped closing zeros, say decimals = 2"
            raise RowError(rules.value, f"{message}; {cure}")
        if rules.scale_name() != "fraction" and not self._is_printed(value):
            message = f"{text} has more digits than a report prints"
            raise RowError(rules.value, f"{message}; round it, or give the events and the total")
        for column, limit, is_wrong in (
            (rules.lower, lower, lower is not None and lower > value),
            (rules.upper, upper, upper is not None and upper < value),
        ):
            if is_wrong:
                raise RowError(
                    column, f"an interval contains its estimate, and {limit} is beyond {value}"
                )
        if lower is not None and 100 * lower <= value:
            self._check_scale(rules.lower)
        self._check_scale(rules.standard_error)
        named = {"value": value, "lowerLimit": lower, "upperLimit": upper, "standardError": error}
        numbers = {name: plain(number) for name, number in named.items() if number is not None}
        if lower is not None or upper is not None:
            numbers["confidenceLevel"] = rules.level
        numbers["tolerance"] = tolerance(decimals_of(value))
        return numbers
