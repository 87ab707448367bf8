"""What the files say of each node, in rdflib's terms, which are made when somebody asks for them.

To turn every triple into terms of rdflib takes longer than to look at those that matter. A value
that stands twice is one value, as in a graph.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property

import rdflib

from allograph.curated.loaded import Loaded
from allograph.rdf.terms import to_rdflib
from allograph.rdf.vocabularies import RDF, RDFS

RdfTerm = rdflib.URIRef | rdflib.BNode | rdflib.Literal


class Facts:
    """The triples of all files, asked from either end."""

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._nodes = loaded.nodes
        self.objects = cache(self._objects)
        self.subjects = cache(self._subjects)
        self.classes_below = cache(self._classes_below)

    def instances(self, target_class: str) -> Iterator[str]:
        """The nodes of a class, and of those below it."""
        for name in self.classes_below(target_class):
            yield from (node.iri for node in self._nodes.instances(name))

    def is_a(self, node: RdfTerm, target_class: str) -> bool:
        """Whether a node is of a class, or of one below it (SHACL, section 4.1.1)."""
        if isinstance(node, rdflib.Literal):
            return False
        below = self.classes_below(target_class)
        return any(name in below for name in self._nodes.of(str(node)).iris(RDF.type))

    def _objects(self, node: RdfTerm, name: str) -> tuple[RdfTerm, ...]:
        """The values of a property; a literal has none."""
        if isinstance(node, rdflib.Literal):
            return ()
        return tuple(dict.fromkeys(map(to_rdflib, self._nodes.of(str(node)).all(name))))

    def _subjects(self, node: RdfTerm, name: str) -> tuple[RdfTerm, ...]:
        """The nodes that have this value of a property."""
        return tuple(dict.fromkeys(self._inverse(name).get(node, ())))

    def _classes_below(self, target_class: str) -> frozenset[str]:
        found, waiting = {target_class}, [target_class]
        while waiting:
            for name in self._subclasses.get(waiting.pop(), ()):
                if name not in found:
                    found.add(name)
                    waiting.append(name)
        return frozenset(found)

    @cached_property
    def _subclasses(self) -> dict[str, list[str]]:
        found = defaultdict(list)
        for node in self._nodes.having(RDFS.subClassOf):
            for name in node.iris(RDFS.subClassOf):
                found[name].append(node.iri)
        return found

    @cached_property
    def _inverses(self) -> dict[str, dict[RdfTerm, list[RdfTerm]]]:
        return {}

    def _inverse(self, name: str) -> dict[RdfTerm, list[RdfTerm]]:
        if name not in self._inverses:
            index: dict[RdfTerm, list[RdfTerm]] = defaultdict(list)
            for node in self._nodes.having(name):
                for term in node.all(name):
                    index[to_rdflib(term)].append(rdflib.URIRef(node.iri))
            self._inverses[name] = index
        return self._inverses[name]
