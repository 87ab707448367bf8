"""One slip of a curator's hand: what is written instead of what, and who could know better."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from allograph.curated.loaded import Loaded
from allograph.namespaces import BASE
from allograph.rdf.terms import Literal, NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import AG


class Holds(StrEnum):
    """What contradicts a slip: the graph, the held text, or nothing that is held."""

    GRAPH = "graph"
    TEXT = "text"
    READER = "reader"


@dataclass(frozen=True)
class Slip:
    """Triples of a file that are written otherwise, left out or added; in others, the ``rest``."""

    kind: str
    path: str
    instead: tuple[tuple[Triple, Term | None], ...]
    by: Holds
    added: tuple[Triple, ...] = ()
    rest: tuple[Slip, ...] = ()

    @property
    def paths(self) -> list[str]:
        """The files that it touches."""
        return [self.path, *(each.path for each in self.rest)]

    @property
    def triples(self) -> list[Triple]:
        """All that it touches, as it was and as it is."""
        now = [Triple(old[0], old[1], new) for old, new in self.instead if new is not None]
        others = [triple for each in self.rest for triple in each.triples]
        return [*(old for old, _new in self.instead), *now, *self.added, *others]

    def made_in(self, loaded: Loaded) -> Loaded:
        """The graph with this slip in it."""
        file = loaded.files[self.path]
        instead = dict(self.instead)
        triples = tuple(self._written(file.triples, instead))
        files = {**loaded.files, self.path: replace(file, triples=(*triples, *self.added))}
        made = Loaded(files, loaded.named_graphs)
        for each in self.rest:
            made = each.made_in(made)
        return made

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
        return "; ".join([*told, *map(str, self.rest)])


def swapped(kind: str, path: str, triple: Triple, wrong: Term | None, by: Holds) -> Slip:
    """A slip of one triple; without another object the triple is left out."""
    return Slip(kind, path, ((triple, wrong),), by)


def concept(kind: str, key: str) -> NamedNode:
    """A concept, or a record, by its key."""
    return NamedNode(f"{BASE}{kind}/{key}")


def local(triple: Triple) -> str:
    """The name of a property of ours, or the IRI of a borrowed one."""
    name = triple.predicate.value
    return name.removeprefix(AG)


def like(term: Term, text: str) -> Term:
    """A term as another, with another text."""
    if isinstance(term, NamedNode):
        return NamedNode(text)
    assert isinstance(term, Literal)
    if term.language:
        return Literal(text, language=term.language)
    return Literal(text, datatype=term.datatype)


def key_of(term: Term) -> str:
    """The key of a record or a concept."""
    return value_of(term).rpartition("/")[2]


def prints(printed: str, number: str) -> bool:
    """Whether a printed form has a number, by itself."""
    return bool(re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.]*\d)", printed))


def shown(term: Term) -> str:
    """A term for people."""
    return value_of(term).removeprefix(BASE)


def name_of(triple: Triple) -> str:
    """The local name of a property."""
    return triple.predicate.value.replace("#", "/").rpartition("/")[2]


def _new(term: Term | None) -> str:
    return "nothing" if term is None else shown(term)
