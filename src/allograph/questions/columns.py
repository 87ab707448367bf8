"""Read the columns that the header of a question names; the code book says what it does not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allograph.errors import nearest
from allograph.questions.code_book import CodeBook, Meaning
from allograph.questions.header import ColumnHeader, Header, one_line
from allograph.tables.fields import FIELD_TYPES, NUMBER


@dataclass(frozen=True)
class Column:
    """A column of the answer, for people.

    ``link`` names the column whose IRI its values lead to; without it, ``x_label`` leads to the
    column ``x``. ``of`` is the closed list or the kind of records whose keys or labels it holds.
    ``type`` is one of ``FIELD_TYPES``, and ``number`` where the answer has the printed digits as
    text: they are sorted, drawn and computed with as numbers. ``meaning`` is that of the header,
    else of the code book.
    """

    name: str
    label: str
    unit: str
    link: str = ""
    of: str = ""
    type: str = ""
    meaning: str = ""


def read_columns(header: Header, code_book: CodeBook) -> tuple[Column, ...]:
    """Read the columns; one that links names another, and the code book says what is not said."""
    given = header.said.columns
    names = [column.name for column in given]
    for place, column in enumerate(given):
        if column.link and column.link not in names:
            message = f"'{column.name}' links to no column '{column.link}'"
            raise header.error(message + nearest(column.link, names), "columns", place, "link")
        if column.type not in ("", *FIELD_TYPES):
            message = f"'{column.name}' has a type: one of {', '.join(FIELD_TYPES)}, or none"
            raise header.error(message, "columns", place, "type")
    return tuple(_column(column, code_book.get(column.name, Meaning("", ""))) for column in given)


def _column(given: ColumnHeader, known: Meaning) -> Column:
    return Column(
        given.name,
        given.label or given.name,
        given.unit,
        given.link,
        given.of,
        given.type or known.type,
        one_line(given.meaning or known.meaning),
    )


def numbers_among(columns: Iterable[Column]) -> frozenset[str]:
    """The columns whose texts are numbers, by name."""
    return frozenset(column.name for column in columns if column.type == NUMBER)
