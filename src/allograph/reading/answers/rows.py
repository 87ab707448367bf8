"""The rows of an answer: as terms, as texts that people read, with their study and their doubts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from allograph.questions.question import Column
from allograph.rdf.answers import Solutions
from allograph.rdf.terms import Literal, NamedNode, Term
from allograph.reading.answers.studies import (
    StudyOfRow,
    blocks_of,
    in_blocks,
    studies_by_name,
    study_in,
)
from allograph.reading.listing import entries_of
from allograph.reading.reader import Reader
from allograph.reading.weighed.sayings import Weight, sayings_of
from allograph.release.catalogue import Entry

MOST_ROWS = 20_000
"""Rows of a page's answer that are read; a page says where there are more, downloads hold all."""

SEPARATOR = re.compile(r"\||; ")
"""Between several keys, or several labels, in one value."""

LABEL = "_label"

DESIGN = "study_design"
"""What the texts of a row say beside its columns, unless one says it: how its study was set up."""

DOUBTS = ("flags", "findings")
"""The columns in which a question names the doubts about a row."""


@dataclass(frozen=True)
class AnswerRow:
    """One row; ``weight`` is the key of the gravest doubt that it names, empty without one."""

    terms: Mapping[str, Term | None]
    texts: Mapping[str, str]
    weight: str
    study: StudyOfRow | None = None


@dataclass(frozen=True)
class AnswerRows:
    """The rows of an answer in their order; ``is_by_design`` tells that studies stand by design.

    ``concepts`` maps each column that names records or concepts, as ``tier`` or ``study_label``, to
    those by key and by label. ``ranks`` are those of the doubts, by key and by label, ``weights``
    the labels of what they weigh, by key; the gravest is first.
    """

    columns: tuple[Column, ...]
    rows: tuple[AnswerRow, ...]
    concepts: Mapping[str, Mapping[str, Entry]]
    ranks: Mapping[str, int]
    weights: Mapping[str, str]
    is_by_design: bool
    is_cut: bool

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def by_name(self) -> Mapping[str, Column]:
        """Its columns by name."""
        return {column.name: column for column in self.columns}


def rows_of(
    reader: Reader, solutions: Solutions, described: Sequence[Column] = (), query: str = ""
) -> AnswerRows:
    """Read an answer; columns that nobody described are called by their name.

    Where the ``query`` sorts by study, studies stand by their design and size instead.
    """
    names = [variable.value for variable in solutions.variables]
    by_name = {column.name: column for column in described}
    columns = tuple(by_name.get(name, Column(name, name, "")) for name in names)
    doubts = reader.once(weights_of_doubts)
    read = [
        {name: solution[name] for name in names} for solution in islice(solutions, MOST_ROWS + 1)
    ]
    kinds = {column.name: column.of or kind_of_labels(column.name) for column in columns}
    named_in = {name: concepts_of(reader, kind) for name, kind in kinds.items() if kind}
    concepts = {column.name: named_in[column.name] for column in columns if column.of}
    studies = reader.once(studies_by_name)
    in_words = cache(lambda name, value: _in_words(value, concepts[name]))
    rows = [_row(terms, in_words, concepts, doubts, studies) for terms in read[:MOST_ROWS]]
    blocks = blocks_of(query, names)
    return AnswerRows(
        columns,
        tuple(rows if blocks is None else by_design(rows, blocks)),
        {name: known for name, known in named_in.items() if known},
        {name: weight.rank for name, weight in doubts.items()},
        {weight.key: weight.label for weight in doubts.values()},
        is_by_design=blocks is not None and len({row.study for row in rows}) > 1,
        is_cut=len(read) > MOST_ROWS,
    )


def by_design(rows: Sequence[AnswerRow], blocks: Sequence[str]) -> list[AnswerRow]:
    """Let studies change places within the blocks that an answer sorts by first.

    The rows of a study keep their order, and what is of no study comes last.
    """
    numbers = in_blocks([[row.texts[name] for name in blocks] for row in rows])

    def place(at: int) -> tuple[object, ...]:
        study = rows[at].study
        return (numbers[at], study is None, study.place if study else ())

    return [rows[at] for at in sorted(range(len(rows)), key=place)]


def kind_of_labels(name: str) -> str:
    """The kind whose labels a column such as ``report_label`` holds."""
    return name.removesuffix(LABEL) if name.endswith(LABEL) else ""


def concepts_of(reader: Reader, kind: str) -> Mapping[str, Entry]:
    """The concepts of a closed list, or the records of a kind, by key and by label.

    A label that several have names none of them.
    """
    found = entries_of(reader, kind)
    often = Counter(entry.label for entry in found)
    once = {entry.label: entry for entry in found if often[entry.label] == 1}
    return once | {entry.key: entry for entry in found}


def named(text: str, concepts: Mapping[str, Entry]) -> Iterator[Entry]:
    """The concepts that a text names; nothing where a part of it is unknown, which stays text."""
    parts = parts_of(text)
    if all(part in concepts for part in parts):
        yield from (concepts[part] for part in parts)


def parts_of(text: str) -> list[str]:
    """The keys or labels in one value."""
    return [part for part in SEPARATOR.split(text) if part]


def text_of(term: Term | None) -> str:
    """A term as text, empty where it is unbound."""
    if isinstance(term, NamedNode | Literal):
        return term.value
    return "" if term is None else str(term)


def weights_of_doubts(reader: Reader) -> Mapping[str, Weight]:
    """What each flag and rule weighs, by its key and by its label; the gravest first."""
    sayings = sorted(sayings_of(reader).values(), key=lambda saying: saying.weight)
    return {name: saying.weight for saying in sayings for name in (saying.key, saying.label)}


def _row(
    terms: Mapping[str, Term | None],
    in_words: Callable[[str, str], str],
    concepts: Collection[str],
    weights: Mapping[str, Weight],
    studies: Mapping[str, StudyOfRow],
) -> AnswerRow:
    raw = {name: text_of(term) for name, term in terms.items()}
    texts = {
        name: in_words(name, value) if value and name in concepts else value
        for name, value in raw.items()
    }
    doubts = [part for name in DOUBTS for part in parts_of(raw.get(name, ""))]
    gravest = min((weights[part] for part in doubts if part in weights), default=None)
    study = study_in(raw, studies)
    if study and study.design and "design" not in terms:
        texts[DESIGN] = study.design
    return AnswerRow(terms, texts, gravest.key if gravest else "", study)


def _in_words(value: str, concepts: Mapping[str, Entry]) -> str:
    """A value with its keys as labels."""
    return "; ".join(entry.label for entry in named(value, concepts)) or value
