"""Write an answer that is taken along: as solutions in a format of queries, or as a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from tempfile import SpooledTemporaryFile
from typing import IO

from allograph.namespaces import Namespaces
from allograph.rdf.formats import CSV_FOR_SHEETS, FORMAT_BY_NAME, Format, read_answer, write_answer
from allograph.rdf.rows import write_rows
from allograph.reading.taking.columnar import write_columnar
from allograph.reading.taking.formats import DOCX, PARQUET, XLSX, AnswerFormat, Document
from allograph.reading.taking.selection import Rows
from allograph.reading.taking.taken import Taken

HELD_IN_MEMORY = 1 << 20
"""Bytes; more rows wait in a file."""


def _workbook(taken: Taken, output: IO[bytes]) -> None:
    from allograph.reading.taking.workbook import write_workbook  # a quarter of a second

    write_workbook(taken, output)


def _paper(taken: Taken, output: IO[bytes]) -> None:
    from allograph.reading.taking.paper import write_document  # a quarter of a second

    write_document(taken, output)


WRITERS: Mapping[str, Callable[[Taken, IO[bytes]], None]] = {
    XLSX.name: _workbook,
    DOCX.name: _paper,
    PARQUET.name: write_columnar,
}


def write_taken(taken: Taken, format: AnswerFormat, output: IO[bytes]) -> None:
    """Write an answer.

    Raises:
        Unwritable: for what the format cannot hold.

    """
    if isinstance(format, Document):
        WRITERS[format.name](taken, output)
    else:
        write_solutions(taken.rows, format, output, taken.reader.namespaces)


def write_solutions(rows: Rows, format: Format, output: IO[bytes], namespaces: Namespaces) -> None:
    """Write rows in a format of queries; CSV is harmless in a spreadsheet program."""
    if format.name == "json":
        write_rows(rows.names, rows, output)
        return
    with SpooledTemporaryFile(HELD_IN_MEMORY) as held:
        write_rows(rows.names, rows, held)
        held.seek(0)
        answer = read_answer(held, FORMAT_BY_NAME["json"])
        chosen = CSV_FOR_SHEETS if format.name == "csv" else format
        write_answer(answer, chosen, output, namespaces)
