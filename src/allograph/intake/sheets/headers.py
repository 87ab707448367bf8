"""Find the columns of a sheet by their names, and say where the names are if they are elsewhere.

Names may stand in two rows, arms above and numbers below: then the columns are called by both,
``Inotuzumab n``. A merged cell of the upper row is written once, so its text holds for the empty
cells to its right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from allograph.errors import FileError, Location, nearest
from allograph.intake.sheets.profile import Profile, TableRules
from allograph.tables.delimited import DELIMITERS
from allograph.tables.table import Table

_SEARCHED = 30  # rows in which the names are looked for
_MOST_NAMED = 30  # columns in a message
_FIGURE = re.compile(r"[-+]?\d+(?:[.,]\d+)?%?")


def columns_of(table: Table, profile: Profile) -> dict[str, int]:
    """The place of each named column, from 1; those of the profile must be there, and once.

    Raise a ``FileError`` that says what the columns are called, and how to name them.
    """
    rules = profile.table
    at = Location(table.file_name, rules.header)
    if not any(rules.header <= row.number < first_row(rules) for row in table.rows):
        raise FileError(at, "no row of column names; say table.header, or export the sheet again")
    names = _names(table, rules.header, rules.header_rows)
    columns = {name: number for number, name in enumerate(names, start=1) if name}
    for name in profile.mapped():
        if name not in columns:
            known = list(columns)[:_MOST_NAMED]
            message = f"no column is called '{name}'{nearest(name, known)}"
            raise FileError(at, "; ".join([message, *_cures(table, profile, name)]))
        if names.count(name) > 1:
            message = f"{names.count(name)} columns are called '{name}'; rename them"
            raise FileError(at, "; ".join([message, *_two_rows(table, rules)]))
    return columns


def first_row(rules: TableRules) -> int:
    """The first row below the names."""
    return rules.header + rules.header_rows


def _names(table: Table, first: int, rows: int) -> list[str]:
    """What the columns are called; nothing where no row says it or a character is strange."""
    lines = [
        [
            "" if (number, column) in table.strange else " ".join(cell.split())
            for column, cell in enumerate(row.cells, start=1)
        ]
        for number in range(first, first + rows)
        if (row := table.row_by_number.get(number))
    ]
    width = max(map(len, lines), default=0)
    *upper, lowest = [[*line, *[""] * (width - len(line))] for line in lines]
    for line in upper:
        for place in range(1, width):
            if not line[place] and lowest[place]:
                line[place] = line[place - 1]
    return [" ".join(filter(None, words)) for words in zip(*upper, lowest, strict=True)]


def _cures(table: Table, profile: Profile, name: str) -> Iterator[str]:
    rules = profile.table
    row = table.row_by_number.get(rules.header)
    texts = [cell for cell in row.cells if cell.strip()] if row else []
    if len(texts) == 1 and rules.header_rows == 1:
        yield from (
            f'say table.delimiter = "{kind}"'
            for kind, mark in DELIMITERS.items()
            if name in (part.strip() for part in texts[0].split(mark))
        )
    for other in table.rows[:_SEARCHED]:
        if other.number != rules.header and name in (cell.strip() for cell in other.cells):
            yield f"it stands in row {other.number}: say table.header = {other.number}"
            break
    yield from _two_rows(table, rules)
    if table.others:
        others = ", ".join(table.others[:10])
        yield f"read the worksheet '{table.sheet}'; table.worksheet names another: {others}"


def _two_rows(table: Table, rules: TableRules) -> Iterator[str]:
    """How to read the names from two rows, if they may stand in two."""
    if rules.header_rows > 1:
        return
    for first in (rules.header, rules.header - 1):
        rows = [table.row_by_number.get(number) for number in (first, first + 1)]
        if all(row and _may_be_names(row.cells) for row in rows):
            names = [name for name in _names(table, first, 2) if name][:_MOST_NAMED]
            called = ", ".join(f"'{name}'" for name in names)
            setting = f"table.header = {first} and table.header_rows = 2"
            yield f"if the names stand in two rows, say {setting}; the columns are then {called}"
            return


def _may_be_names(cells: Sequence[str]) -> bool:
    texts = [cell.strip() for cell in cells if cell.strip()]
    return len(texts) > 1 and not any(map(_FIGURE.fullmatch, texts))
