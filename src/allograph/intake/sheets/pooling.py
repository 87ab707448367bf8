"""Read a reviewer's sheet to pool it, without entering it: its studies, and all that is wrong.

The columns are those of a profile. A share needs the events and the people of an arm; a comparison
needs two arms, or an estimate with its interval, its standard error or its variance. What cannot be
used is named by its row and column. A sheet does not say who was counted twice: only a row that
repeats another to the letter is left out.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from allograph.errors import FileError, Location
from allograph.intake.sheets.extraction import check_scale, filled_down, strange_elsewhere
from allograph.intake.sheets.headers import columns_of, first_row
from allograph.intake.sheets.pooled_rows import (
    MEASURES,
    RISK_DIFFERENCE,
    SHARE,
    Part,
    Printed,
    estimate_of,
    label_of,
    outcome_of,
    part_of,
    unknown_in,
)
from allograph.intake.sheets.profile import Choice, Profile, folded
from allograph.intake.sheets.row_cells import RowCells, RowError
from allograph.intake.sheets.rows import RowReader
from allograph.synthesis.effects import Estimate, TwoArms
from allograph.synthesis.shares import Counted
from allograph.tables.table import Remark, Row, Table

Numbers = Counted | TwoArms | Estimate


@dataclass(frozen=True)
class SheetStudy:
    """One study of a sheet, as it can be pooled, and the rows in which it stands."""

    rows: tuple[int, ...]
    label: str
    numbers: Numbers
    derivation: str = ""
    """How numbers come about that do not stand in the sheet."""
    printed: Printed | None = None


@dataclass
class SheetPool:
    """Studies that one outcome and one arm, or one pair of arms, have in common."""

    words: str
    studies: list[SheetStudy] = field(default_factory=list)


@dataclass
class SheetReading:
    """The pools of a sheet, the mistakes, and what was left out; each by row and column."""

    table: Table
    pools: dict[tuple[str, str], SheetPool] = field(default_factory=dict)
    faults: list[Remark] = field(default_factory=list)
    left_out: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)
    """The columns that the profile does not speak of."""


def read_studies(table: Table, profile: Profile, measure: str, outcome: str = "") -> SheetReading:
    """Read all rows for a measure of ``MEASURES``; of one outcome of the sheet, or of all.

    Raises:
        FileError: if the sheet has not the columns of the profile, or the profile not what the
            measure needs.

    """
    profile = _without_records(profile)
    columns = columns_of(table, profile)
    reading = SheetReading(table, remarks=list(table.remarks))
    reading.unmapped = [column for column in columns if column not in profile.mapped()]
    reading.remarks += strange_elsewhere(table, columns, profile)
    rows = [row for row in table.rows if row.number >= first_row(profile.table)]
    for rules in profile.figures.values():
        check_scale(rules, columns, rows, table, profile.table.decimal)
    reader = _reader(RowReader(table, columns, profile, ""), measure, outcome, reading)
    for row in filled_down(rows, columns, profile):
        reader.read(row)
    reader.end()
    if outcome and folded(outcome) not in reader.outcomes:
        known = ", ".join(filter(None, reader.outcomes.values())) or "none"
        message = f"no study of the outcome '{outcome}'; the outcomes of the sheet are {known}"
        raise FileError(Location(table.file_name), message)
    return reading


def _without_records(profile: Profile) -> Profile:
    """A profile without what only records of studies need: columns that a sheet may not have."""
    year = profile.study.year if profile.study.year in profile.label_columns() else ""
    study = replace(profile.study, year=year, doi="", design=Choice("not-stated"))
    return replace(profile, study=study)


def _reader(rows: RowReader, measure: str, outcome: str, reading: SheetReading) -> _Reader:
    """What reads the rows for a measure: arms apart, arms side by side, or estimates."""
    profile = rows.profile
    if measure == SHARE:
        if not profile.figures:
            message = "a share needs the people of an arm, and the profile names an effect alone"
            raise FileError(Location(profile.name), message)
        return _Shares(rows, measure, outcome, reading)
    if profile.effect.value:
        return _Estimates(rows, measure, outcome, reading)
    if measure not in ("rr", "or", RISK_DIFFERENCE):
        cure = "effect.value with effect.lower and effect.upper, as in the profile effect-estimate"
        message = f"a {MEASURES[measure]} needs the columns of an estimate: {cure}"
        raise FileError(Location(profile.name), message)
    if len(profile.arms) != 2:
        message = (
            f"a {MEASURES[measure]} compares two arms, and the profile has {len(profile.arms)}"
        )
        raise FileError(Location(profile.name), message)
    return _Arms(rows, measure, outcome, reading)


@dataclass(frozen=True)
class _Asked:
    """An outcome that is asked for; a sheet of one outcome need not name it."""

    outcome: str


class _Reader(ABC):
    """Reads rows one after another; a row with a mistake adds nothing."""

    def __init__(self, rows: RowReader, measure: str, outcome: str, reading: SheetReading) -> None:
        self._rows, self._measure, self._wanted, self._reading = rows, measure, outcome, reading
        self._profile = rows.profile
        self._seen: dict[tuple[tuple[str, str], str], SheetStudy] = {}
        self._with_gaps: set[int] = set()
        """The rows of which a cell that holds no number was told."""
        self.outcomes: dict[str, str] = {}
        """The outcomes of the sheet, by their folded names."""

    def read(self, row: Row) -> None:
        """Read one row, or say what is wrong with it."""
        try:
            if reason := self._rows.reason_to_skip(row):
                skipped = Remark(f"row skipped: {reason}", row.number)
                self._reading.remarks.append(skipped)
                return
            self._rows.check_width(row)
            cells = self._rows.cells_of(row)
            self._read(cells, label_of(cells))
        except RowError as error:
            self._reading.faults.append(Remark(str(error), row.number, error.column))

    @abstractmethod
    def end(self) -> None:
        """All rows are read: take what waited for others."""

    @abstractmethod
    def _read(self, cells: RowCells, label: str) -> None:
        """Take what a row says of a study; raises ``RowError`` for what cannot be used."""

    def _asked(self, cells: RowCells, choice: Choice) -> _Asked | None:
        """The outcome of a row, if it is one that is asked for."""
        outcome = outcome_of(cells, choice)
        if choice.columns and not outcome:
            says = " and ".join(f"'{cells.name(column)}'" for column in choice.columns)
            self._reading.remarks.append(
                Remark(f"no outcome of the profile for {says}", cells.row.number)
            )
            return None
        self.outcomes[folded(outcome)] = outcome
        is_asked = not self._wanted or folded(outcome) == folded(self._wanted)
        return _Asked(outcome) if is_asked else None

    def _leave_out(self, what: str, row: int, column: str | None = None) -> None:
        self._reading.left_out.append(Remark(what, row, column))

    def _parts(self, cells: RowCells) -> list[tuple[str, str, Part]]:
        """The figures of a row, all or none: by outcome and by their key in the profile."""
        arm_of_row = self._rows.arm_of(cells)
        parts = []
        for key, rules in self._profile.figures.items():
            arm = rules.arm or arm_of_row
            if arm_of_row not in ("", arm) or not (asked := self._asked(cells, rules.outcome)):
                continue
            part = part_of(cells, rules, arm)
            if part is None:
                self._with_gaps.add(cells.row.number)
                self._reading.left_out += unknown_in(cells, rules.columns())
            else:
                parts.append((asked.outcome, arm if self._profile.arm else key, part))
        return parts

    def _add(self, at: tuple[str, str], words: str, study: SheetStudy) -> None:
        """Add a study; one that repeats an earlier one to the letter is a copy."""
        row = study.rows[0]
        if earlier := self._seen.get((at, folded(study.label))):
            if earlier.numbers == study.numbers:
                first = _in_words(earlier.rows)
                self._leave_out(f"'{study.label}' with the same numbers as in {first}: a copy", row)
                return
            what = f"'{study.label}' stands in {_in_words(earlier.rows)}, too"
            cure = "if both count the same people, leave one out by [[skip]]"
            self._reading.remarks.append(Remark(f"{what}; both are pooled, {cure}", row))
        self._seen[at, folded(study.label)] = study
        self._reading.pools.setdefault(at, SheetPool(words)).studies.append(study)


class _Shares(_Reader):
    """Each arm is pooled by itself."""

    def end(self) -> None:
        """Nothing waits: each row is a study."""

    def _read(self, cells: RowCells, label: str) -> None:
        for outcome, key, part in self._parts(cells):
            words = _words(self._profile.arms[part.arm].label, outcome)
            self._add((outcome, key), words, _share(part, label))


def _share(part: Part, label: str) -> SheetStudy:
    if part.rate:
        numbers: Numbers = Estimate(label, part.rate.value, part.rate.standard_error, part.people)
    else:
        numbers = Counted(label, part.events or 0, part.people or 0)
    return SheetStudy((part.row,), label, numbers, part.derivation)


class _Arms(_Reader):
    """The first arm of the profile against the second; they stand in one row, or in two."""

    def __init__(self, rows: RowReader, measure: str, outcome: str, reading: SheetReading) -> None:
        super().__init__(rows, measure, outcome, reading)
        self._waiting: dict[tuple[str, str], dict[str, Part]] = {}
        self._labels: dict[str, str] = {}

    def _read(self, cells: RowCells, label: str) -> None:
        # Arms of one row belong together; those of two rows do by the name of their study.
        study = folded(label) if self._profile.arm else str(cells.row.number)
        self._labels.setdefault(study, label)
        for outcome, _key, part in self._parts(cells):
            arms = self._waiting.setdefault((study, outcome), {})
            if part.arm in arms:
                where = f"in row {arms[part.arm].row}"
                message = f"the arm '{part.arm}' of '{label}' stands {where} already"
                raise RowError(part.column, f"{message}; name its outcome, or tell studies apart")
            arms[part.arm] = part

    def end(self) -> None:
        """Set the arms of each study against each other."""
        first, second = self._profile.arms
        names = " against ".join(arm.label for arm in self._profile.arms.values())
        for (study, outcome), arms in self._waiting.items():
            label = self._labels[study]
            rows = tuple(sorted({part.row for part in arms.values()}))
            if len(arms) < 2:
                if rows[0] not in self._with_gaps:
                    self._leave_out(f"'{label}' has one arm, and a comparison has two", rows[0])
                continue
            found = self._compared(label, arms[first], arms[second])
            if isinstance(found, str):
                self._leave_out(found, rows[0])
                continue
            derived = dict.fromkeys(part.derivation for part in arms.values() if part.derivation)
            compared = SheetStudy(rows, label, found, "; ".join(derived))
            self._add((outcome, ""), _words(names, outcome), compared)

    def _compared(self, label: str, one: Part, other: Part) -> Numbers | str:
        """The two arms as they can be pooled, or why they cannot."""
        if one.events is not None and other.events is not None and one.people and other.people:
            return TwoArms(label, one.events, one.people, other.events, other.people)
        if self._measure != RISK_DIFFERENCE or not one.rate or not other.rate:
            return f"'{label}': rates with standard errors have a difference, and no ratio"
        people = one.people + other.people if one.people and other.people else None
        error = math.hypot(one.rate.standard_error, other.rate.standard_error)
        return Estimate(label, one.rate.value - other.rate.value, error, people)


class _Estimates(_Reader):
    """Each row prints what compares its arms."""

    def end(self) -> None:
        """Nothing waits: each row is a study."""

    def _read(self, cells: RowCells, label: str) -> None:
        rules = self._profile.effect
        if not (asked := self._asked(cells, rules.outcome)):
            return
        if unknown := unknown_in(cells, rules.columns()):
            self._reading.left_out += unknown
            return
        read = estimate_of(cells, rules, self._measure, label)
        self._reading.remarks += read.remarks
        words = _words(MEASURES[self._measure], asked.outcome)
        study = SheetStudy((cells.row.number,), label, read.estimate, printed=read.printed)
        self._add((asked.outcome, ""), words, study)


def _words(what: str, outcome: str) -> str:
    return f"{outcome}: {what}" if outcome else what


def _in_words(rows: Sequence[int]) -> str:
    """``row 3``, or ``rows 3 and 4``."""
    return f"row {rows[0]}" if len(rows) == 1 else f"rows {' and '.join(map(str, rows))}"
