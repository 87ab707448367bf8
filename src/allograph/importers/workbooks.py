"""Workbooks: XLSX files, read as the text of their cells and written as text and numbers.

A workbook keeps a formula and the value that it last had. The value is read, since the formula is
no figure that anybody extracted; where a program wrote no value, the cell is a fault. A cell that
is shown as a percentage holds the fraction: its text is the percentage.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import IllegalCharacterError, InvalidFileException

from allograph.errors import FileError, Location

_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
_NO_VALUE = (
    "a formula without the value that it last had; open the sheet in a spreadsheet program,"
    " save it, and import it again"
)
_DATE = "a date: a spreadsheet program makes one of 3/17; write it as text, or in two columns"


@dataclass
class Worksheet:
    """The rows of one worksheet, from row 1, as text."""

    name: str
    rows: list[list[str]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    formulas: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)


def read_worksheet(content: bytes, shown_as: str, name: str = "") -> Worksheet:
    """Read a worksheet, by default the first; raise a ``FileError`` if there is none."""
    formulas, values = (_open(content, shown_as, only_values) for only_values in (False, True))
    names = [sheet.title for sheet in values.worksheets]
    chosen = name or (names[0] if names else "")
    if chosen not in names:
        known = ", ".join(f"'{known}'" for known in names) or "none"
        raise FileError(Location(shown_as), f"no worksheet is called '{chosen}'; there are {known}")
    written, kept = formulas[chosen], values[chosen]
    read = Worksheet(chosen)
    read.hidden.update(row for row, look in written.row_dimensions.items() if look.hidden)
    for number, cells in enumerate(written.iter_rows(), start=1):
        texts = []
        for column, cell in enumerate(cells, start=1):
            value = cell.value
            if cell.data_type == "f":
                read.formulas += 1
                cell = kept.cell(number, column)
                value = cell.value
                if value is None:
                    read.faults[number, column] = _NO_VALUE
            if cell.data_type == "e":
                read.faults[number, column] = f"an error of the spreadsheet: {value}"
            if isinstance(value, date | datetime | time | timedelta):
                read.faults[number, column] = _DATE
            texts.append(_text(value, cell.number_format))
        read.rows.append(texts)
    return read


def write_workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet: numbers as numbers, and text as text, never as a formula.

    Raise a ``FileError`` for a character that no workbook can hold.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet("Sheet")
    for number, texts in enumerate((header, *rows), start=1):
        for column, text in enumerate(texts, start=1):
            if text:
                _write_cell(sheet.cell(number, column), text)
    sheet.freeze_panes = "A2"
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _write_cell(cell: Any, text: str) -> None:
    try:
        if _NUMBER.fullmatch(text):
            cell.value = Decimal(text)
            return
        cell.value = text
    except IllegalCharacterError:
        message = f"cell {cell.coordinate}: a control character, which XLSX cannot hold; use CSV"
        raise FileError(Location("workbook"), message) from None
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))


def _open(content: bytes, shown_as: str, only_values: bool) -> Any:
    try:
        return load_workbook(io.BytesIO(content), data_only=only_values)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        message = f"no workbook that can be read ({error}); save it as XLSX"
        raise FileError(Location(shown_as), message) from None


def _text(value: object, number_format: str) -> str:
    """The text of a cell, with the digits that it holds."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case int() | float():
            number = Decimal(repr(value))
            if "%" in number_format:
                return f"{_plain(number * 100)}%"
            return _plain(number)
        case _:
            return str(value)


def _plain(number: Decimal) -> str:
    """A number as people write it: 16, not 16.0 or 1.6E+1."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
