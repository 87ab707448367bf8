"""Read one row by a profile: which study, which arm, which figures; or what is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from allograph.importers.profile import Profile, folded
from allograph.importers.row_cells import RowCells, RowError
from allograph.importers.row_figures import read_figure
from allograph.importers.studies import Size, Study, key_from
from allograph.importers.tables import Remark, Row, Table

_DOI = re.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+?)[.,;]*", re.IGNORECASE
)
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class RowReader:
    """Reads the rows of one table; ``columns`` is the place of each name in the header."""

    table: Table
    columns: Mapping[str, int]
    profile: Profile
    prefix: str

    def reason_to_skip(self, row: Row) -> str:
        """Why a row is no study, or nothing."""
        cells = self._cells(row)
        for rule in self.profile.skip:
            if re.fullmatch(rule.matches, cells.text(rule.column)):
                return rule.reason
        for column in self.profile.label_columns():
            text = cells.name(column)
            if text and re.fullmatch(self.profile.table.totals, text):
                return f"a row of totals, '{text}' in the column {column}"
        return ""

    def read(self, row: Row) -> tuple[Study, list[Remark]]:
        """The study with the figures of one row; raise a ``RowError`` at the first mistake."""
        width = max(self.columns.values())
        if beyond := [cell for cell in row.cells[width:] if cell.strip()]:
            message = f"more cells than the header has columns: '{beyond[0]}'"
            raise RowError("row", f"{message}; put quotation marks around a text with a delimiter")
        cells = self._cells(row)
        study = self._study(cells)
        arm_of_row = self._arm(cells)
        if arm_of_row:
            study.named[arm_of_row] = cells.place([self.profile.arm])
        for key, arm in self.profile.arms.items():
            if arm_of_row in ("", key) and cells.is_known(arm.size):
                place = cells.place([arm.size])
                study.sizes[key] = Size(cells.people(arm.size), place, derived=False)
        remarks = self._read_figures(cells, study, arm_of_row)
        for figure in study.figures:
            whole = study.sizes.get(figure.arm)
            if whole and figure.size and figure.size.people > whole.people:
                message = f"{figure.size.people} counted of {whole.people} people in the arm"
                raise RowError(self.profile.arms[figure.arm].size, message)
        return study, remarks

    def _read_figures(self, cells: RowCells, study: Study, arm_of_row: str) -> list[Remark]:
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
                    what = f"'{text}', no number" if (text := cells.text(column)) else "empty"
                    remarks.append(Remark(f"cell skipped: {what}", number, column))
            if figure := read_figure(cells, rules, arm, outcome):
                study.figures.append(figure)
                study.named.setdefault(arm, study.at)
        if not study.figures and not remarks:
            remarks.append(Remark("no figure in this row", number))
        return remarks

    def _cells(self, row: Row) -> RowCells:
        return RowCells(self.table, self.columns, self.profile, row)

    def _study(self, cells: RowCells) -> Study:
        rules = self.profile.study
        columns = self.profile.label_columns()
        for column in columns:
            if not cells.is_known(column):
                cure = "name it, or leave such rows out by [[skip]]"
                raise RowError(column, f"the row names no study; {cure}")
        label = " ".join(rules.label.format(**{name: cells.name(name) for name in columns}).split())
        if not (key := key_from(label)):
            message = (
                f"'{label}' has no letters a to z for a key; add a numbered column to study.label"
            )
            raise RowError(columns[0], message)
        if not (design := cells.chosen(rules.design)):
            column = rules.design.columns[0]
            cure = "add it to study.design.values, or say study.design.otherwise"
            raise RowError(column, f"no design for '{cells.name(column)}'; {cure}")
        return Study(
            key=f"{self.prefix}{key}",
            label=label,
            design=design,
            doi=self._matched(cells, rules.doi, _DOI, "DOI, as in 10.1056/NEJMoa1509277"),
            year=self._matched(cells, rules.year, _YEAR, "year of four digits, as in 1948"),
            at=cells.place(columns),
            rows=[cells.row.number],
        )

    def _arm(self, cells: RowCells) -> str:
        if not (column := self.profile.arm):
            return ""
        text = cells.text(column)
        for key, arm in self.profile.arms.items():
            if folded(arm.match) == folded(text):
                return key
        known = ", ".join(f"'{arm.match}'" for arm in self.profile.arms.values())
        raise RowError(column, f"'{text}' is no arm of the profile; there are {known}")

    def _matched(self, cells: RowCells, column: str, pattern: re.Pattern[str], what: str) -> str:
        if not cells.is_known(column):
            return ""
        if match := pattern.fullmatch(text := cells.text(column)):
            return str(match[match.lastindex or 0])
        raise RowError(column, f"'{text}' is no {what}")
