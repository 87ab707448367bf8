"""Read one worksheet of a workbook (ECMA-376, part 1, section 18.3) as the text of its cells.

The reader is our own since the libraries for XLSX refuse files for their colours (openpyxl builds
every style) or do not say how a cell is shown or that its row is hidden (calamine). It keeps the
cells with text alone, so that its work grows with the file and not with the worksheet's last row.

A workbook keeps a formula and the value that it last had. The value is read, since the formula is
no figure that anybody extracted; where a program wrote no value, the cell is a fault.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from allograph.errors import FileError, Location
from allograph.tables.limits import LAST_COLUMN, LAST_ROW, LIMITS, Limits
from allograph.tables.number_formats import DATE, shown
from allograph.tables.ooxml import Package, WorkbookError
from allograph.tables.workbook_parts import Relations, Sheets, Strings, Styles, Text

_NO_VALUE = (
    "a formula without the value that it last had; open the sheet in a spreadsheet program,"
    " save it, and import it again"
)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
_TRUE = ("1", "true")


@dataclass
class Worksheet:
    """The cells with text of one worksheet, by row and column from 1."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[range] = field(default_factory=list)
    formulas: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    numbers: set[tuple[int, int]] = field(default_factory=set)
    """Cells that hold a number and no text: it is written with a point, in all languages."""
    is_hidden: bool = False
    others: tuple[str, ...] = ()
    """The names of the other worksheets, as people are told of them."""


def read_worksheet(
    content: bytes, shown_as: str, name: str = "", limits: Limits = LIMITS
) -> Worksheet:
    """Read a worksheet, by default the first that is seen; raise a ``FileError`` if there is none.

    A workbook that is damaged, hostile or beyond the limits is a ``FileError``, too.
    """
    try:
        return _read(Package(content, limits.unpacked_bytes), shown_as, name, limits)
    except WorkbookError as error:
        message = f"no workbook that can be read ({error}); save it as XLSX, or as CSV"
        raise FileError(Location(shown_as), message) from None


def column_letters(column: int) -> str:
    """The name of a column in a spreadsheet program: 28 is AB."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _read(package: Package, shown_as: str, name: str, limits: Limits) -> Worksheet:
    rels = _relations(package, "")
    book = next((part for kind, part in rels.values() if kind == "officeDocument"), "")
    book = book or "xl/workbook.xml"
    sheets = Sheets()
    package.parse(book, sheets)
    parts = _relations(package, book)
    pages = [
        (title, is_hidden, parts[relation][1])
        for title, is_hidden, relation in sheets.found
        if relation in parts and parts[relation][0] == "worksheet"
    ]
    seen = [page for page in pages if not page[1]]
    named = [page for page in pages if page[0] == name] if name else seen or pages
    if not named:
        known = ", ".join(f"'{title}'" for title, _hidden, _part in pages) or "none"
        raise FileError(Location(shown_as), f"no worksheet is called '{name}'; there are {known}")
    title, is_hidden, part = named[0]
    styles, strings = Styles(), Strings(limits)
    for kind, listener in (("styles", styles), ("sharedStrings", strings)):
        for found, place in parts.values():
            if found == kind and place in package:
                package.parse(place, listener)
    others = [f"'{page[0]}'{' (hidden)' if page[1] else ''}" for page in pages if page[0] != title]
    read = Worksheet(title, is_hidden=is_hidden, others=tuple(others))
    package.parse(part, _Cells(read, styles.of_cells, strings.found, limits))
    return read


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to: by identifier, of which kind, and where."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    relations = Relations(folder)
    if place in package:
        package.parse(place, relations)
    return relations.found


class _Cells(Text):
    """Puts the cells of a worksheet that have text into their places."""

    def __init__(
        self, sheet: Worksheet, formats: Sequence[str], strings: Sequence[str], limits: Limits
    ) -> None:
        super().__init__(limits)
        self._sheet = sheet
        self._formats = formats
        self._strings = strings
        self._row = self._column = self._cells = 0
        self._cell: dict[str, str] = {}
        self._is_formula = self._has_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.begin(name)
        match name:
            case "row":
                self._row = self._row_number(attributes.get("r"))
                self._column = 0
                if attributes.get("hidden") in _TRUE:
                    self._sheet.hidden_rows.add(self._row)
            case "c":
                self._column = self._column_number(attributes.get("r"))
                self._cell = attributes
                self._is_formula = self._has_value = False
                self.taken()
            case "f":
                self._is_formula = True
            case "v" | "t":
                self._has_value = True
            case "col" if attributes.get("hidden") in _TRUE:
                first, last = (attributes.get(name, "") for name in ("min", "max"))
                if first.isascii() and first.isdigit() and last.isascii() and last.isdigit():
                    self._sheet.hidden_columns.append(range(int(first[:6]), int(last[:6]) + 1))

    def end(self, name: str) -> None:
        super().end(name)
        if name == "c" and (self._has_value or self._is_formula):
            self._put(self.taken())

    def _row_number(self, text: str | None) -> int:
        number = self._row + 1 if text is None else 0
        if text is not None and re.fullmatch(r"[0-9]{1,7}", text):
            number = int(text)
        if not 0 < number <= LAST_ROW:
            raise WorkbookError(f"no row is called '{text}'")
        return number

    def _column_number(self, reference: str | None) -> int:
        if reference is None:
            return self._column + 1
        number = 0
        if match := _REFERENCE.fullmatch(reference):
            for letter in match[1]:
                number = number * 26 + ord(letter) - ord("A") + 1
        if not 0 < number <= LAST_COLUMN:
            raise WorkbookError(f"no cell is called '{reference}'")
        return number

    def _put(self, text: str) -> None:
        text, fault = self._read(text)
        at = (self._row, self._column)
        if self._is_formula:
            self._sheet.formulas += 1
            fault = fault if self._has_value else _NO_VALUE
        if fault:
            self._sheet.faults[at] = fault
        if not text:
            return
        row = self._sheet.rows.setdefault(self._row, {})
        before = max(row, default=0)
        row[self._column] = text
        self._cells += max(0, self._column - before)  # as many as the row has when it is padded
        self._check_limits()

    def _check_limits(self) -> None:
        limits, name = self._limits, f"{column_letters(self._column)}{self._row}"
        if self._column > limits.columns:
            message = f"{name} holds something, beyond the {limits.columns:,} columns that are read"
            raise WorkbookError(f"{message}; clear what is so far out")
        if len(self._sheet.rows) > limits.rows:
            raise WorkbookError(f"more than {limits.rows:,} rows; divide the sheet")
        if self._cells > limits.cells:
            raise WorkbookError(f"more than {limits.cells:,} cells; divide the sheet")

    def _read(self, text: str) -> tuple[str, str]:
        """The text of a cell, and what is wrong with it."""
        match self._cell.get("t", "n"):
            case "s":
                if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) >= len(self._strings):
                    raise WorkbookError(f"there is no shared text {text[:20]}")
                return self._strings[int(text)], ""
            case "inlineStr" | "str":
                return text, ""
            case "b":
                return ("TRUE" if text.strip() in _TRUE else "FALSE"), ""
            case "e":
                return text, ""
            case "d":
                return text, DATE
        if not text.strip():
            return "", _NO_VALUE if self._is_formula else ""
        if not _NUMBER.fullmatch(text.strip()):
            return text, f"'{text[:40]}' is stored as a number and is none; write it anew"
        number = Decimal(repr(float(text)))
        if not number.is_finite():
            return text, f"'{text[:40]}' is too large a number"
        self._sheet.numbers.add((self._row, self._column))
        return shown(number, self._format())

    def _format(self) -> str:
        style = self._cell.get("s", "0")
        place = int(style) if re.fullmatch(r"[0-9]{1,6}", style) else 0
        return self._formats[place] if place < len(self._formats) else "General"
