"""The cells of one row, by the names of their columns: as text, as numbers, as places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from allograph.curated.held.cells import DIVIDER, Cells
from allograph.intake.sheets.numbers import NumberError, decimal_number, whole_number
from allograph.intake.sheets.profile import Choice, Profile, folded
from allograph.tables.table import Row, Table
from allograph.text.guarded import unguarded

Number = TypeVar("Number", int, Decimal)


class RowError(ValueError):
    """A row that cannot be read: which column, what is wrong, the cure."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True)
class RowCells:
    """One row of a table; ``columns`` is the place of each name in the header, from 1."""

    table: Table
    columns: Mapping[str, int]
    profile: Profile
    row: Row

    def text(self, column: str) -> str:
        """The text of a cell without spaces around it; raise a ``RowError`` if it has none."""
        number = self.columns[column]
        at = self._at(number)
        if fault := self.table.strange.get(at) or self.table.faults.get(at):
            raise RowError(column, fault)
        return self.row.cell(number).strip()

    def raw(self, column: str) -> str:
        """The text of a cell as it stands, be it an error or not."""
        return self.row.cell(self.columns[column]).strip()

    def name(self, column: str) -> str:
        """The text of a cell on one line, without the mark that keeps it from being a formula."""
        return " ".join(unguarded(self.text(column)).split())

    def is_known(self, column: str) -> bool:
        """Whether the cell holds something, and not a word for nothing."""
        if not column:
            return False
        # A word for nothing is that even where it is an error of the spreadsheet, such as #N/A.
        if (raw := folded(self.raw(column))) and raw in self.profile.missing_cells:
            return False
        return folded(self.text(column)) not in self.profile.missing_cells

    def is_percent(self, column: str) -> bool:
        """Whether the cell says itself that it is a percentage."""
        return self.text(column).endswith(("%", "\uff05"))

    def people(self, column: str) -> int:
        """The number of people in a cell."""
        return self._number(column, self.text(column), whole_number)

    def decimal(self, column: str) -> Decimal:
        """The number in a cell, without its percent sign."""
        return self._number(column, self.text(column).rstrip("%\uff05 "), decimal_number)

    def chosen(self, choice: Choice) -> str:
        """The key that stands for what the row says, or nothing."""
        if not choice.columns:
            return choice.key
        text = folded(".".join(self.text(column) for column in choice.columns))
        keys = (key for known, key in choice.values.items() if folded(known) == text)
        return next(keys, choice.otherwise)

    def of(self, columns: Iterable[str]) -> Cells:
        """Where some columns of the row are, and what stands there."""
        names = tuple(columns)
        numbers = [self.columns[column] for column in names]
        cells = tuple(map(self._at, numbers))
        return Cells(cells, DIVIDER.join(self.text(column) for column in names))

    def _at(self, number: int) -> tuple[int, int]:
        """The row and column of a cell, which may borrow its text from an earlier row."""
        return self.row.above.get(number, self.row.number), number

    def _number(self, column: str, text: str, read: Callable[[str, str], Number]) -> Number:
        is_number = self._at(self.columns[column]) in self.table.numbers
        try:
            return read(text, "." if is_number else self.profile.table.decimal)
        except NumberError as error:
            raise RowError(column, str(error)) from None
