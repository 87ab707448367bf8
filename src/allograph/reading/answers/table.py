"""An answer as a table for people: few columns that say much, and the rest in the row's detail.

Outcome, figure, people and study come first, several columns of the answer in one cell; a column
that is empty in all rows is gone. The head names the columns of the answer that its cells hold, so
that page and data can be compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.questions.question import NUMBER, Column
from allograph.rdf.terms import Literal, Term
from allograph.rdf.vocabularies import FLAG, XSD
from allograph.reading.answers.composed import COMPOSED, Composed
from allograph.reading.answers.rows import AnswerRow, AnswerRows, named, text_of
from allograph.reading.answers.wish import ROWS_ON_A_PAGE, Wish, sifted

ROWS_BY_THEMSELVES = 1000
"""Rows of an answer that no question describes: such a page has no next one."""

MOST_COLUMNS = 8
"""Columns that are shown of themselves; the others can be chosen, and are in the row's detail."""

NUMERIC = {
    XSD[name]
    for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger")
}
LABEL = "_label"


@dataclass(frozen=True)
class Head:
    """A column of the page: ``names`` are the columns of the answer in it, the leading one first.

    ``key`` is what ``sort=`` and ``columns=`` call it.
    """

    key: str
    label: str
    unit: str
    names: tuple[str, ...]
    is_numeric: bool
    composed: Composed | None = None


@dataclass(frozen=True)
class Cell:
    """What is read, what stands small below it, where it leads, and what concepts it names."""

    text: str
    term: Term | None = None
    small: str = ""
    link: str | None = None
    concepts: tuple[str, ...] = ()

    @property
    def flags(self) -> tuple[str, ...]:
        """The concepts that it names, if a doubt is among them."""
        return self.concepts if any(iri.startswith(FLAG) for iri in self.concepts) else ()


@dataclass(frozen=True)
class Line:
    """One row of the page; ``about`` is the IRI of the part of a record that it is about.

    ``details`` are the cells that are not shown as columns, with their heads.
    """

    cells: tuple[Cell, ...]
    details: tuple[tuple[Head, Cell], ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Table:
    """A page of an answer: ``found`` rows are wanted of ``total``, from number ``start`` (0).

    ``others`` are the heads that can be chosen beside those shown.
    """

    heads: tuple[Head, ...]
    others: tuple[Head, ...]
    lines: tuple[Line, ...]
    rows: tuple[AnswerRow, ...]
    start: int
    total: int
    is_cut: bool

    @property
    def found(self) -> int:
        """How many rows are wanted."""
        return len(self.rows)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.found // ROWS_ON_A_PAGE))

    def shows(self, name: str) -> bool:
        """Tell whether a column of the answer is among those shown."""
        return any(name in head.names for head in self.heads)


def plain_table(answer: AnswerRows) -> Table:
    """The first rows of an answer that no question describes, each column by itself."""
    return _table(answer, Wish(columns=answer.names), (), ROWS_BY_THEMSELVES)


def table_of(answer: AnswerRows, wish: Wish) -> Table:
    """Make the table of a page of a question."""
    return _table(answer, wish, COMPOSED, ROWS_ON_A_PAGE)


def _table(answer: AnswerRows, wish: Wish, composed: Sequence[Composed], size: int) -> Table:
    rows = tuple(sifted(answer, wish))
    heads = _heads(answer, composed)
    empty = {name for name in answer.names if not any(row.texts[name] for row in answer.rows)}
    filled = [head for head in heads if not empty.issuperset(head.names)] or heads
    shown = _shown(answer, filled, wish)
    others = tuple(head for head in filled if head not in shown)
    about = next((column.link for column in answer.columns if column.link), "")
    links = {column.name: link_of(column, answer) for column in answer.columns}
    start = (wish.page - 1) * size
    lines = tuple(
        Line(
            tuple(_cell(row, head, answer, links) for head in shown),
            tuple(
                (head, cell) for head in others if (cell := _cell(row, head, answer, links)).text
            ),
            text_of(row.terms[about]) if about else "",
        )
        for row in rows[start : start + size]
    )
    return Table(shown, others, lines, rows, start, len(answer.rows), answer.is_cut)


def _heads(answer: AnswerRows, composed: Sequence[Composed]) -> list[Head]:
    """All heads: the cells of several columns in the order in which people read, then the rest."""
    by_name = {column.name: column for column in answer.columns}
    made = [(cell, lead) for cell in composed if (lead := cell.lead(by_name))]
    taken: set[str] = set()
    heads = []
    for cell, lead in made:
        if lead in taken:
            continue
        parts = [name for name in cell.parts if name in by_name and name != lead]
        names = (lead, *(name for name in parts if name not in taken or cell.key == "estimate"))
        taken.update(names)
        heads.append(Head(cell.key, cell.label, "", names, is_numeric=False, composed=cell))
    links = {link_of(column, answer) for column in answer.columns}
    rest = [
        _plain(column, answer)
        for column in answer.columns
        if column.name not in taken and (column.name not in links or column.of)
    ]
    return [*heads, *rest]


def _plain(column: Column, answer: AnswerRows) -> Head:
    link = link_of(column, answer)
    return Head(
        column.name,
        column.label,
        column.unit,
        (column.name, link) if link else (column.name,),
        column.type == NUMBER or is_numeric([row.terms[column.name] for row in answer.rows]),
    )


def _shown(answer: AnswerRows, heads: Sequence[Head], wish: Wish) -> tuple[Head, ...]:
    """The heads that a reader chose, in that order; else the first ones."""
    if not wish.columns:
        return tuple(heads[:MOST_COLUMNS])
    by_key = {head.key: head for head in heads}
    by_name = {column.name: column for column in answer.columns}
    return tuple(
        by_key[name] if name in by_key else _plain(by_name[name], answer)
        for name in wish.columns
        if name in by_key or name in by_name
    )


def link_of(column: Column, answer: AnswerRows) -> str:
    """The column that a column's values lead to: as declared, else by its name."""
    if column.link or not column.name.endswith(LABEL):
        return column.link
    name = column.name.removesuffix(LABEL)
    return name if name in answer.names else ""


def _cell(row: AnswerRow, head: Head, answer: AnswerRows, links: Mapping[str, str]) -> Cell:
    """One cell: what is read, where that leads, and what it names."""
    lead = head.names[0]
    term = row.terms[lead]
    if head.composed:
        written = head.composed.write(row.texts)
        text, small = written.text, written.small
    else:
        text, small = row.texts[lead], ""
    by_name = {column.name: column for column in answer.columns}
    if links[lead] and (target := row.terms[links[lead]]) is not None:
        kind, iri = by_name[links[lead]].of, text_of(target)
        return Cell(text, term, small, f"{BASE}{kind}/{iri}" if kind else iri)
    concepts = tuple(
        entry.iri
        for name in head.names
        if name in answer.concepts and (name == lead or head.key == "doubts")
        for entry in named(text_of(row.terms[name]), answer.concepts[name])
    )
    if concepts:
        return Cell(text, term, small, concepts=tuple(dict.fromkeys(concepts)))
    return Cell(text, None if head.composed else term, small)


def is_numeric(terms: Sequence[Term | None]) -> bool:
    """Tell whether a column holds numbers, and so is aligned on the right."""
    bound = [term for term in terms if term is not None]
    return bool(bound) and all(
        isinstance(term, Literal) and term.datatype.value in NUMERIC for term in bound
    )
