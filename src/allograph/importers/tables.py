"""Tables: rows of text cells, numbered as a spreadsheet program numbers them, from CSV or XLSX.

Rows and columns are counted from 1, the header included, as RFC 7111 counts them, so that a row
number in a message is the one that the reviewer sees. A cell is the text that stands in it; nothing
is guessed about its type. What was decided in reading a file (its encoding, its delimiter) is its
``format``, a media type with parameters, so that somebody else reads the same cells from the same
bytes.
"""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from allograph.errors import FileError, Location
from allograph.importers.workbooks import read_worksheet

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
"""The delimiters that are looked for, by the names that a profile and a format give them."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?%?")
_SAMPLE = 200  # records that are read to find the delimiter
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


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


def guarded(text: str) -> str:
    """A text that no spreadsheet program runs: ``=1+1`` becomes ``'=1+1``; numbers stay."""
    runs = text.startswith(_FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if runs else text


def unguarded(text: str) -> str:
    """The text before it was guarded."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_FORMULA) else text


def read_table(
    content: bytes,
    file_name: str,
    shown_as: str,
    *,
    worksheet: str = "",
    encoding: str = "",
    delimiter: str = "",
) -> Table:
    """Read a CSV or XLSX file; raise a ``FileError`` if it is neither, or has no such worksheet."""
    sha256 = hashlib.sha256(content).hexdigest()
    if not file_name.lower().endswith((".xlsx", ".xlsm")):
        return _read_csv(content, file_name, shown_as, sha256, encoding, delimiter)
    read = read_worksheet(content, shown_as, worksheet)
    rows = _filled(enumerate(read.rows, start=1))
    remarks = [
        Remark("a hidden row, read like the others", number)
        for number in sorted(read.hidden & {row.number for row in rows})
    ]
    if read.formulas:
        remarks.append(Remark(f"{read.formulas} formulas, read as the values kept with them"))
    return Table(file_name, read.name, sha256, XLSX, rows, tuple(remarks), read.faults)


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


def _read_csv(
    content: bytes, file_name: str, shown_as: str, sha256: str, encoding: str, delimiter: str
) -> Table:
    remarks = []
    charset = encoding or _charset(content)
    try:
        text = content.decode(charset)
    except LookupError:
        raise FileError(Location(shown_as), f"no encoding is called '{charset}'") from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"this is not {charset}; name its encoding in the profile: encoding = 'cp1252'"
        raise FileError(Location(shown_as, line), message) from None
    if "\0" in text:
        raise FileError(Location(shown_as), "this is no text; save the sheet as CSV or XLSX")
    if not encoding and charset == "cp1252":
        remarks.append(Remark("not UTF-8; read as Windows-1252"))
    separator = DELIMITERS.get(delimiter) or _delimiter(text)
    name = next(name for name, mark in DELIMITERS.items() if mark == separator)
    try:
        rows = _filled(_records(text, separator))
    except csv.Error as error:
        raise FileError(Location(shown_as), f"no CSV: {error}") from None
    format = f"{CSV}; charset={charset}; delimiter={name}"
    return Table(file_name, file_name, sha256, format, rows, tuple(remarks))


def _charset(content: bytes) -> str:
    """UTF-8, UTF-16 by its mark, else Windows-1252 as spreadsheet programs in the West write it."""
    for mark, charset in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return charset
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records and their numbers; a quoted line break does not start a new one."""
    lines = io.StringIO(text, newline="")
    return enumerate(csv.reader(lines, delimiter=delimiter, strict=True), start=1)


def _delimiter(text: str) -> str:
    """The delimiter that divides most records into as many cells as the first one."""

    def fitness(delimiter: str) -> tuple[int, int]:
        widths = []
        try:
            for number, record in _records(text, delimiter):
                if number > _SAMPLE:
                    break
                if any(record):
                    widths.append(len(record))
        except csv.Error:
            return (0, 0)
        if not widths or widths[0] == 1:
            return (0, 0)
        return (widths.count(widths[0]), widths[0])

    return max(DELIMITERS.values(), key=fitness)


def _filled(records: Iterator[tuple[int, list[str]]]) -> tuple[Row, ...]:
    return tuple(
        Row(number, tuple(cells)) for number, cells in records if any(map(str.strip, cells))
    )
