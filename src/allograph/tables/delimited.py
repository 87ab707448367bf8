"""Divide the text of a CSV file into records (RFC 4180), whatever its delimiter is.

The delimiter is the one that divides the records from the header on most evenly; a title above the
header says nothing of it. A quotation mark that does not fit is told by its row.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from allograph.errors import FileError, Location
from allograph.tables.limits import LAST_ROW, Limits

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
"""The delimiters that are looked for, by the names that a profile and a format give them."""

_SAMPLE = 200  # records that are read to find the delimiter


def delimiter_of(text: str, header: int) -> str:
    """The delimiter that divides most records into as many cells as the row of the names has."""

    def fitness(delimiter: str) -> tuple[int, int]:
        widths = []
        try:
            for number, record in _records(text, delimiter, strict=False):
                if number > header + _SAMPLE:
                    break
                if number >= header and any(record):
                    widths.append(len(record))
        except csv.Error:
            return (0, 0)
        if not any(width > 1 for width in widths):
            return (0, 0)
        usual = Counter(width for width in widths if width > 1).most_common(1)[0][0]
        width = widths[0] if widths[0] > 1 else usual
        return (widths.count(width), width)

    return max(DELIMITERS.values(), key=fitness)


def records_of(
    text: str, delimiter: str, shown_as: str, limits: Limits
) -> Iterator[tuple[int, list[str]]]:
    """The records that hold anything, and their numbers; a quoted line break starts no new one.

    Raise a ``FileError`` at a quotation mark that does not fit, and beyond the limits.
    """
    number = rows = cells = 0
    try:
        for number, record in _records(text, delimiter, strict=True):
            at = Location(shown_as, number)
            while record and not record[-1].strip():
                record.pop()
            if not record:
                continue
            rows, cells = rows + 1, cells + len(record)
            if len(record) > limits.columns:
                raise FileError(
                    at, f"more than {limits.columns:,} columns; is the delimiter right?"
                )
            if rows > limits.rows or cells > limits.cells or number > LAST_ROW:
                what = f"{limits.rows:,} rows or {limits.cells:,} cells"
                raise FileError(at, f"more than {what}; divide the sheet")
            if len(longest := max(record, key=len)) > limits.text:
                message = f"a cell has {len(longest):,} characters, from '{longest[:20]}' on"
                raise FileError(at, f"{message}; is a quotation mark not closed?")
            yield number, record
    except csv.Error as error:
        raise FileError(Location(shown_as, number + 1), _mistake(error, delimiter)) from None


def _records(text: str, delimiter: str, *, strict: bool) -> Iterator[tuple[int, list[str]]]:
    lines = io.StringIO(text, newline="")
    return enumerate(csv.reader(lines, delimiter=delimiter, strict=strict), start=1)


def _mistake(error: csv.Error, delimiter: str) -> str:
    mark = next(name for name, known in DELIMITERS.items() if known == delimiter)
    if "expected after" in str(error):
        shown = delimiter if delimiter != "\t" else "a tab"
        message = f"'{shown}' ({mark}) expected after a closing '\"'"
        return f'{message}; write a quotation mark inside a text twice: """A"" and B"'
    if "unexpected end" in str(error) or "field limit" in str(error):
        return "a quotation mark opens here and none closes; delete it, or close it"
    return f"no CSV: {error}"
