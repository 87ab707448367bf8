"""The code book: what a column means in every question that has it, and what its values are.

It is the curated file ``queries/columns.yaml``, so that a meaning is written once. The header of a
question goes before it, where a column of that question means something of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from allograph.curated.snapshot import Snapshot
from allograph.curated.sources import CODE_BOOK
from allograph.errors import Location, QuestionError, nearest
from allograph.questions.yaml_tree import read_yaml
from allograph.tables.fields import FIELD_TYPES, TEXT
from allograph.text.trees import TreeError, TreeReader


@dataclass(frozen=True)
class Meaning:
    """What a column means, as a sentence, and what its values are."""

    meaning: str
    type: str = TEXT


CodeBook = Mapping[str, Meaning]
"""The columns by name."""


def code_book_of(snapshot: Snapshot) -> CodeBook:
    """The code book of a snapshot; empty where it has none.

    Raises:
        QuestionError: for what is no code book, with its line.

    """
    if CODE_BOOK not in snapshot.contents:
        return {}
    return read_code_book(snapshot.text(CODE_BOOK), CODE_BOOK)


@lru_cache(maxsize=2)
def read_code_book(text: str, shown_as: str) -> CodeBook:
    """Read a code book; raises ``QuestionError`` as above."""
    found = read_yaml(text, shown_as)
    tree = found.tree if isinstance(found.tree, dict) else {}
    book = {}
    for name, entry in tree.items():
        line = found.lines.get((name,))
        try:
            read = _READER.read(entry, Meaning)
        except TreeError as error:
            raise QuestionError(Location(shown_as, line), f"{name}: {error}") from None
        if read.type not in FIELD_TYPES:
            message = f"{name}: there is no type '{read.type}'{nearest(read.type, FIELD_TYPES)}"
            raise QuestionError(
                Location(shown_as, line), f"{message}; one of {', '.join(FIELD_TYPES)}"
            )
        book[name] = read
    return MappingProxyType(book)


def as_tree(book: CodeBook) -> Mapping[str, Any]:
    """A code book as JSON can hold it."""
    return {name: asdict(entry) for name, entry in book.items()}


def from_tree(tree: Mapping[str, Any]) -> CodeBook:
    """The code book that ``as_tree`` wrote."""
    return {name: Meaning(**entry) for name, entry in tree.items()}


_READER = TreeReader("a mapping, as in {type: integer, meaning: …}", "a list", "a list of texts")
