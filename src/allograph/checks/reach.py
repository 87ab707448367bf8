"""What some files touch: the nodes of other files that may be wrong because of them.

A node *is of* a file that describes it, or that is named for its record: when a part is gone, what
still speaks of it speaks of that file. A finding of a rule touches a file if a node that it
involves is of the file, or if the node that it is about is of the file, refers to a node of it, or
is referred to by one. It may refer by way of other nodes, but not by way of a study or a report:
these bind together what says nothing of each other. A shape touches a file at each node from which
its own paths, and the properties that its SPARQL names, lead to a node of the file, or to which
they lead from one where the shape looks against the arrow; SPARQL also at each node that carries
the same identifier.

What a file no longer says touches nothing: that is for a check of everything.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from allograph.curated.loaded import IDENTIFYING, Links, Loaded
from allograph.namespaces import BASE, KINDS
from allograph.rdf.terms import value_of
from allograph.rdf.vocabularies import AG

PUBLICATIONS = frozenset([AG.Study, AG.Report])


@dataclass(frozen=True)
class Sight:
    """What a shape looks along: properties in their direction, and in both directions."""

    forward: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()


class Reach:
    """The nodes that some files touch, of everything that was loaded."""

    def __init__(self, loaded: Loaded, only: frozenset[str]) -> None:
        self._loaded = loaded
        self._only = only
        self._records = frozenset(map(_record_of, only))
        self._seen: dict[Sight, frozenset[str]] = {}

    def is_own(self, iri: str) -> bool:
        """Whether a node is of one of the files, by description or by name."""
        return iri in self._own or iri.partition("#")[0] in self._records

    def is_touched(self, iri: str) -> bool:
        """Whether a finding about this node touches one of the files."""
        return self.is_own(iri) or iri in self._touched

    def seen_by(self, sight: Sight) -> frozenset[str]:
        """The nodes that a shape has to look at, because it may see a node of the files."""
        if sight not in self._seen:
            names = sight.forward | sight.both
            self._seen[sight] = frozenset().union(
                self._closure(lambda node: _along(self._from, node, names)),
                self._closure(lambda node: _along(self._to, node, sight.both)),
                self._namesakes(sight.both),
            )
        return self._seen[sight]

    @cached_property
    def _own(self) -> frozenset[str]:
        files = (self._loaded.files[path] for path in self._only if path in self._loaded.files)
        return frozenset(value_of(triple.subject) for file in files for triple in file.triples)

    @cached_property
    def _touched(self) -> frozenset[str]:
        referred = {other for iri in self._own for _name, other in self._to.get(iri, ())}
        return self._closure(self._referring) | referred

    def _referring(self, node: str) -> Iterator[str]:
        if self.is_own(node) or node not in self._publications:
            yield from (other for _name, other in self._from.get(node, ()))

    def _namesakes(self, names: frozenset[str]) -> Iterator[str]:
        for name in names & IDENTIFYING:
            for iri in self._own:
                for value in _along(self._to, iri, [name]):
                    yield from _along(self._from, value, [name])

    @cached_property
    def _starts(self) -> frozenset[str]:
        return self._own.union(iri for iri in self._from if self.is_own(iri))

    def _closure(self, beside: Callable[[str], Iterable[str]]) -> frozenset[str]:
        found = set(self._starts)
        waiting = list(found)
        while waiting:
            for node in beside(waiting.pop()):
                if node not in found:
                    found.add(node)
                    waiting.append(node)
        return frozenset(found)

    @property
    def _to(self) -> Links:
        return self._loaded.links[0]

    @property
    def _from(self) -> Links:
        return self._loaded.links[1]

    @cached_property
    def _publications(self) -> frozenset[str]:
        nodes = self._loaded.nodes
        return frozenset(node.iri for name in PUBLICATIONS for node in nodes.instances(name))


def _along(links: Links, node: str, names: Collection[str]) -> Iterator[str]:
    return (other for name, other in links.get(node, ()) if name in names)


def _record_of(path: str) -> str:
    """The record that a file of the graph is named for."""
    _folder, _slash, name = path.removesuffix(".ttl").partition("/")
    kind = name.partition("/")[0]
    return f"{BASE}{name}" if kind in KINDS else path
