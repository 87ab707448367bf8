"""A pooled sheet as JSON: the keys of a pooled outcome of the graph, with rows and columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allograph.intake.sheets.pooling import SheetReading
from allograph.reading.pooled.as_json import Json, as_json
from allograph.reading.pooled.of_sheet import SheetAnswer
from allograph.tables.table import Remark

NO_RELEASE = "The numbers are those of the sheet; no figure of a release is among them."


def sheet_as_json(reading: SheetReading, pooled: SheetAnswer, profile: str) -> Json:
    """Return the answer; each row says in which rows of the sheet it stands."""
    found = dict(as_json(pooled.answer, ""))
    pools = [
        {**pool, "rows": [_with_rows(row, study.rows) for row, study in zip(*pair, strict=True)]}
        for pool, studies in zip(found["pools"], pooled.studies, strict=True)
        for pair in [(pool["rows"], studies)]
    ]
    first = pools[0] if pools else {"rows": []}
    reasons = {**found.get("reasons", {}), "release": NO_RELEASE}
    return {
        **found,
        "outcome": None,
        "rows": first["rows"],
        "reasons": reasons,
        "refused": [_refused(remark) for remark in pooled.refused],
        "pools": pools,
        "release": None,
        "sheet": {
            "file": reading.table.file_name,
            "worksheet": reading.table.sheet,
            "sha256": reading.table.sha256,
            "format": reading.table.format,
            "profile": profile,
            "columns_not_read": reading.unmapped,
            "remarks": [_refused(remark) for remark in reading.remarks],
        },
    }


def _with_rows(row: Mapping[str, Any], rows: tuple[int, ...]) -> dict[str, Any]:
    """A row without what only figures of the graph have."""
    return {**row, "figure": None, "study": None, "sheet_rows": list(rows)}


def _refused(remark: Remark) -> dict[str, Any]:
    return {"row": remark.row, "column": remark.column, "reason": remark.what}
