"""Write workbooks: XLSX files of one sheet, with numbers as numbers and texts as texts."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from allograph.errors import FileError, Location
from allograph.tables.limits import LAST_COLUMN, LAST_ROW, LIMITS

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_MOST_DIGITS = 15  # that a spreadsheet program keeps of a number; more stay a text


def write_workbook(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet: numbers as numbers, and text as text, never as a formula.

    Raise a ``FileError`` for what no workbook can hold: a control character, a long text, too many
    rows or columns.
    """
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet("Sheet")
    for number, texts in enumerate((header, *rows), start=1):
        if number > LAST_ROW or len(texts) > LAST_COLUMN:
            message = "more rows or columns than XLSX can hold; use CSV, or ask for fewer studies"
            raise FileError(Location("workbook"), message)
        for column, text in enumerate(texts, start=1):
            if text:
                _write_cell(sheet.cell(number, column), text)
    sheet.freeze_panes = "A2"
    output = io.BytesIO()
    workbook.save(output)
    return output.getvalue()


def _write_cell(cell: Any, text: str) -> None:
    if len(text) > LIMITS.text:
        message = f"cell {cell.coordinate}: more than {LIMITS.text:,} characters; use CSV"
        raise FileError(Location("workbook"), message)
    try:
        if _NUMBER.fullmatch(text) and len(text) <= _MOST_DIGITS:
            cell.value = Decimal(text)
            return
        cell.value = text
    except IllegalCharacterError:
        message = f"cell {cell.coordinate}: a control character, which XLSX cannot hold; use CSV"
        raise FileError(Location("workbook"), message) from None
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(("=", "+", "-", "@"))
