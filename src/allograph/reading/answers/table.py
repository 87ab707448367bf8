"""An answer as a table for people: few columns that say much, and the rest in the row's detail.

Outcome, figure, people and study come first, several columns of the answer in one cell; a column
that is empty in all rows is gone. The head names the columns of the answer that its cells hold, so
that page and data can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.questions.question import Column
from allograph.rdf.terms import Literal, Term
from allograph.rdf.vocabularies import XSD
from allograph.reading.answers.composed import COMPOSED, Composed, Written
from allograph.reading.answers.rows import DOUBTS, LABEL, AnswerRow, AnswerRows, named, text_of
from allograph.reading.answers.wish import ROWS_ON_A_PAGE, Wish, sifted
from allograph.reading.figures import unit_text
from allograph.release.catalogue import Entry
from allograph.tables.fields import NUMBER

ROWS_BY_THEMSELVES = 1000
"""Rows of an answer that no question describes: such a page has no next one."""

MOST_COLUMNS = 8
"""Columns that are shown of themselves; the others can be chosen, and are in the row's detail."""

UNIT = "unit"
"""How the name of a column of units ends; people read the unit, data have its UCUM code."""

NUMERIC = {
    XSD[name]
    for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger")
}
FIGURES = frozenset({"figure", "estimate", "printed"})
"""Cells that lead to what a row is about."""


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
    """What is read, what stands small below it, where it leads, and what concepts it names.

    ``rules`` are those by which it is doubted, beside the flags among its concepts.
    """

    text: str
    term: Term | None = None
    small: str = ""
    link: str | None = None
    concepts: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    has_doubts: bool = False


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

    ``others`` are the heads that can be chosen beside those shown. ``is_by_design`` tells that,
    unless they are sorted, studies stand by their design and size.
    """

    heads: tuple[Head, ...]
    others: tuple[Head, ...]
    lines: tuple[Line, ...]
    rows: tuple[AnswerRow, ...]
    start: int
    total: int
    is_by_design: bool
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
    start = (wish.page - 1) * size
    lines = tuple(_line(row, shown, others, answer) for row in rows[start : start + size])
    return Table(
        shown, others, lines, rows, start, len(answer.rows), answer.is_by_design, answer.is_cut
    )


def _line(
    row: AnswerRow, shown: Sequence[Head], others: Sequence[Head], answer: AnswerRows
) -> Line:
    about = next((column.link for column in answer.columns if column.link), "")
    cells = [_cell(row, head, answer, about) for head in shown]
    in_full = [(head, Cell(full)) for head in shown if (full := _written(row, head).full)]
    details = [(head, _cell(row, head, answer, about)) for head in others]
    said = [pair for pair in details if pair[1].text or pair[1].small or pair[1].has_doubts]
    return Line(
        tuple(cells),
        (*in_full, *said),
        text_of(row.terms[about]) if about else "",
    )


def _heads(answer: AnswerRows, composed: Sequence[Composed]) -> list[Head]:
    """All heads: of an answer with figures in the order in which people read, else in its own."""
    names = answer.names
    made, taken = _composed(names, composed)
    links = {link_of(column, answer) for column in answer.columns}
    rest = [
        _plain(column, answer)
        for column in answer.columns
        if column.name not in taken and (column.name not in links or column.of)
    ]
    if any(head.composed and head.composed.is_figure for head in made):
        return [*made, *rest]
    return sorted([*made, *rest], key=lambda head: min(map(names.index, head.names)))


def _composed(
    names: Sequence[str], composed: Sequence[Composed]
) -> tuple[list[Head], frozenset[str]]:
    """The cells of several columns that an answer has, and the columns that they take in."""
    taken: set[str] = set()
    heads = []
    for cell in composed:
        lead = cell.lead(names)
        if lead is None or lead in taken:
            continue
        parts = [name for name in cell.parts if name in names and name != lead]
        held = (lead, *(name for name in parts if name not in taken or cell.key == "estimate"))
        taken.update(held)
        heads.append(Head(cell.key, cell.label, "", held, is_numeric=False, composed=cell))
    return heads, frozenset(taken)


def _plain(column: Column, answer: AnswerRows) -> Head:
    link = link_of(column, answer)
    return Head(
        column.name,
        column.label.replace(" (UCUM)", ""),
        column.unit,
        (column.name, link) if link else (column.name,),
        column.type == NUMBER or is_numeric([row.terms[column.name] for row in answer.rows]),
    )


def _shown(answer: AnswerRows, heads: Sequence[Head], wish: Wish) -> tuple[Head, ...]:
    """The heads that a reader chose, in that order; else the first ones."""
    if not wish.columns:
        first = [head for head in heads if not (head.composed and head.composed.is_detail)]
        return tuple(first[:MOST_COLUMNS])
    by_key = {head.key: head for head in heads}
    by_name = answer.by_name
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


def _written(row: AnswerRow, head: Head) -> Written:
    if head.composed:
        return head.composed.write(row.texts)
    name = head.names[0]
    return Written(unit_text(row.texts[name]) if name.endswith(UNIT) else row.texts[name])


def _cell(row: AnswerRow, head: Head, answer: AnswerRows, about: str) -> Cell:
    """One cell: what is read, where that leads, and what it names."""
    lead = head.names[0]
    written = _written(row, head)
    text, small = written.text, written.small
    if head.key in FIGURES and about:
        return Cell(text, None, small, text_of(row.terms[about]) or None)
    if lead in DOUBTS:
        flags, rules = (
            _iris(sorted(_named(row, name, answer), key=lambda entry: _rank(entry, answer)))
            for name in DOUBTS
        )
        has_doubts = any(row.texts[name] for name in head.names)
        return Cell(text, concepts=flags, rules=rules, has_doubts=has_doubts)
    term = row.terms[lead]
    by_name = answer.by_name
    link = _target(head, answer) or link_of(by_name[lead], answer)
    if not text and head.composed:
        return Cell(text, small=small)
    if link and (target := row.terms[link]) is not None:
        kind = by_name[link].of
        iri = text_of(target)
        return Cell(text, term, small, f"{BASE}{kind}/{iri}" if kind else iri)
    iris = _iris(_named(row, lead, answer))
    if len(iris) == 1:
        return Cell(text, term, small, iris[0])
    is_as_given = not head.composed and text == text_of(term)
    return Cell(text, term if is_as_given or iris else None, small, concepts=iris)


def _target(head: Head, answer: AnswerRows) -> str:
    target = head.composed.target if head.composed else ""
    return target if target in answer.names else ""


def _named(row: AnswerRow, name: str, answer: AnswerRows) -> list[Entry]:
    """The records and concepts that a value names."""
    return list(named(text_of(row.terms.get(name)), answer.concepts.get(name, {})))


def _rank(entry: Entry, answer: AnswerRows) -> int:
    return answer.ranks.get(entry.key, len(answer.ranks))


def _iris(entries: Iterable[Entry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(entry.iri for entry in entries))


def is_numeric(terms: Sequence[Term | None]) -> bool:
    """Tell whether a column holds numbers, and so is aligned on the right."""
    bound = [term for term in terms if term is not None]
    return bool(bound) and all(
        isinstance(term, Literal) and term.datatype.value in NUMERIC for term in bound
    )
