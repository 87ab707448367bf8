"""An answer as a workbook: its rows, its sources and doubts, the code book, and what it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from allograph.reading.taking.formats import XLSX, others_than
from allograph.reading.taking.sources import Doubt, Noted, Notes, Source, in_ranges
from allograph.reading.taking.taken import Taken
from allograph.tables.books import Sheet, write_book
from allograph.tables.fields import Value

ANSWER, SOURCES, COLUMNS, ABOUT = "answer", "sources and doubts", "columns", "about"
"""The sheets."""

SOURCE_HEADS = ("what", "name", "kind or weight", "meaning", "address", f"rows of '{ANSWER}'")
COLUMN_HEADS = ("column", "label", "meaning", "type", "unit")
HEADS = 1
"""Rows above the first row of an answer: spreadsheet programs count them."""
MOST_NAMED = 10_000
"""Characters of the numbers of rows; of more, the cell says how many they are."""
_WIDTHS = {"text": 24, "iri": 40, "date": 12}
_NARROW = 10


def write_workbook(taken: Taken, output: IO[bytes]) -> None:
    """Write the workbook; raises ``Unwritable`` for what it cannot hold."""
    write_book(_sheets(taken), output, others_than(XLSX.name))


def _sheets(taken: Taken) -> Iterator[Sheet]:
    notes = Notes(taken.reader, taken.columns)
    fields = taken.fields
    names = [field.name for field in fields]
    widths = [max(len(field.name), _WIDTHS.get(field.type, _NARROW)) for field in fields]
    yield Sheet(ANSWER, names, taken.values(XLSX.name, notes.note), widths)
    yield Sheet(SOURCES, SOURCE_HEADS, _noted_rows(notes), (8, 40, 26, 60, 50, 20), True)
    described = (
        [field.name, field.label, field.meaning, field.type, field.unit] for field in fields
    )
    yield Sheet(COLUMNS, COLUMN_HEADS, described, (22, 30, 60, 10, 8), True)
    yield Sheet(ABOUT, (), map(list, taken.about), (16, 60), True)


def _noted_rows(notes: Notes) -> Iterator[list[Value]]:
    for noted in notes.sources():
        source = noted.what
        based = f"retells: {source.based_on}" if source.based_on else ""
        address = source.address or source.iri
        yield ["source", source.label, source.tier, based, address, _rows_of(noted)]
    for doubted in notes.doubts():
        doubt = doubted.what
        why = " ".join(filter(None, (doubt.definition, doubt.reason)))
        yield [f"doubt, {doubt.seen}", doubt.label, doubt.weight, why, doubt.iri, _rows_of(doubted)]


def _rows_of(noted: Noted[Source] | Noted[Doubt]) -> str:
    rows = in_ranges(number + HEADS for number in noted.rows)
    return rows if len(rows) <= MOST_NAMED else f"{len(noted.rows):,} rows"
