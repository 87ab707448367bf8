"""A Summary of Findings as a workbook: the table, its notes, its figures, the tables behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import IO

from allograph.evidence import Evidence
from allograph.reading.citation import LICENSE, NOTICE, Citation
from allograph.reading.summary import revman
from allograph.reading.summary.columns import COLUMNS, NOTES, rows_of
from allograph.reading.summary.lines import cells_of, heads_of
from allograph.reading.summary.said import TOLD, title_of
from allograph.reading.summary.table import Summary
from allograph.reading.taking.formats import XLSX, others_than
from allograph.tables.books import Sheet, write_book
from allograph.tables.fields import Value

FIGURE_HEADS = ("outcome", "study", "figure", "as printed", "report", "weight", "address")


def write_workbook(
    summary: Summary, evidence: Evidence, citation: Citation, output: IO[bytes]
) -> None:
    """Write the workbook; raises ``Unwritable`` for what it cannot hold."""
    write_book(_sheets(summary, evidence, citation), output, others_than(XLSX.name))


def _sheets(summary: Summary, evidence: Evidence, citation: Citation) -> Iterator[Sheet]:
    heads = ["People", *heads_of(summary)]
    yield Sheet("summary", heads, _said(summary), (30, 26, *(24 for _ in heads[2:])), True)
    yield Sheet(
        "notes", ("number", "note", "weight", "more"), _notes(summary), (8, 60, 24, 50), True
    )
    columns = (*COLUMNS, NOTES)
    names = [column.name for column in columns]
    yield Sheet("numbers", names, rows_of(summary), [max(len(name), 12) for name in names])
    yield Sheet("figures", FIGURE_HEADS, _figures(summary), (24, 40, 30, 30, 30, 8, 60), True)
    left = ([one.outcome, one.label, one.study, one.reason, one.figure] for one in summary.left_out)
    yield Sheet("left out", ("outcome", "as printed", "study", "why", "address"), left, (40,) * 5)
    for name, table in revman.TABLES.items():
        heads_of_table, rows = table(summary, evidence)
        yield Sheet(name, heads_of_table, rows, [max(len(head), 16) for head in heads_of_table])
    described = ([column.name, column.label, column.meaning] for column in columns)
    yield Sheet("columns", ("column", "label", "meaning"), described, (22, 30, 60), True)
    yield Sheet("about", (), _about(summary, citation), (16, 60), True)


def _notes(summary: Summary) -> Iterator[Sequence[Value]]:
    for note in summary.notes:
        yield [note.number, note.text, note.weight, note.more]


def _said(summary: Summary) -> Iterator[Sequence[Value]]:
    for finding in summary.main:
        cells = cells_of(summary, finding)
        yield [
            finding.section,
            *("\n".join(filter(None, (cell.text, cell.small))) for cell in cells),
        ]


def _figures(summary: Summary) -> Iterator[Sequence[Value]]:
    for finding in summary.findings:
        for figure in finding.figures:
            row = figure.row
            yield [
                finding.label,
                row.label,
                figure.value,
                row.reported_as,
                row.report_label,
                None if row.weight is None else Decimal(f"{row.weight:.4f}"),
                row.figure,
            ]


def _about(summary: Summary, citation: Citation) -> Iterator[Sequence[Value]]:
    yield ["Table", title_of(summary)]
    yield ["People", summary.population]
    yield ["What it is", TOLD]
    yield ["Please note", NOTICE]
    yield ["Release", citation.release]
    yield ["Issued", citation.issued]
    yield ["Asked on", citation.asked.isoformat()]
    yield ["Address", citation.url]
    yield ["Licence", LICENSE]
    yield ["Cite as", citation.text]
