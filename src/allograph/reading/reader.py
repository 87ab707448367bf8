"""The reader of a release: what every function of this room takes first.

A reader is what there is to read (a release, its questions, its names) and how it is asked (a
store). Who asks decides how long they wait: the store is given with that patience in it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from allograph.namespaces import Namespaces
from allograph.questions.question import Question
from allograph.rdf.answers import Answer, Boolean, Solutions
from allograph.rdf.store import Store
from allograph.rdf.terms import Literal, NamedNode, Term, Triple
from allograph.release import Release
from allograph.release.exports import sorted_triples

Made = TypeVar("Made")
Row = dict[str, Term]


class Shelf:
    """What is made once and then at hand; of several who want it first, one makes it.

    Invariant: a value is written under the lock of its name, and never changed afterwards. What
    could not be made is not kept: the next who wants it tries again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[object, threading.Lock] = {}
        self._made: dict[object, object] = {}

    def once(self, name: object, make: Callable[[], Made]) -> Made:
        """What is kept under a name, else make and keep it."""
        if name not in self._made:
            with self._lock:
                lock = self._locks.setdefault(name, threading.Lock())
            with lock:
                if name not in self._made:
                    self._made[name] = make()
        return cast("Made", self._made[name])


@dataclass(frozen=True, eq=False)
class Reader:
    """A release, and the store that is asked; ``is_release`` tells whether that is the release's.

    Two readers are never equal. Invariant: a ``shelf`` holds what was read of one state of the
    store. A release never changes, so its reader may live as long as it; nobody tells when another
    store changes, so of that one each request has a reader of its own.
    """

    release: Release
    store: Store
    questions: Mapping[str, Question]
    namespaces: Namespaces
    is_release: bool = True
    shelf: Shelf = field(default_factory=Shelf)

    def once(self, read: Callable[[Reader], Made]) -> Made:
        """What ``read`` makes of this reader: made once, then taken from the shelf."""
        return self.shelf.once(read, lambda: read(self))

    def select(self, sparql: str) -> list[Row]:
        """The solutions of a query of ours; an unbound variable is absent from its row."""
        solutions = expect_solutions(self.store.query(sparql))
        variables = [variable.value for variable in solutions.variables]
        return [
            {name: term for name in variables if (term := solution[name]) is not None}
            for solution in solutions
        ]

    def construct(self, sparql: str) -> list[Triple]:
        """The triples of a query of ours, each once and in order."""
        triples = self.store.query(sparql)
        if isinstance(triples, Solutions | Boolean):
            raise TypeError("only a CONSTRUCT has triples")
        return sorted_triples(triples)


def expect_solutions(found: Answer) -> Solutions:
    """The answer of a query that is known to be a SELECT."""
    if not isinstance(found, Solutions):
        raise TypeError("only a SELECT has solutions")
    return found


def text(row: Mapping[str, Term], variable: str) -> str:
    """The text of a binding; empty where the variable is unbound."""
    term = row.get(variable)
    return term.value if isinstance(term, NamedNode | Literal) else ""


def values(terms: Iterable[str]) -> str:
    """IRIs as the data block of a VALUES clause."""
    return " ".join(f"<{iri}>" for iri in sorted(set(terms)))
