"""A Summary of Findings as Markdown: one table a section, the notes below, and how it is cited."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.reading.citation import LICENSE, NOTICE, Citation
from allograph.reading.summary.lines import Said, cells_of, heads_of, note_text
from allograph.reading.summary.said import TOLD, title_of
from allograph.reading.summary.table import Summary, in_sections


def as_markdown(summary: Summary, citation: Citation) -> str:
    """The table of a summary as Markdown."""
    return "\n".join(_lines(summary, citation)) + "\n"


def _lines(summary: Summary, citation: Citation) -> Iterator[str]:
    yield f"# {title_of(summary)}"
    yield ""
    yield f"{TOLD} {NOTICE}"
    for section, findings in in_sections(summary.main):
        yield ""
        yield f"## {section}"
        yield ""
        heads = heads_of(summary)
        yield f"| {' | '.join(map(_cell, heads))} |"
        yield f"|{'---|' * len(heads)}"
        for finding in findings:
            cells = map(_said, cells_of(summary, finding))
            yield f"| {' | '.join(cells)} |"
    if summary.notes:
        yield ""
        yield "## Notes"
        yield ""
        for note in summary.notes:
            yield f"{note.number}. {note_text(note)}"
    yield ""
    yield "## Figures"
    yield ""
    for finding in summary.main:
        for figure in finding.figures:
            row = figure.row
            said = f"{finding.label}: {row.label}, {figure.value}; {row.report_label}"
            yield f"- {said}. <{row.figure}>"
    yield ""
    yield f"{citation.text} · {LICENSE}"


def _said(said: Said) -> str:
    small = f"<br><small>{_cell(said.small)}</small>" if said.small else ""
    return f"{_cell(said.text)}{small}"


def _cell(text: str) -> str:
    """A text that stays in its cell."""
    return " ".join(text.replace("|", "\\|").replace("<", "&lt;").split())
