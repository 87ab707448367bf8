"""How large a sheet may be: what a reviewer can have filled in, with much room above it.

A file of a kilobyte can stand for gigabytes (a ZIP that unpacks to zeros, a cell in the last column
of the last row), so everything that grows while a sheet is read has its bound here.
"""

from __future__ import annotations

from dataclasses import dataclass

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""The last row and column of a worksheet (Excel specifications and limits)."""


@dataclass(frozen=True)
class Limits:
    """The most that is read of one sheet; tests give smaller ones."""

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 100_000_000
    """Of all parts of a workbook that are read, together."""
    rows: int = 100_000
    """With text; a row without any counts as nothing."""
    columns: int = 1_000
    cells: int = 1_000_000
    text: int = 32_767
    """Characters of one cell, as many as a spreadsheet program keeps."""


LIMITS = Limits()
