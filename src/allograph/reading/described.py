"""Nodes as the pages ask them: properties by CURIE, parts by their anchor.

The code asks a node as ``rdf.nodes`` says; a template asks by CURIE (``node.value("ag:size")``), so
what a page shows of the graph is decided in the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from allograph.namespaces import Namespaces
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import NamedNode, Term, Triple


class Described(Node):
    """A node that also knows its properties by their CURIEs."""

    __slots__ = ("_namespaces",)

    def __init__(self, namespaces: Namespaces, iri: str, values: Mapping[str, list[Term]]) -> None:
        super().__init__(iri, values)
        self._namespaces = namespaces

    def all(self, name: str) -> list[Term]:
        """All values of a property, by CURIE, by IRI, or by the bare name of one of ours."""
        return super().all(self._namespaces.expand(name) or name)

    @property
    def by_curie(self) -> dict[str, list[Term]]:
        """All that is said of it, by the CURIE of the property."""
        return {self._namespaces.compact(iri): self.all(iri) for iri in self.properties()}

    @property
    def anchor(self) -> str:
        """The fragment of a part, which is its anchor on the page."""
        return fragment(self.iri)


def nodes_of(triples: Iterable[Triple], namespaces: Namespaces) -> Nodes:
    """The subjects that have a name, each with what the triples say of it."""
    named = (triple for triple in triples if isinstance(triple.subject, NamedNode))
    return Nodes(named, partial(Described, namespaces))


def number_of(node: Node, name: str) -> float:
    """A value to sort by; what has none comes last."""
    text = node.value(name)
    return float(text) if text else float("inf")


def fragment(iri: str) -> str:
    """What follows the ``#`` of a part's IRI; empty for a record."""
    return iri.partition("#")[2]


def document(iri: str) -> str:
    """The IRI of the record that a part belongs to."""
    return iri.partition("#")[0]


def iris_in(triples: Iterable[Triple]) -> set[str]:
    """Every IRI that the triples mention."""
    return {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }
