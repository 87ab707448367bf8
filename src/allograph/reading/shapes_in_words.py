"""Put the shapes into words: what a class must have, how many, of which kind, and what else holds.

Read once for each release from its ``shapes.ttl``. A property shape with a plain path is a rule on
that property; every other shape of a class is a rule of its own, told by its ``sh:message``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import BlankNode, Term, Triple
from allograph.rdf.turtle import read_turtle
from allograph.rdf.vocabularies import RDF, SH, SKOS
from allograph.reading.reader import Reader

WITH_VALUES = re.compile(r",? and [^.]*\{\?.*$", re.DOTALL)
VALUE = re.compile(r"\{\?\w+\}")


@dataclass(frozen=True)
class Rule:
    """What holds of one property of a class, ``path``; ``kinds`` are IRIs or values."""

    path: str
    least: int
    most: int | None
    kinds: tuple[str, ...]
    messages: tuple[str, ...]

    @property
    def how_many(self) -> str:
        """Say how many values there are."""
        if self.most == 0:
            return "none"
        if self.least and self.most == self.least:
            return "exactly one" if self.most == 1 else f"exactly {self.most}"
        if self.least:
            return "one or more"
        return "at most one" if self.most == 1 else "any number"


@dataclass(frozen=True)
class ClassRules:
    """All that must hold of the members of a class."""

    properties: tuple[Rule, ...]
    further: tuple[str, ...]


def rules_by_class(reader: Reader) -> dict[str, ClassRules]:
    """The rules of the release by the IRI of the class."""
    return reader.once(read_rules)


def read_rules(reader: Reader) -> dict[str, ClassRules]:
    """Read the rules from the shapes graph."""
    shapes = reader.release.shapes
    return _Shapes(read_turtle(shapes, shapes.name, blank_nodes=True).triples).by_class()


class _Shapes:
    """The shapes graph."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._nodes = Nodes(triples)

    def by_class(self) -> dict[str, ClassRules]:
        shapes: dict[str, list[Node]] = {}
        for shape in self._nodes.having(SH.targetClass):
            for target in shape.texts(SH.targetClass):
                shapes.setdefault(target, []).append(shape)
        return {target: self._rules(found) for target, found in shapes.items()}

    def _rules(self, shapes: list[Node]) -> ClassRules:
        parts = [part for shape in shapes for part in self._parts(shape)]
        paths: dict[str, list[Node]] = {}
        for part in parts:
            for path in part.iris(SH.path):
                paths.setdefault(path, []).append(part)
        plain = {part.iri for found in paths.values() for part in found}
        others = [part for part in [*shapes, *parts] if part.iri not in plain]
        further = (message for part in others for message in _messages(part))
        return ClassRules(
            tuple(self._rule(path, found) for path, found in sorted(paths.items())),
            tuple(dict.fromkeys(further)),
        )

    def _parts(self, shape: Node) -> Iterator[Node]:
        for part in (*shape.texts(SH.property), *shape.texts(SH.sparql)):
            yield self._nodes.of(part)

    def _rule(self, path: str, parts: list[Node]) -> Rule:
        least = [int(number) for part in parts for number in part.texts(SH.minCount)]
        most = [int(number) for part in parts for number in part.texts(SH.maxCount)]
        return Rule(
            path,
            max(least, default=0),
            min(most, default=None),
            tuple(dict.fromkeys(kind for part in parts for kind in self._kinds(part))),
            tuple(dict.fromkeys(text for part in parts for text in _messages(part))),
        )

    def _kinds(self, part: Node) -> Iterator[str]:
        """The classes, datatypes, closed lists and values that a shape allows."""
        yield from part.texts(SH["class"])
        yield from part.texts(SH.datatype)
        for listed in part.all(SH["in"]):
            yield from self._list(listed)
        for shape in part.texts(SH.node):
            yield from self._scheme_or_kinds(self._nodes.of(shape))
        for choice in part.all(SH["or"]):
            for shape in self._list(choice):
                yield from self._kinds(self._nodes.of(shape))

    def _scheme_or_kinds(self, shape: Node) -> Iterator[str]:
        for part in map(self._nodes.of, shape.texts(SH.property)):
            if SKOS.inScheme in part.texts(SH.path):
                yield from part.texts(SH.hasValue)
        yield from self._kinds(shape)

    def _list(self, head: Term | None) -> Iterator[str]:
        while isinstance(head, BlankNode):
            node = self._nodes[head.value]
            yield from node.texts(RDF.first)
            head = node.one(RDF.rest)


def _messages(part: Node) -> Iterator[str]:
    for message in part.texts(SH.message):
        yield VALUE.sub("\u2026", WITH_VALUES.sub(".", message))
