"""One slip of a curator's hand: what is written instead of what, and who could know better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from allograph.curated.loaded import Loaded
from allograph.namespaces import BASE
from allograph.rdf.terms import Term, Triple, value_of


class Holds(StrEnum):
    """What contradicts a slip: the graph, the held text, or nothing that is held."""

    GRAPH = "graph"
    TEXT = "text"
    READER = "reader"


@dataclass(frozen=True)
class Slip:
    """Triples of one file that are written otherwise, or left out, and others that are added."""

    kind: str
    path: str
    instead: tuple[tuple[Triple, Term | None], ...]
    by: Holds
    added: tuple[Triple, ...] = ()

    @property
    def triples(self) -> list[Triple]:
        """All that it touches, as it was and as it is."""
        now = [Triple(old[0], old[1], new) for old, new in self.instead if new is not None]
        return [*(old for old, _new in self.instead), *now, *self.added]

    def made_in(self, loaded: Loaded) -> Loaded:
        """The graph with this slip in it."""
        file = loaded.files[self.path]
        instead = dict(self.instead)
        triples = tuple(self._written(file.triples, instead))
        files = {**loaded.files, self.path: replace(file, triples=(*triples, *self.added))}
        return Loaded(files, loaded.named_graphs)

    def _written(
        self, triples: tuple[Triple, ...], instead: dict[Triple, Term | None]
    ) -> Iterator[Triple]:
        for triple in triples:
            if triple not in instead:
                yield triple
            elif (new := instead[triple]) is not None:
                yield Triple(triple.subject, triple.predicate, new)

    def __str__(self) -> str:
        told = [
            f"{shown(old[0])} {name_of(old)}: {shown(old[2])} -> {_new(new)}"
            for old, new in self.instead
        ]
        told += [f"{shown(each[0])} {name_of(each)}: + {shown(each[2])}" for each in self.added[:3]]
        return "; ".join(told)


def swapped(kind: str, path: str, triple: Triple, wrong: Term | None, by: Holds) -> Slip:
    """A slip of one triple; without another object the triple is left out."""
    return Slip(kind, path, ((triple, wrong),), by)


def shown(term: Term) -> str:
    """A term for people."""
    return value_of(term).removeprefix(BASE)


def name_of(triple: Triple) -> str:
    """The local name of a property."""
    return triple.predicate.value.replace("#", "/").rpartition("/")[2]


def _new(term: Term | None) -> str:
    return "nothing" if term is None else shown(term)
