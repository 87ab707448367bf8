"""An answer as a paper: the question as its title, the table as people read it, its sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO

from allograph.errors import Unwritable
from allograph.rdf.rows import as_solutions
from allograph.reading.answers.rows import AnswerRows, rows_of
from allograph.reading.answers.table import Table, table_of
from allograph.reading.answers.wish import Wish
from allograph.reading.citation import AUTHOR, LICENSE, NOTICE
from allograph.reading.taking.formats import DOCX, others_than
from allograph.reading.taking.sources import Doubt, Noted, Notes, Source, in_ranges
from allograph.reading.taking.taken import Taken
from allograph.tables.papers import Cell, Paper, Section, write_paper

NUMBER = "Row"
"""The head of the numbers by which sources and doubts name rows."""


def write_document(taken: Taken, output: IO[bytes]) -> None:
    """Write the paper; raises ``Unwritable`` for more rows than it can hold."""
    write_paper(_paper(taken), output, others_than(DOCX.name))


def _paper(taken: Taken) -> Paper:
    notes = Notes(taken.reader, taken.columns)
    tables = [*_tables(_held(taken, notes), taken.selection.wish.columns)]
    citation = taken.citation
    release = f"Release {citation.release}" if citation.release else "Of no release"
    return Paper(
        title=citation.sentence,
        lead=[taken.question.description, NOTICE],
        heads=[NUMBER, *(_head(head.label, head.unit) for head in tables[0].heads)],
        rows=[*_rows(tables)],
        sections=[
            Section("Sources", (), [_source(noted) for noted in notes.sources()]),
            Section("Doubts", (), [_doubt(noted) for noted in notes.doubts()]),
            Section("How to cite", [citation.text, "Cite the report behind a figure first."]),
        ],
        foot=f"{release} · {citation.url} · {LICENSE} · {NOTICE}",
        author=AUTHOR,
    )


def _held(taken: Taken, notes: Notes) -> AnswerRows:
    """The rows, all of them, each noted; as many as a paper can hold."""
    rows = []
    for number, row in enumerate(taken.rows, start=1):
        if number > (DOCX.most_rows or number):
            message = (
                f"DOCX holds at most {DOCX.most_rows:,} rows, and this answer has more; ask for"
                " fewer, by a parameter, a filter or limit=, or take it as XLSX"
            )
            raise Unwritable(message, others_than(DOCX.name))
        notes.note(number, row)
        rows.append(row)
    return rows_of(taken.reader, as_solutions(taken.rows.names, rows), taken.question.columns)


def _tables(answer: AnswerRows, columns: tuple[str, ...]) -> Iterator[Table]:
    """The table of each page on which people would read the answer."""
    pages = 1
    page = 0
    while page < pages:
        page += 1
        table = table_of(answer, Wish(columns=columns, page=page))
        pages = table.pages
        yield table


def _rows(tables: Iterable[Table]) -> Iterator[list[Cell]]:
    lines = (line for table in tables for line in table.lines)
    for number, line in enumerate(lines, start=1):
        yield [Cell(str(number)), *(Cell(cell.text, cell.small) for cell in line.cells)]


def _head(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label


def _source(noted: Noted[Source]) -> str:
    source = noted.what
    tier = f" ({source.tier})" if source.tier else ""
    based = f", retells: {source.based_on}" if source.based_on else ""
    return (
        f"{source.label}{tier}{based}. {source.address or source.iri} Rows: {in_ranges(noted.rows)}"
    )


def _doubt(noted: Noted[Doubt]) -> str:
    doubt = noted.what
    named = f"{doubt.label} ({doubt.weight}; {doubt.seen})"
    return f"{named}: {doubt.definition} Rows: {in_ranges(noted.rows)}"
