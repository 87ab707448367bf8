"""Show solutions as a table for people: labels and units in the heads, links behind the labels.

A column that others link to is not shown by itself: ``study_label`` leads to ``study``. The head
names the columns of the answer that its cells hold, so that page and data can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from allograph.namespaces import BASE
from allograph.questions.question import NUMBER, Column
from allograph.rdf.answers import Solutions
from allograph.rdf.terms import Literal, NamedNode, Term
from allograph.rdf.vocabularies import FLAG, XSD
from allograph.reading.listing import entries_of
from allograph.reading.reader import Reader

# A page holds this many rows and says so; the downloads hold them all.
ROWS_ON_A_PAGE = 1000

NUMERIC = {
    XSD[name]
    for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger")
}
SEPARATOR = re.compile(r"\||; ")
"""Between several keys, or several labels, in one value."""

LABEL = "_label"


@dataclass(frozen=True)
class Head:
    """A column of the page: ``names`` are the columns of the answer in it, the shown one first."""

    column: Column
    names: tuple[str, ...]
    is_numeric: bool


@dataclass(frozen=True)
class Cell:
    """A value, the IRI that it leads to, and the concepts or records that it names."""

    term: Term | None
    link: str | None = None
    concepts: tuple[str, ...] = ()

    @property
    def flags(self) -> tuple[str, ...]:
        """The concepts that it names, if a doubt is among them."""
        return self.concepts if any(iri.startswith(FLAG) for iri in self.concepts) else ()

    @property
    def text(self) -> str:
        """The value as it stands in the data."""
        if isinstance(self.term, NamedNode | Literal):
            return self.term.value
        return "" if self.term is None else str(self.term)


@dataclass(frozen=True)
class Line:
    """One row of the page, and the IRI of what it is about, if it is about a part of a record."""

    cells: tuple[Cell, ...]
    about: str = ""


@dataclass(frozen=True)
class Table:
    """The rows of an answer, of the page, and whether there are more rows than these."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    rows: tuple[Mapping[str, Term | None], ...]
    is_cut: bool

    def shows(self, name: str) -> bool:
        """Tell whether the answer itself has a column."""
        return any(name in head.names for head in self.heads)


def table_of(reader: Reader, solutions: Solutions, described: Sequence[Column] = ()) -> Table:
    """Read the first rows of an answer; columns that nobody described are called by their name."""
    names = [variable.value for variable in solutions.variables]
    read = [
        {name: solution[name] for name in names}
        for solution in islice(solutions, ROWS_ON_A_PAGE + 1)
    ]
    rows = tuple(read[:ROWS_ON_A_PAGE])
    by_name = {column.name: column for column in described}
    columns = [by_name.get(name, Column(name, name, "")) for name in names]
    links = {column.name: link_of(column, by_name) for column in columns}
    heads = tuple(
        Head(
            column,
            (column.name, links[column.name]) if links[column.name] else (column.name,),
            column.type == NUMBER or is_numeric([row[column.name] for row in rows]),
        )
        for column in columns
        if column.name not in links.values()
    )
    about = next((column.link for column in described if column.link), "")
    concepts = {column.of: concepts_of(reader, column.of) for column in described if column.of}
    lines = tuple(
        Line(
            tuple(cell_of(row, head, by_name, concepts) for head in heads),
            iri_of(row[about]) if about else "",
        )
        for row in rows
    )
    return Table(heads, lines, rows, len(read) > ROWS_ON_A_PAGE)


def link_of(column: Column, by_name: Mapping[str, Column]) -> str:
    """The column that a column's values lead to: as declared, else by its name."""
    if column.link or not column.name.endswith(LABEL):
        return column.link
    name = column.name.removesuffix(LABEL)
    return name if name in by_name and column.name in by_name else ""


def cell_of(
    row: Mapping[str, Term | None],
    head: Head,
    by_name: Mapping[str, Column],
    concepts: Mapping[str, Mapping[str, str]],
) -> Cell:
    """One cell: its value, where that leads, and what it names."""
    shown, *others = head.names
    term = row[shown]
    if others and (target := row[others[0]]) is not None:
        kind = by_name[others[0]].of
        return Cell(term, f"{BASE}{kind}/{iri_of(target)}" if kind else iri_of(target))
    if head.column.of and isinstance(term, Literal):
        return Cell(term, concepts=tuple(named(term.value, concepts[head.column.of])))
    return Cell(term)


def named(text: str, concepts: Mapping[str, str]) -> Iterator[str]:
    """The IRIs of the concepts that a text names; what is unknown stays text."""
    parts = [part for part in SEPARATOR.split(text) if part]
    if all(part in concepts for part in parts):
        yield from (concepts[part] for part in parts)


def concepts_of(reader: Reader, kind: str) -> Mapping[str, str]:
    """The concepts of a closed list, or the records of a kind, by key and by label."""
    found = entries_of(reader, kind)
    return {entry.label: entry.iri for entry in found} | {entry.key: entry.iri for entry in found}


def iri_of(term: Term | None) -> str:
    """The text of a term that is an IRI or a key."""
    return term.value if isinstance(term, NamedNode | Literal) else ""


def is_numeric(terms: Sequence[Term | None]) -> bool:
    """Tell whether a column holds numbers, and so is aligned on the right."""
    bound = [term for term in terms if term is not None]
    return bool(bound) and all(
        isinstance(term, Literal) and term.datatype.value in NUMERIC for term in bound
    )
