"""A pooled sheet as JSON: the keys of a pooled outcome of the graph, with rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allograph.intake.sheets.pooling import SheetReading
from allograph.reading.pooled.as_json import Json, as_json
from allograph.reading.pooled.of_sheet import SheetAnswer, SheetWish
from allograph.tables.table import Remark

NO_RELEASE = "The numbers are those of the sheet; no figure of a release is among them."
OF_FIGURES = ("figure", "study", "report", "tier")
"""What only figures of the graph have."""


def sheet_as_json(
    reading: SheetReading, pooled: SheetAnswer, wish: SheetWish, profile: str
) -> Json:
    """Return the answer; each row says in which rows of the sheet it stands."""
    found = dict(as_json(pooled.answer, ""))
    pools = [
        {**pool, "rows": [_with_rows(row, one.rows) for row, one in zip(*both, strict=True)]}
        for pool, studies in zip(found["pools"], pooled.studies, strict=True)
        for both in [(pool["rows"], studies)]
    ]
    return {
        **found,
        "outcome": None,
        "rows": pools[0]["rows"] if pools else [],
        "reasons": {**found["reasons"], "release": NO_RELEASE},
        "refused": [_refused(remark) for remark in pooled.refused],
        "pools": pools,
        "release": None,
        "sheet": {
            "file": reading.table.file_name,
            "worksheet": reading.table.sheet,
            "sha256": reading.table.sha256,
            "format": reading.table.format,
            "profile": profile,
            "measure": wish.measure,
            "columns_not_read": reading.unmapped,
            "remarks": [_refused(remark) for remark in reading.remarks],
        },
    }


def _with_rows(row: Mapping[str, Any], rows: tuple[int, ...]) -> dict[str, Any]:
    """A row with the rows of the sheet in place of what only figures of the graph have."""
    return {**row, **dict.fromkeys(OF_FIGURES), "sheet_rows": list(rows)}


def _refused(remark: Remark) -> dict[str, Any]:
    return {"row": remark.row, "column": remark.column, "reason": remark.what}
