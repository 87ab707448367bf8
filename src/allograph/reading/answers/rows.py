"""The rows of an answer: as terms, as texts that people read, and how gravely each is doubted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from allograph.questions.question import Column
from allograph.rdf.answers import Solutions
from allograph.rdf.terms import Literal, NamedNode, Term
from allograph.rdf.vocabularies import AG, RDFS
from allograph.reading.listing import entries_of
from allograph.reading.reader import Reader, text
from allograph.release.catalogue import Entry

MOST_ROWS = 20_000
"""Rows of a page's answer that are read; a page says where there are more, downloads hold all."""

SEPARATOR = re.compile(r"\||; ")
"""Between several keys, or several labels, in one value."""

LABEL = "_label"

DOUBTS = ("flags", "findings")
"""The columns in which a question names the doubts about a row."""

WEIGHTS = f"""
SELECT ?doubt ?label ?weight ?rank WHERE {{
  ?doubt <{AG.weight}> ?weight ; <{RDFS.label}> ?label .
  ?weight <{AG.rank}> ?rank .
}}
"""


@dataclass(frozen=True)
class AnswerRow:
    """One row; ``weight`` is the key of the gravest doubt that it names, empty without one."""

    terms: Mapping[str, Term | None]
    texts: Mapping[str, str]
    weight: str


@dataclass(frozen=True)
class AnswerRows:
    """The rows of an answer in their order.

    ``concepts`` maps each column that names records or concepts to those by key and by label;
    ``labels`` each column of labels, as ``study_label``, to the label of each key of that kind.
    """

    columns: tuple[Column, ...]
    rows: tuple[AnswerRow, ...]
    concepts: Mapping[str, Mapping[str, Entry]]
    labels: Mapping[str, Mapping[str, str]]
    is_cut: bool

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


def rows_of(reader: Reader, solutions: Solutions, described: Sequence[Column] = ()) -> AnswerRows:
    """Read an answer; columns that nobody described are called by their name."""
    names = [variable.value for variable in solutions.variables]
    by_name = {column.name: column for column in described}
    columns = tuple(by_name.get(name, Column(name, name, "")) for name in names)
    concepts = {column.name: concepts_of(reader, column.of) for column in columns if column.of}
    weights = reader.once(weights_of_doubts)
    read = [
        {name: solution[name] for name in names} for solution in islice(solutions, MOST_ROWS + 1)
    ]
    rows = tuple(_row(terms, concepts, weights) for terms in read[:MOST_ROWS])
    labels = {
        name: {entry.key: entry.label for entry in entries_of(reader, name.removesuffix(LABEL))}
        for name in names
        if name.endswith(LABEL)
    }
    return AnswerRows(columns, rows, concepts, labels, len(read) > MOST_ROWS)


def concepts_of(reader: Reader, kind: str) -> Mapping[str, Entry]:
    """The concepts of a closed list, or the records of a kind, by key and by label."""
    found = entries_of(reader, kind)
    return {entry.label: entry for entry in found} | {entry.key: entry for entry in found}


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


def weights_of_doubts(reader: Reader) -> Mapping[str, tuple[int, str]]:
    """The rank and the key of the weight of each flag and rule, by key and by label."""
    found = {}
    for row in reader.select(WEIGHTS):
        weight = int(text(row, "rank")), text(row, "weight").rpartition("/")[2]
        found[text(row, "label")] = weight
        found[text(row, "doubt").rpartition("/")[2]] = weight
    return found


def _row(
    terms: Mapping[str, Term | None],
    concepts: Mapping[str, Mapping[str, Entry]],
    weights: Mapping[str, tuple[int, str]],
) -> AnswerRow:
    raw = {name: text_of(term) for name, term in terms.items()}
    texts = {name: _in_words(value, concepts.get(name)) for name, value in raw.items()}
    doubts = [part for name in DOUBTS for part in parts_of(raw.get(name, ""))]
    weight = min((weights[part] for part in doubts if part in weights), default=(0, ""))
    return AnswerRow(terms, texts, weight[1])


def _in_words(value: str, concepts: Mapping[str, Entry] | None) -> str:
    """A value with its keys as labels."""
    labels = [entry.label for entry in named(value, concepts)] if value and concepts else []
    return "; ".join(labels) or value
