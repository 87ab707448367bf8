"""A Summary of Findings as a paper of a word processor: the table, the notes, the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO

from allograph.reading.citation import AUTHOR, LICENSE, NOTICE, Citation
from allograph.reading.summary.lines import cells_of, heads_of, note_text
from allograph.reading.summary.said import TOLD, title_of
from allograph.reading.summary.table import Summary, in_sections
from allograph.reading.taking.formats import DOCX, others_than
from allograph.tables.papers import Cell, Paper, Section, write_paper


def write_document(summary: Summary, citation: Citation, output: IO[bytes]) -> None:
    """Write the paper; raises ``Unwritable`` for what it cannot hold."""
    release = f"Release {citation.release}" if citation.release else "Of no release"
    paper = Paper(
        title=title_of(summary),
        lead=[TOLD, NOTICE],
        heads=heads_of(summary),
        rows=[*_rows(summary)],
        sections=[
            Section("Notes", [f"{note.number}. {note_text(note)}" for note in summary.notes]),
            Section("Figures", (), [*_figures(summary)]),
            Section("How to cite", [citation.text, "Cite the report behind a figure first."]),
        ],
        foot=f"{release} · {citation.url} · {LICENSE} · {NOTICE}",
        author=AUTHOR,
    )
    write_paper(paper, output, others_than(DOCX.name))


def _rows(summary: Summary) -> Iterator[Sequence[Cell]]:
    """The rows, each section below a row that names it."""
    width = len(heads_of(summary))
    for section, findings in in_sections(summary.main):
        yield [Cell(section), *(Cell("") for _ in range(width - 1))]
        for finding in findings:
            yield [Cell(cell.text, cell.small) for cell in cells_of(summary, finding)]


def _figures(summary: Summary) -> Iterator[str]:
    for finding in summary.main:
        for figure in finding.figures:
            row = figure.row
            yield f"{finding.label}: {row.label}, {figure.value}; {row.report_label}. {row.figure}"
