"""The one index over triples: the values of each node, by property.

A property is named by its IRI (``RDFS.label``), a CURIE, or, if it is of our ontology, by its bare
name (``numerator``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, ValuesView

from allograph.namespaces import key_of
from allograph.rdf.terms import Literal, NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import AG, RDF, RDFS

# Plain text: each value that is asked for by a bare name puts the two together.
_OURS = str(AG)


class Node:
    """The values of one node, by property, in the order of the triples."""

    __slots__ = ("_values", "iri")

    def __init__(self, iri: str, values: Mapping[str, list[Term]]) -> None:
        self.iri = iri
        self._values = values

    def properties(self) -> Iterator[str]:
        """The IRIs of the properties that have a value."""
        yield from self._values

    def has(self, iri: str) -> bool:
        """Whether it has a value of a property, named by its IRI."""
        return iri in self._values

    def all(self, name: str) -> list[Term]:
        """All values of a property."""
        return self._values.get(name if ":" in name else _OURS + name, [])

    def one(self, name: str) -> Term | None:
        """The first value of a property."""
        return next(iter(self.all(name)), None)

    def texts(self, name: str) -> list[str]:
        """The values as text: IRIs, and the lexical forms of literals."""
        return [value_of(term) for term in self.all(name)]

    def value(self, name: str) -> str:
        """The first value as text; empty where there is none."""
        return next(iter(self.texts(name)), "")

    def text(self, name: str) -> str | None:
        """The lexical form of the first value that is a literal."""
        return next((term.value for term in self.all(name) if isinstance(term, Literal)), None)

    def iris(self, name: str) -> tuple[str, ...]:
        """The values that are IRIs."""
        terms = self.all(name)  # most nodes have no value of most properties
        return tuple(term.value for term in terms if isinstance(term, NamedNode)) if terms else ()

    def iri_of(self, name: str) -> str | None:
        """The first value that is an IRI."""
        return next(iter(self.iris(name)), None)

    def keys(self, name: str) -> frozenset[str]:
        """The keys of the values that are IRIs: ``percentage``."""
        return frozenset(key_of(iri) for iri in self.iris(name))

    def key(self, name: str) -> str | None:
        """The key of the first value that is an IRI."""
        iri = self.iri_of(name)
        return None if iri is None else key_of(iri)

    def is_true(self, name: str) -> bool:
        """Whether the first literal is ``true``, or ``1`` (XSD 1.1 part 2, section 3.3.2)."""
        return self.text(name) in ("true", "1")

    @property
    def label(self) -> str:
        """What it is called; empty where that is not said."""
        return self.value(RDFS.label)


class Nodes(Mapping[str, Node]):
    """All subjects of some triples, by IRI (or label of a blank node), in the order of the triples.

    ``make`` makes a node of its IRI and values, for who wants to ask more of it.
    """

    def __init__(
        self,
        triples: Iterable[Triple],
        make: Callable[[str, Mapping[str, list[Term]]], Node] = Node,
    ) -> None:
        self._make = make
        self._nodes: dict[str, Node] = {}
        self._of_class: dict[str, list[Node]] | None = None
        self._having: dict[str, list[Node]] = {}
        self.learn(triples)

    def learn(self, triples: Iterable[Triple]) -> None:
        """Add triples that none of the nodes has; a node that somebody holds stays as it was."""
        self._of_class = None
        self._having = {}
        values: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, object_ in triples:
            values[value_of(subject)][predicate.value].append(object_)
        for iri, new in values.items():
            of_node = dict(new)
            if known := self._nodes.get(iri):
                of_node = {name: [*known.all(name)] for name in known.properties()}
                for name, terms in new.items():
                    of_node.setdefault(name, []).extend(terms)
            self._nodes[iri] = self._make(iri, of_node)

    def __getitem__(self, iri: str) -> Node:
        return self._nodes[iri]

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)

    def values(self) -> ValuesView[Node]:
        """All nodes, without looking each of them up."""
        return self._nodes.values()

    def of(self, iri: str) -> Node:
        """The node of an IRI; one without values, if no triple is about it."""
        return self._nodes.get(iri) or Node(iri, {})

    def instances(self, class_name: str) -> list[Node]:
        """The nodes of a class, ours by its bare name."""
        class_iri = class_name if ":" in class_name else _OURS + class_name
        if self._of_class is None:
            self._of_class = defaultdict(list)
            for node in self.having(RDF.type):
                for name in dict.fromkeys(node.iris(RDF.type)):
                    self._of_class[name].append(node)
        return [*self._of_class.get(class_iri, ())]

    def having(self, name: str) -> list[Node]:
        """The nodes that have a value of a property."""
        iri = name if ":" in name else _OURS + name
        if iri not in self._having:
            self._having[iri] = [node for node in self._nodes.values() if node.has(iri)]
        return [*self._having[iri]]
