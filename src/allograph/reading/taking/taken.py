"""An answer that is taken along, with all that is said of it: what was asked, how to cite it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from allograph.errors import Unwritable
from allograph.questions.question import Column, Question
from allograph.rdf.rows import Row
from allograph.reading.citation import LICENSE, NOTICE, Citation
from allograph.reading.reader import Reader
from allograph.reading.taking.formats import others_than
from allograph.reading.taking.selection import Rows, Selection
from allograph.tables.fields import TEXT, Field, Unfit, Value, value_of


@dataclass(frozen=True)
class Taken:
    """The rows of an answer, read once, and what is said of them."""

    reader: Reader
    question: Question
    citation: Citation
    selection: Selection
    rows: Rows
    query: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the answer, in its order."""
        described = {column.name: column for column in self.question.columns}
        return tuple(described.get(name, Column(name, name, "")) for name in self.rows.names)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The columns, as tables have them."""
        return tuple(map(field_of, self.columns))

    def values(
        self, format_name: str, note: Callable[[int, Row], object] | None = None
    ) -> Iterator[list[Value]]:
        """The rows as values of the columns' types; ``note`` is told of each, from 1.

        Raises:
            Unwritable: for a value that is not of the type of its column.

        """
        types = [(field.name, field.type) for field in self.fields]
        for number, row in enumerate(self.rows, start=1):
            if note:
                note(number, row)
            name = ""
            values = []
            try:
                for name, type in types:
                    values.append(value_of(row[name], type))
            except Unfit as error:
                message = f"row {number}, column {name}: {error}, which the code book promises"
                raise Unwritable(message, others_than(format_name)) from None
            yield values

    @property
    def part(self) -> str:
        """Which rows of the answer these are, as the arguments that ask for them."""
        pairs = self.selection.pairs
        return " and ".join(f"{name}={value}" for name, value in pairs) or "all rows"

    @property
    def about(self) -> list[tuple[str, str]]:
        """What is said of the answer, in the order in which people want it."""
        citation = self.citation
        said = [
            ("Question", citation.sentence),
            ("What it holds", self.question.description),
            ("Please note", NOTICE),
            ("Rows", self.part),
            ("Release", citation.release or "another store, which is no release"),
            ("Issued", citation.issued),
            ("Asked on", citation.asked.isoformat()),
            ("Address", citation.url),
            ("Licence", LICENSE),
            ("Cite first", "the report behind a figure; the sheet or list of sources names it"),
            ("Cite as", citation.text),
            ("Query", query_of(self.query)),
        ]
        return [(name, text) for name, text in said if text]


def field_of(column: Column) -> Field:
    """A column as a field; of one that nobody described, any value is a text."""
    type = column.type or TEXT
    return Field(column.name, column.label, column.meaning, type, column.unit)


def query_of(text: str) -> str:
    """A query without its header, as it is sent."""
    lines: Sequence[str] = [line for line in text.splitlines() if not line.startswith("#+")]
    return "\n".join(lines).strip()
