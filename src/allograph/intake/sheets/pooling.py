"""Read a reviewer's sheet to pool it, without entering it: each row as one study, or what is wrong.

The columns are those of a profile. A share needs the events and the people of an arm, or a
percentage that only one whole number of people gives; a comparison needs two arms, or an estimate
with its interval, its standard error or its variance. Whatever cannot be used is named by its row
and column, and nothing of it is guessed. A sheet says nothing of who was counted twice: only rows
that repeat another to the letter are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from allograph.errors import FileError, Location
from allograph.intake.sheets.extraction import check_scale, filled_down, strange_elsewhere
from allograph.intake.sheets.headers import columns_of, first_row
from allograph.intake.sheets.numbers import plain
from allograph.intake.sheets.pooled_rows import EffectReader, PooledRow, Spread, label_of, part_of
from allograph.intake.sheets.profile import Profile
from allograph.intake.sheets.row_cells import RowCells, RowError
from allograph.intake.sheets.rows import RowReader
from allograph.tables.table import Remark, Row, Table

SHARE, HAZARD_RATIO, RISK_DIFFERENCE = "share", "hr", "rd"
MEASURES: Mapping[str, str] = {
    SHARE: "share of people",
    "rr": "risk ratio",
    "or": "odds ratio",
    RISK_DIFFERENCE: "risk difference",
    HAZARD_RATIO: "hazard ratio",
}
"""What is pooled, by its key, as it is named beside the number."""
