"""Export the figures of the graph without a profile: a row for each study and arm.

The columns after the first eight are the figures: one for the value of each outcome, statistic,
time and unit, with its numerator, denominator, interval and flags where any row has them. Two
figures of one group that differ in nothing but what the columns do not show stand in two rows.
"""

from __future__ import annotations

from collections.abc import Collection

from allograph.intake.sheets.exporting import Sheet
from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node, Nodes

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
    "q1": "lowerQuartile",
    "q3": "upperQuartile",
    "sd": "standardDeviation",
    "events": "events",
    "person-time": "personTime",
    "time origin": "timeOrigin",
    "flags": "flag",
}


def wide_sheet(nodes: Nodes, studies: Collection[str] = (), report: str = "") -> Sheet:
    """The figures of some studies, or of all; of one report, or of all."""
    wanted = {f"{BASE}study/{key}" for key in studies}
    rows: dict[tuple[str, str, int], dict[str, str]] = {}
    for result in nodes.instances("Result"):
        if wanted and result.value("study") not in wanted:
            continue
        cells = _cells(result)
        group, of_report = result.value("group"), result.value("report")
        if report and of_report != f"{BASE}report/{report}":
            continue
        copy = 0
        while rows.get((group, of_report, copy), {}).keys() & cells.keys():
            copy += 1
        rows.setdefault((group, of_report, copy), {}).update(cells)
    names = sorted({name for cells in rows.values() for name in cells}, key=_column_order)
    sheet = Sheet([*_FIXED, *names])
    for (group, of_report, _copy), cells in sorted(rows.items()):
        fixed = _fixed(nodes, nodes.of(group), nodes.of(of_report))
        sheet.rows.append([*fixed, *(cells.get(name, "") for name in names)])
    return sheet


def _fixed(nodes: Nodes, group: Node, report: Node) -> list[str]:
    study = nodes.of(group.value("study"))
    return [
        key_of(study.iri),
        study.label,
        key_of(report.iri),
        report.key("tier") or "",
        group.iri,
        group.label,
        group.value("size"),
        group.key("regimen") or "",
    ]


def _cells(result: Node) -> dict[str, str]:
    name = f"{result.key('outcome') or ''}, {result.key('statistic') or ''}"
    if time := result.value("atTime"):
        name += f" at {time} months"
    if cycle := result.value("afterCycle"):
        name += f" after cycle {cycle}"
    if grade := result.value("grade"):
        name += f", grade {grade}"
    name += f" [{result.value('unit')}]"
    cells = {}
    for part, predicate in _PARTS.items():
        values = [
            key_of(value) if value.startswith(BASE) else value for value in result.texts(predicate)
        ]
        if values:
            cells[f"{name}: {part}" if part else name] = "|".join(sorted(values))
    return cells


def _column_order(name: str) -> tuple[str, int]:
    figure, _colon, part = name.partition(": ")
    return figure, list(_PARTS).index(part)
