"""Read one row by a profile: which study, which arm, which figures; or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from allograph.intake.sheets.numbers import shortened
from allograph.intake.sheets.patterns import PatternError, fullmatch
from allograph.intake.sheets.profile import Profile, folded, label_parts
from allograph.intake.sheets.row_cells import RowCells, RowError
from allograph.intake.sheets.row_figures import read_figure
from allograph.intake.sheets.studies import LONGEST_KEY, DraftStudy, Size, key_from, key_of_file
from allograph.intake.sheets.years import YearError, without_point, year_of
from allograph.tables.table import Remark, Row, Table

_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+?)[.,;]*", re.IGNORECASE
)
_LONGEST_LABEL = 1_000  # characters of a study's name; a title has some hundred
_LONGEST_DOI = 300  # characters; the expression takes time in their square
_DOI_LIKE = "DOI, as in 10.1056/NEJMoa1509277"


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one table; ``columns`` is the place of each name in the header."""

    table: Table
    columns: Mapping[str, int]
    profile: Profile
    prefix: str

    def reason_to_skip(self, row: Row) -> str:
        """Why a row is no study, or nothing."""
        cells = self.cells_of(row)
        for rule in self.profile.skip:
            if self._matches(rule.matches, cells.text(rule.column), rule.column):
                return rule.reason
        for column in self.profile.label_columns():
            text = cells.name(column)
            if text and self._matches(self.profile.table.totals, text, column):
                return f"a row of totals, '{text}' in the column {column}"
        return ""

    def _matches(self, pattern: str, text: str, column: str) -> bool:
        try:
            return fullmatch(pattern, text) is not None
        except PatternError as error:
            raise RowError(column, str(error)) from None

    def check_width(self, row: Row) -> None:
        """A row is no longer than the header, else its cells may stand in the wrong columns."""
        width = max(self.columns.values())
        if beyond := [cell for cell in row.cells[width:] if cell.strip()]:
            message = f"more cells than the header has columns: '{shortened(beyond[0])}'"
            cure = "put quotation marks around a text with a delimiter"
            if len(row.cells) == width + 1:
                cure += ", or give the first column a name (in R, write.csv does)"
            raise RowError("row", f"{message}; {cure}")

    def read(self, row: Row) -> tuple[DraftStudy, list[Remark]]:
        """The study with the figures of one row; raise a ``RowError`` at the first mistake."""
        self.check_width(row)
        cells = self.cells_of(row)
        study = self._study(cells)
        arm_of_row = self.arm_of(cells)
        if arm_of_row:
            study.named[arm_of_row] = cells.of([self.profile.arm])
        for key, arm in self.profile.arms.items():
            if arm_of_row in ("", key) and cells.is_known(arm.size):
                size = cells.people(arm.size)
                study.sizes[key] = Size(size, cells.of([arm.size]), derived=False)
        remarks = self._told_of_name(cells, study)
        remarks += self._read_figures(cells, study, arm_of_row)
        for figure in study.figures:
            whole = study.sizes.get(figure.arm)
            if whole and figure.size and figure.size.people > whole.people:
                message = f"{figure.size.people} counted of {whole.people} people in the arm"
                raise RowError(self.profile.arms[figure.arm].size, message)
        return study, remarks

    def _read_figures(self, cells: RowCells, study: DraftStudy, arm_of_row: str) -> list[Remark]:
        number = cells.row.number
        remarks = []
        for rules in self.profile.figures.values():
            arm = rules.arm or arm_of_row
            if arm_of_row not in ("", arm):
                continue
            if not (outcome := cells.chosen(rules.outcome)):
                says = " and ".join(f"'{cells.name(column)}'" for column in rules.outcome.columns)
                remarks.append(Remark(f"no outcome of the profile for {says}", number))
                continue
            for column in rules.columns():
                if not cells.is_known(column):
                    what = f"'{text}', no number" if (text := cells.raw(column)) else "empty"
                    remarks.append(Remark(f"cell skipped: {what}", number, column))
            if figure := read_figure(cells, rules, arm, outcome):
                study.figures.append(figure)
                study.named.setdefault(arm, study.at)
        if not study.figures and not remarks:
            remarks.append(Remark("no figure in this row", number))
        return remarks

    def cells_of(self, row: Row) -> RowCells:
        """The cells of a row by the names of their columns."""
        return RowCells(self.table, self.columns, self.profile, row)

    def _study(self, cells: RowCells) -> DraftStudy:
        rules = self.profile.study
        columns = self.profile.label_columns()
        for column in columns:
            if not cells.is_known(column):
                cure = "name it, or leave such rows out by [[skip]]"
                raise RowError(column, f"the row names no study; {cure}")
        label = self._label(cells)
        if len(label) > _LONGEST_LABEL:
            message = f"a name of {len(label):,} characters; name studies by a shorter column"
            raise RowError(columns[0], f"{message} in study.label")
        if not (key := key_of_file(label)):
            message = (
                f"'{label}' has no letters a to z for a key; add a numbered column to study.label"
            )
            raise RowError(columns[0], message)
        if not (design := cells.chosen(rules.design)):
            column = rules.design.columns[0]
            cure = "add it to study.design.values, or say study.design.otherwise"
            raise RowError(column, f"no design for '{cells.name(column)}'; {cure}")
        return DraftStudy(
            key=f"{self.prefix}{key}",
            label=label,
            design=design,
            doi=self._doi(cells),
            year=self._year(cells),
            at=cells.of(columns),
            rows=[cells.row.number],
        )

    def arm_of(self, cells: RowCells) -> str:
        """The arm that a row names, or nothing where rows hold all arms."""
        if not (column := self.profile.arm):
            return ""
        text = cells.text(column)
        for key, arm in self.profile.arms.items():
            if folded(arm.match) == folded(text):
                return key
        known = ", ".join(f"'{arm.match}'" for arm in self.profile.arms.values())
        raise RowError(column, f"'{text}' is no arm of the profile; there are {known}")

    def _label(self, cells: RowCells) -> str:
        """The name of the study; a year in it has no point that a program gave it."""
        words = ""
        for text, column in label_parts(self.profile.study.label):
            name = cells.name(column) if column else ""
            words += text + (without_point(name) if column == self.profile.study.year else name)
        return " ".join(words.split())

    def _told_of_name(self, cells: RowCells, study: DraftStudy) -> list[Remark]:
        """What a person should know of how a row names its study."""
        number, rules, remarks = cells.row.number, self.profile.study, []
        if len(key_from(study.label)) > LONGEST_KEY:
            what = f"a long name; its key is cut to {study.key}"
            remarks.append(Remark(what, number, self.profile.label_columns()[0]))
        if cells.is_known(rules.year) and not study.year:
            remarks.append(Remark(f"no year: '{cells.text(rules.year)}'", number, rules.year))
        return remarks

    def _year(self, cells: RowCells) -> str:
        if not cells.is_known(column := self.profile.study.year):
            return ""
        try:
            return year_of(cells.text(column))
        except YearError as error:
            raise RowError(column, str(error)) from None

    def _doi(self, cells: RowCells) -> str:
        if not cells.is_known(column := self.profile.study.doi):
            return ""
        text = cells.text(column)
        if len(text) <= _LONGEST_DOI and (match := _DOI.fullmatch(text)):
            return str(match[1])
        raise RowError(column, f"'{shortened(text)}' is no {_DOI_LIKE}")
