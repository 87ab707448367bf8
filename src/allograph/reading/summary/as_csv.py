"""A Summary of Findings as CSV: the table, or one of the tables behind it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from allograph.errors import ParameterError, nearest
from allograph.evidence import Evidence
from allograph.reading.summary import revman
from allograph.reading.summary.columns import COLUMNS, NOTES, rows_of
from allograph.reading.summary.table import Summary
from allograph.tables.fields import Value
from allograph.text.guarded import guarded

FINDINGS = "findings"
TABLES: Mapping[str, str] = {
    FINDINGS: "the summary itself, one row a finding",
    revman.INFORMATION: "the studies, their registrations and people",
    revman.ARMS: "whom they counted, and what these were given",
    revman.RESULTS: "what they counted of each arm, and the ratios that they print",
    revman.BIAS: "what somebody judged of their risk of bias, domain by domain",
}
"""What can be taken as CSV, by name."""


def as_csv(summary: Summary, evidence: Evidence, table: str = FINDINGS) -> str:
    """A table as CSV (RFC 4180), harmless in a spreadsheet program.

    Raises:
        ParameterError: there is no such table.

    """
    if table == FINDINGS:
        return written([*(column.name for column in COLUMNS), NOTES.name], rows_of(summary))
    if table not in revman.TABLES:
        raise ParameterError(
            "table", f"'{table}' is no table of a summary{nearest(table, TABLES)}", TABLES
        )
    return written(*revman.TABLES[table](summary, evidence))


def written(heads: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    """Heads and rows as CSV."""
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return output.getvalue()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    return guarded(value) if isinstance(value, str) else str(value)
