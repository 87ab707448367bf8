"""Tables: rows of text cells, numbered as a spreadsheet program numbers them, from CSV or XLSX.

Rows and columns are counted from 1, the header included, as RFC 7111 counts them, so that a row
number in a message is the one that the reviewer sees. A cell is the text that stands in it; nothing
is guessed about its type. What was decided in reading a file (its encoding, its delimiter) is its
``format``, a media type with parameters, so that somebody else reads the same cells from the same
bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from allograph.errors import FileError, Location
from allograph.tables.characters import strange_character
from allograph.tables.delimited import DELIMITERS, delimiter_of, records_of
from allograph.tables.encodings import decoded
from allograph.tables.limits import LIMITS, Limits
from allograph.tables.worksheets import Worksheet, column_letters, read_worksheet
from allograph.text.guarded import guarded

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ERROR = re.compile(
    r"#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A|GETTING_DATA|SPILL!|CALC!|FIELD!|BLOCKED!)"
)
_NO_TABLES = (".xls", ".xlsb", ".ods", ".numbers", ".pdf", ".docx", ".doc")
_MOST_STRANGE = 0.01  # of the characters of a text; with more it is no text


@dataclass(frozen=True)
class Row:
    """The cells of one row, and its number."""

    number: int
    cells: tuple[str, ...]
    above: Mapping[int, int] = field(default_factory=dict)
    """Columns whose text stands in an earlier row, and which: merged cells."""

    def cell(self, column: int) -> str:
        """The text of a column, counted from 1; a row may end early."""
        return self.cells[column - 1] if 0 < column <= len(self.cells) else ""


@dataclass(frozen=True)
class Remark:
    """Something about a file that a person should know: where, and what."""

    what: str
    row: int | None = None
    column: str | None = None


@dataclass(frozen=True)
class Table:
    """All rows of one sheet that are not empty, what it is called, and how it was read."""

    file_name: str
    sheet: str
    sha256: str
    format: str
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells that cannot be read, by row and column, and why."""
    strange: dict[tuple[int, int], str] = field(default_factory=dict)
    """Cells with a character that no graph can hold, and which."""
    numbers: frozenset[tuple[int, int]] = frozenset()
    """Cells of a workbook that hold a number: its text has a point, in all languages."""
    others: tuple[str, ...] = ()
    """The other worksheets of the workbook, as people are told of them."""

    @cached_property
    def row_by_number(self) -> dict[int, Row]:
        """The rows by their numbers."""
        return {row.number: row for row in self.rows}


def write_csv_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file in UTF-8; a text that a spreadsheet program would run as a formula is guarded."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    for row in (header, *rows):
        writer.writerow([guarded(cell) for cell in row])
    return output.getvalue().encode()


def read_table(
    content: bytes,
    file_name: str,
    shown_as: str,
    *,
    worksheet: str = "",
    encoding: str = "",
    delimiter: str = "",
    header: int = 1,
    limits: Limits = LIMITS,
) -> Table:
    """Read a CSV or XLSX file whose column names stand in the row ``header``.

    Raise a ``FileError`` if it is neither, has no such worksheet or is larger than the limits.
    """
    suffix = PurePath(file_name).suffix.lower()
    if suffix in _NO_TABLES:
        message = f"a {suffix} file is not read; save the sheet as XLSX or CSV"
        raise FileError(Location(shown_as), message)
    if suffix in (".xlsx", ".xlsm"):
        return _from_workbook(content, file_name, shown_as, worksheet, limits)
    text, charset, told = decoded(content, encoding, shown_as)
    _check_text(text, shown_as)
    mark = DELIMITERS.get(delimiter) or delimiter_of(text, header)
    name = next(name for name, known in DELIMITERS.items() if known == mark)
    rows = tuple(
        Row(number, tuple(cells)) for number, cells in records_of(text, mark, shown_as, limits)
    )
    return Table(
        file_name,
        file_name,
        hashlib.sha256(content).hexdigest(),
        f"{CSV}; charset={charset}; delimiter={name}",
        rows,
        tuple(map(Remark, told)),
        _errors(rows),
        _strange(rows),
    )


def read_again(content: bytes, file_name: str, format: str, sheet: str) -> Table:
    """Read a file that was read before in the same way: its ``format`` says how."""
    _media_type, *parameters = (part.strip().partition("=") for part in format.split(";"))
    read_as = {name: value for name, _equals, value in parameters}
    return read_table(
        content,
        file_name,
        file_name,
        worksheet=sheet if format == XLSX else "",
        encoding=read_as.get("charset", ""),
        delimiter=read_as.get("delimiter", ""),
    )


def _from_workbook(
    content: bytes, file_name: str, shown_as: str, worksheet: str, limits: Limits
) -> Table:
    read = read_worksheet(content, shown_as, worksheet, limits)
    if wrong := strange_character(read.name):
        raise FileError(Location(shown_as), f"the name of a worksheet: {wrong}")
    rows = tuple(
        Row(number, tuple(cells.get(column, "") for column in range(1, max(cells) + 1)))
        for number, cells in sorted(read.rows.items())
        if any(map(str.strip, cells.values()))
    )
    return Table(
        file_name,
        read.name,
        hashlib.sha256(content).hexdigest(),
        XLSX,
        rows,
        tuple(_remarks(read, rows, worksheet)),
        _errors(rows) | read.faults,
        _strange(rows),
        frozenset(read.numbers),
        read.others,
    )


def _remarks(read: Worksheet, rows: Sequence[Row], worksheet: str) -> Iterable[Remark]:
    """What a person who sees the workbook does not see of what was read."""
    if read.is_hidden:
        yield Remark(f"the worksheet '{read.name}' is hidden, and was read")
    if read.others and not worksheet:
        others = ", ".join(read.others[:10])
        yield Remark(f"read the worksheet '{read.name}'; table.worksheet names another: {others}")
    for number in sorted(read.hidden_rows & {row.number for row in rows}):
        yield Remark("a hidden row, read like the others", number)
    used = {column for row in rows[:1] for column, cell in enumerate(row.cells, 1) if cell.strip()}
    for column in sorted(used):
        if any(column in hidden for hidden in read.hidden_columns):
            yield Remark("a hidden column, read like the others", None, column_letters(column))
    if read.formulas:
        yield Remark(f"{read.formulas} formulas, read as the values kept with them")


def _check_text(text: str, shown_as: str) -> None:
    """A text has hardly any character of the kind that binary files are full of."""
    if text.count("\0") > _MOST_STRANGE * len(text):
        raise FileError(Location(shown_as), "this is no text; save the sheet as CSV or XLSX")


def _errors(rows: Sequence[Row]) -> dict[tuple[int, int], str]:
    """The cells in which a spreadsheet program shows an error."""
    return {
        (row.number, column): f"an error of the spreadsheet: {cell.strip()}; mend its formula,"
        f' or say in table.missing that "{cell.strip()}" is nothing'
        for row in rows
        for column, cell in enumerate(row.cells, start=1)
        if cell.lstrip().startswith("#") and _ERROR.fullmatch(cell.strip())
    }


def _strange(rows: Sequence[Row]) -> dict[tuple[int, int], str]:
    return {
        (row.number, column): wrong
        for row in rows
        for column, cell in enumerate(row.cells, start=1)
        if (wrong := strange_character(cell))
    }
