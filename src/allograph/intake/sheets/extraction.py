"""Extract the studies of a sheet by a profile: rows that belong together, and all that is wrong.

Every row is read, so that a reviewer sees all mistakes at once. A row with a mistake adds nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from allograph.errors import FileError, Location
from allograph.intake.sheets.headers import columns_of, first_row
from allograph.intake.sheets.numbers import NumberError, decimal_number
from allograph.intake.sheets.profile import FigureRules, Profile
from allograph.intake.sheets.row_cells import RowError
from allograph.intake.sheets.rows import RowReader
from allograph.intake.sheets.studies import DraftFigure, DraftStudy, key_of_file
from allograph.tables.table import Remark, Row, Table
from allograph.tables.worksheets import column_letters

_DEVICES = re.compile(r"con|prn|aux|nul|(?:com|lpt)[0-9]")

Progress = Callable[[int, int], None]


@dataclass
class Extraction:
    """The studies by key, the rows that are wrong, and what was not understood."""

    key: str
    table: Table
    studies: dict[str, DraftStudy] = field(default_factory=dict)
    faults: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    """The columns that the profile does not speak of."""

    def line(self, remark: Remark) -> str:
        """A remark as people read it: ``bcg.csv:5: tpos: what, cure``."""
        parts = (self.table.file_name, remark.row)
        place = ":".join(str(part) for part in parts if part is not None)
        return (
            f"{place}: {remark.column}: {remark.what}"
            if remark.column
            else f"{place}: {remark.what}"
        )


def extract(
    table: Table, profile: Profile, progress: Progress = lambda _done, _all: None
) -> Extraction:
    """Read all rows; raise a ``FileError`` if the sheet has not the columns of the profile."""
    key = _key(table, profile)
    columns = columns_of(table, profile)
    reader = RowReader(table, columns, profile, profile.study.prefix or f"{key}-")
    extraction = Extraction(key, table, remarks=list(table.remarks))
    extraction.unmapped = [column for column in columns if column not in profile.mapped()]
    extraction.remarks += strange_elsewhere(table, columns, profile)
    rows = [row for row in table.rows if row.number >= first_row(profile.table)]
    for rules in profile.figures.values():
        check_scale(rules, columns, rows, table, profile.table.decimal)
    for done, row in enumerate(filled_down(rows, columns, profile), start=1):
        _add_row(reader, row, extraction)
        progress(done, len(rows))
    return extraction


def _key(table: Table, profile: Profile) -> str:
    """The key of the sheet: that of the profile, or one made of the file's name."""
    name = table.file_name.rpartition(".")[0] or table.file_name
    key = profile.table.key or key_of_file(name)
    if not key:
        raise FileError(Location(profile.name), "table.key: a key for the sheet, as in bcg-trials")
    if _DEVICES.fullmatch(key):
        message = f"table.key: '{key}' names a device in Windows; say another, as in bcg-trials"
        raise FileError(Location(profile.name), message)
    return key


def strange_elsewhere(table: Table, columns: Mapping[str, int], profile: Profile) -> list[Remark]:
    """Characters that no graph can hold, in cells that the profile does not read."""
    read = {columns[name] for name in profile.mapped()}
    first = first_row(profile.table)
    return [
        Remark(f"not read: {what}", row, f"column {column_letters(column)}")
        for (row, column), what in table.strange.items()
        if column not in read or row < first
    ]


def filled_down(rows: list[Row], columns: Mapping[str, int], profile: Profile) -> list[Row]:
    """Rows in which an empty cell of some columns repeats the cell above, as merged cells do."""
    if not (places := [columns[name] for name in profile.table.fill_down if name in columns]):
        return rows
    above: dict[int, Row] = {}
    filled = []
    for row in rows:
        cells = [*row.cells, *[""] * (max(places) - len(row.cells))]
        borrowed = {}
        for place in places:
            if cells[place - 1].strip():
                above[place] = row
            elif place in above:
                cells[place - 1] = above[place].cell(place)
                borrowed[place] = above[place].number
        filled.append(Row(row.number, tuple(cells), borrowed))
    return filled


def _add_row(reader: RowReader, row: Row, extraction: Extraction) -> None:
    try:
        if reason := reader.reason_to_skip(row):
            extraction.remarks.append(Remark(f"row skipped: {reason}", row.number))
            return
        study, remarks = reader.read(row)
        known = extraction.studies.get(study.key)
        _check_repeats(known.figures if known else [], study, reader.profile)
        if known:
            _check_same(known, study, reader.profile)
            known.rows += study.rows
            known.figures += study.figures
            known.sizes |= study.sizes
            known.named = study.named | known.named
        elif study.figures:
            extraction.studies[study.key] = study
    except RowError as error:
        extraction.faults.append(Remark(str(error), row.number, error.column))
    else:
        extraction.remarks += dict.fromkeys(remarks)


def _check_repeats(known: list[DraftFigure], study: DraftStudy, profile: Profile) -> None:
    """No two figures are of the same people, outcome, statistic and time."""
    seen = {figure.identity: figure for figure in known}
    for figure in study.figures:
        if earlier := seen.get(figure.identity):
            message = f"'{study.label}' has this figure in row {earlier.cells.row} already"
            cure = "two studies of one name need a further column in study.label"
            raise RowError(profile.label_columns()[0], f"{message}; {cure}")
        seen[figure.identity] = figure


def _check_same(known: DraftStudy, study: DraftStudy, profile: Profile) -> None:
    """Rows of one study agree on what the study is."""
    first = known.rows[0]
    for what in ("label", "design", "doi", "year"):
        here, there = getattr(study, what), getattr(known, what)
        if here != there:
            message = f"'{study.label}' has the {what} '{here}' here and '{there}' in row {first}"
            cure = "if they are two studies, name them apart"
            raise RowError(profile.label_columns()[0], f"{message}; {cure}")
    for arm, size in study.sizes.items():
        if arm in known.sizes and known.sizes[arm].people != size.people:
            there = known.sizes[arm].people
            message = f"{size.people} people here and {there} in row {first}"
            raise RowError(profile.arms[arm].size, f"'{study.label}' has {message}")


def check_scale(
    rules: FigureRules, columns: Mapping[str, int], rows: list[Row], table: Table, decimal: str
) -> None:
    """Percentages that are all at most 1 may be fractions, and somebody must say so."""
    if not rules.value or rules.scale or rules.scale_name() != "percent":
        return
    every: list[Decimal] = []
    bare: list[Decimal] = []
    for row in rows:
        place = columns[rules.value]
        text = row.cell(place).strip()
        try:
            mark = "." if (row.number, place) in table.numbers else decimal
            number = decimal_number(text.rstrip("%\uff05 "), mark)
        except NumberError:
            continue
        every.append(number)
        if text[-1:].isdigit():
            bare.append(number)
    if any(number % 1 for number in bare) and max(every) <= 1:
        message = f"{rules.value}: every percentage is at most 1; if these are fractions, say"
        cure = 'scale = "fraction", and if they are so small, scale = "percent"'
        raise FileError(Location(table.file_name), f"{message} {cure}")
