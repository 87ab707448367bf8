"""Write workbooks of several sheets as rows come: XLSX, with numbers as numbers and printed digits.

No cell is a formula: a text that begins like one is stored as text, and marked as such. Rows go
to a file as they come, so that the memory does not grow with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.cell import get_column_letter

from allograph.errors import Unwritable
from allograph.tables.characters import strange_character
from allograph.tables.fields import Value
from allograph.tables.limits import LAST_COLUMN, LAST_ROW, LIMITS
from allograph.text.guarded import FORMULA

_MOST_DIGITS = 15  # that a spreadsheet program keeps of a number; more stay a text
_HEAD = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="E3ECF1")}
_WIDEST = 60  # characters of a column; longer texts are wrapped or cut by the program


@dataclass(frozen=True)
class Sheet:
    """One sheet: its heads, its rows, and how wide each column is, in characters.

    A sheet without heads is one of words, whose cells are wrapped.
    """

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[int]
    is_wrapped: bool = False


def write_book(sheets: Iterable[Sheet], output: IO[bytes], others: Sequence[str]) -> None:
    """Write a workbook; sheets are asked for one after another, and their rows as well.

    Raises:
        Unwritable: for what no workbook can hold; ``others`` are media types that can.

    """
    workbook = Workbook(write_only=True)
    try:
        for sheet in sheets:
            _write_sheet(workbook.create_sheet(sheet.title), sheet, others)
    except BaseException:
        # What was written of the sheets waits in files, which only saving would remove.
        pages: list[Any] = workbook.worksheets
        for page in pages:
            page.close()
            page._writer.cleanup()
        raise
    workbook.save(output)


def _write_sheet(page: Any, sheet: Sheet, others: Sequence[str]) -> None:
    for number, width in enumerate(sheet.widths, start=1):
        page.column_dimensions[get_column_letter(number)].width = min(width, _WIDEST) + 2
    if sheet.heads:
        page.freeze_panes = "A2"
        page.append([_head(page, text) for text in sheet.heads])
    number = above = 1 if sheet.heads else 0
    for number, row in enumerate(sheet.rows, start=above + 1):
        if number > LAST_ROW or len(row) > LAST_COLUMN:
            message = (
                f"XLSX holds at most {LAST_ROW - 1:,} rows and {LAST_COLUMN:,} columns, and this"
                " answer has more; take it in parts, with limit= and offset="
            )
            raise Unwritable(message, others)
        page.append([*_cells(page, sheet, number, row, others)])
    if sheet.heads and number > 1:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.heads))}{number}"


def _cells(
    page: Any, sheet: Sheet, number: int, row: Sequence[Value], others: Sequence[str]
) -> Iterator[Any]:
    for column, value in enumerate(row, start=1):
        if isinstance(value, str) and (wrong := _wrong(value)):
            at = f"{sheet.title}!{get_column_letter(column)}{number}"
            raise Unwritable(f"XLSX cannot hold what stands in {at}: {wrong}", others)
        yield _cell(page, value, is_wrapped=sheet.is_wrapped)


def _wrong(text: str) -> str:
    """Why no cell holds a text; nothing, if one does."""
    if len(text) > LIMITS.text:
        return f"more than {LIMITS.text:,} characters"
    return strange_character(text)


def _cell(page: Any, value: Value, *, is_wrapped: bool) -> Any:
    """A value as it is written: as itself where nothing more needs to be said of it."""
    if isinstance(value, Decimal):
        return _number(page, value)
    if not isinstance(value, str):
        return value
    if not is_wrapped and not value.startswith((*FORMULA, "#")):
        return value
    cell = WriteOnlyCell(page, value)
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(FORMULA)
    if is_wrapped:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _number(page: Any, value: Decimal) -> Any:
    """A number, shown with the digits that it has."""
    _sign, digits, exponent = value.as_tuple()
    if len(digits) > _MOST_DIGITS or not isinstance(exponent, int):
        return _cell(page, str(value), is_wrapped=False)
    cell = WriteOnlyCell(page)
    cell.value = value
    if exponent < 0:
        cell.number_format = f"0.{'0' * -exponent}"
    return cell


def _head(page: Any, text: str) -> Any:
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"
    cell.font, cell.fill = _HEAD["font"], _HEAD["fill"]
    return cell
