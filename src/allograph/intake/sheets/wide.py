"""Export the figures of the graph without a profile: a row for each study and arm.

The columns after the first eight are the figures: one for the value of each outcome, statistic,
time and unit, with its numerator, denominator, interval and flags where any row has them. Two
figures of one group that differ in nothing but what the columns do not show stand in two rows.
"""

from __future__ import annotations

from collections.abc import Collection

from allograph.intake.sheets.exporting import Sheet
from allograph.intake.sheets.graph_index import GraphIndex
from allograph.namespaces import BASE, key_of

_FIXED = (
    "study",
    "study_label",
    "report",
    "report_tier",
    "group",
    "group_label",
    "group_size",
    "regimen",
)
_PARTS = {
    "": "value",
    "status": "valueStatus",
    "bound": "bound",
    "numerator": "numerator",
    "denominator": "denominator",
    "lower": "lowerLimit",
    "upper": "upperLimit",
    "level": "confidenceLevel",
    "standard error": "standardError",
    "range low": "rangeLow",
    "range high": "rangeHigh",
    "time origin": "timeOrigin",
    "flags": "flag",
}


def wide_sheet(index: GraphIndex, studies: Collection[str] = (), report: str = "") -> Sheet:
    """The figures of some studies, or of all; of one report, or of all."""
    wanted = {f"{BASE}study/{key}" for key in studies}
    rows: dict[tuple[str, str, int], dict[str, str]] = {}
    for result in index.instances("Result"):
        if wanted and index.one(result, "study") not in wanted:
            continue
        cells = _cells(index, result)
        group, of_report = index.one(result, "group"), index.one(result, "report")
        if report and of_report != f"{BASE}report/{report}":
            continue
        copy = 0
        while rows.get((group, of_report, copy), {}).keys() & cells.keys():
            copy += 1
        rows.setdefault((group, of_report, copy), {}).update(cells)
    names = sorted({name for cells in rows.values() for name in cells}, key=_column_order)
    sheet = Sheet([*_FIXED, *names])
    for (group, of_report, _copy), cells in sorted(rows.items()):
        fixed = _fixed(index, group, of_report)
        sheet.rows.append([*fixed, *(cells.get(name, "") for name in names)])
    return sheet


def _fixed(index: GraphIndex, group: str, report: str) -> list[str]:
    study = index.one(group, "study")
    return [
        key_of(study),
        index.label(study),
        key_of(report),
        index.key(report, "tier"),
        group,
        index.label(group),
        index.one(group, "size"),
        index.key(group, "regimen"),
    ]


def _cells(index: GraphIndex, result: str) -> dict[str, str]:
    name = f"{index.key(result, 'outcome')}, {index.key(result, 'statistic')}"
    if time := index.one(result, "atTime"):
        name += f" at {time} months"
    if cycle := index.one(result, "afterCycle"):
        name += f" after cycle {cycle}"
    if grade := index.one(result, "grade"):
        name += f", grade {grade}"
    name += f" [{index.one(result, 'unit')}]"
    cells = {}
    for part, predicate in _PARTS.items():
        values = [
            key_of(value) if value.startswith(BASE) else value
            for value in index.all(result, predicate)
        ]
        if values:
            cells[f"{name}: {part}" if part else name] = "|".join(sorted(values))
    return cells


def _column_order(name: str) -> tuple[str, int]:
    figure, _colon, part = name.partition(": ")
    return figure, list(_PARTS).index(part)
