"""Cells of a held sheet, by row and column (RFC 7111, section 2.3), and what stands in them.

``cell=2,4;2,5`` are two cells of the second row. Their text, in this order and divided by `` | ``,
is what a locator proves: its digest is the locator's, and the figure as printed lies in it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from allograph.errors import FileError
from allograph.tables.table import Table, read_again

CONFORMS_TO = "http://tools.ietf.org/rfc/rfc7111"
DIVIDER = " | "
LONGEST = 60  # characters that a printed form may have
_CELL = re.compile(r"([0-9]{1,7}),([0-9]{1,7})")


@dataclass(frozen=True)
class Cells:
    """Some cells of a sheet, by row and column from 1, and their text."""

    addresses: tuple[tuple[int, int], ...]
    text: str

    @property
    def row(self) -> int:
        """The row of the first cell."""
        return self.addresses[0][0]

    @property
    def fragment(self) -> str:
        """The cells as RFC 7111 names them."""
        return "cell=" + ";".join(f"{row},{column}" for row, column in self.addresses)

    @property
    def printed(self) -> str:
        """What a person is shown of the text: its first characters, at most 60."""
        return self.text[:LONGEST]

    @property
    def sha256(self) -> str:
        """The digest of the text in UTF-8."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class HeldSheet:
    """A sheet that was read before, opened again to prove what was taken from it."""

    def __init__(self, content: bytes, file_name: str, format: str) -> None:
        self._source = (content, file_name, format)
        self._tables: dict[str, Table] = {}

    def text(self, fragment: str, sheet: str) -> str | None:
        """The text of the cells that a fragment names; nothing for no cells or no such sheet."""
        if (cells := cells_of(fragment)) is None:
            return None
        if sheet not in self._tables:
            try:
                self._tables[sheet] = read_again(*self._source, sheet)
            except (
                FileError
            ):  # the locator names another worksheet, or the format is not the file's
                return None
        return text_of(self._tables[sheet], cells)


def cells_of(fragment: str) -> tuple[tuple[int, int], ...] | None:
    """The row and column of each cell of ``cell=2,4;2,5``; nothing if it is written otherwise."""
    scheme, _equals, cells = fragment.partition("=")
    matches = [_CELL.fullmatch(cell) for cell in cells.split(";")]
    if scheme != "cell" or not all(matches):
        return None
    return tuple((int(match[1]), int(match[2])) for match in matches if match)


def text_of(table: Table, cells: Iterable[tuple[int, int]]) -> str:
    """The text of some cells, without spaces around it."""
    rows = table.row_by_number
    return DIVIDER.join(
        rows[row].cell(column).strip() if row in rows else "" for row, column in cells
    )
