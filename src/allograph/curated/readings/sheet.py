"""Blind sheets: a row for each figure that is to be read, and the filled ones read again.

A sheet tells what ``asked`` tells, and has an empty cell for each number. It is CSV or XLSX. What a
reader notes beside a figure is for people: it may quote the source, and is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path

from allograph.curated.readings.asked import TOLD, Asked
from allograph.curated.readings.cells import Answer, AnswerError, answer_of, day_in
from allograph.errors import FileError, Location, nearest
from allograph.tables.limits import LIMITS
from allograph.tables.table import Row, Table, read_table, write_csv_table
from allograph.tables.workbooks import write_workbook
from allograph.text.files import read_regular
from allograph.text.guarded import unguarded

CELLS = {
    "value": "value",
    "numerator": "numerator",
    "denominator": "denominator",
    "lower": "lowerLimit",
    "upper": "upperLimit",
    "range_low": "rangeLow",
    "range_high": "rangeHigh",
}
"""The columns that a reader fills in, and the parts of a figure that they are."""

COLUMNS = (*TOLD, *CELLS, "note", "read_on")


@dataclass(frozen=True)
class Filled:
    """One row of a filled sheet: which figure, what was read, and on which day if that is said."""

    row: int
    figure: str
    answer: Answer
    day: date | None


@dataclass(frozen=True)
class FilledSheet:
    """A sheet that was read: its rows, how many of them are empty, and columns that it ignores."""

    rows: tuple[Filled, ...]
    empty: int
    ignored: tuple[str, ...]
    mistakes: tuple[FileError, ...]


def blind_sheet(asked: Sequence[Asked], *, is_workbook: bool = False) -> bytes:
    """The sheet to fill in, CSV or XLSX: what each figure is and where it stands, and no value."""
    rows = ([each.told.get(column, "") for column in COLUMNS] for each in asked)
    return (write_workbook if is_workbook else write_csv_table)(COLUMNS, rows)


def read_filled(path: Path, figures: Mapping[str, str], others: Mapping[str, str]) -> FilledSheet:
    """Read a filled sheet.

    ``figures`` are the IRIs of the figures that may stand in it, by each name that they have;
    ``others`` those of other studies or reports, to be told from what is unknown.

    Raises:
        FileError: the file is no sheet, or has no column ``figure`` or none that holds an answer.

    """
    shown_as = str(path)
    content = read_regular(path, shown_as, LIMITS.file_bytes)
    table = read_table(content, path.name, shown_as)
    columns = _columns(table, shown_as)
    rows, mistakes, seen = [], [], dict[str, int]()
    empty, in_cells = 0, _mistakes_in_cells(table, shown_as)
    for row in table.rows[1:]:
        cells = {name: unguarded(row.cell(column).strip()) for name, column in columns.items()}
        try:
            if row.number in in_cells:
                raise in_cells[row.number]
            filled = _filled(row, cells, figures, others, shown_as)
            if filled is None:
                empty += 1
                continue
            if (before := seen.setdefault(filled.figure, row.number)) != row.number:
                message = f"the figure of row {before} again; leave one of the two"
                raise FileError(Location(shown_as, row.number), message)
            rows.append(filled)
        except FileError as mistake:
            mistakes.append(mistake)
    ignored = tuple(name for name in columns if name not in COLUMNS and name)
    return FilledSheet(tuple(rows), empty, ignored, tuple(mistakes))


def _columns(table: Table, shown_as: str) -> dict[str, int]:
    """The columns by their names, the first of those with the same."""
    header = table.rows[0].cells if table.rows else ()
    columns: dict[str, int] = {}
    for column, cell in enumerate(header, start=1):
        columns.setdefault("_".join(cell.strip().casefold().split()), column)
    for needed in ("figure", "value"):
        if needed not in columns:
            found = nearest(needed, columns) if columns else ""
            message = f"a sheet of readings has a column '{needed}'{found}"
            raise FileError(Location(shown_as, 1), message)
    return columns


def _mistakes_in_cells(table: Table, shown_as: str) -> dict[int, FileError]:
    """The first cell that cannot be read, or must not, of each row that has one."""
    found: dict[int, FileError] = {}
    for (row, column), why in chain(table.faults.items(), table.strange.items()):
        found.setdefault(row, FileError(Location(shown_as, row, column), why))
    return found


def _filled(
    row: Row,
    cells: Mapping[str, str],
    figures: Mapping[str, str],
    others: Mapping[str, str],
    shown_as: str,
) -> Filled | None:
    at = Location(shown_as, row.number)
    try:
        answer = answer_of({part: cells.get(column, "") for column, part in CELLS.items()})
    except AnswerError as error:
        raise FileError(at, str(error)) from None
    name = cells["figure"]
    if name not in figures:
        raise FileError(at, _unknown(name, others))
    day = _day(cells.get("read_on", ""), at)
    return None if answer is None else Filled(row.number, figures[name], answer, day)


def _day(text: str, at: Location) -> date | None:
    try:
        return day_in(text) if text else None
    except ValueError as error:
        raise FileError(at, f"read_on: {error}") from None


def _unknown(name: str, others: Mapping[str, str]) -> str:
    if not name:
        return "no figure is named; its IRI stands in the blind sheet"
    if name in others:
        return f"'{name}' is a figure of another study or report; name that one, or all"
    return f"no figure is called '{name}'; write the blind sheet anew: --sheet FILE"
