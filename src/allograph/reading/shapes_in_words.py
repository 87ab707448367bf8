"""Put the shapes into words: what a class must have, how many, of which kind, and what else holds.

Read once for each release from its ``shapes.ttl``. A property shape with a plain path is a rule on
that property; every other shape of a class is a rule of its own, told by its ``sh:message``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.rdf.terms import BlankNode, NamedNode, Term, Triple, value_of
from allograph.rdf.turtle import read_turtle
from allograph.reading.reader import Reader

SH = "http://www.w3.org/ns/shacl#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
IN_SCHEME = "http://www.w3.org/2004/02/skos/core#inScheme"
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
    """The shapes graph, by subject and property."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._values: dict[tuple[str, str], list[Term]] = {}
        self._subjects: list[str] = []
        for triple in triples:
            subject, predicate = value_of(triple.subject), triple.predicate.value
            self._values.setdefault((subject, predicate), []).append(triple.object)
            if predicate == f"{SH}targetClass":
                self._subjects.append(subject)

    def by_class(self) -> dict[str, ClassRules]:
        shapes: dict[str, list[str]] = {}
        for shape in dict.fromkeys(self._subjects):
            for target in self._of(shape, "targetClass"):
                shapes.setdefault(value_of(target), []).append(shape)
        return {target: self._rules(found) for target, found in shapes.items()}

    def _of(self, subject: str, name: str) -> list[Term]:
        return self._values.get((subject, f"{SH}{name}"), [])

    def _rules(self, shapes: list[str]) -> ClassRules:
        parts = [part for shape in shapes for part in self._parts(shape)]
        paths: dict[str, list[str]] = {}
        for part in parts:
            for path in self._of(part, "path"):
                if isinstance(path, NamedNode):
                    paths.setdefault(path.value, []).append(part)
        plain = {part for found in paths.values() for part in found}
        others = [part for part in [*shapes, *parts] if part not in plain]
        further = (message for part in others for message in self._messages(part))
        return ClassRules(
            tuple(self._rule(path, found) for path, found in sorted(paths.items())),
            tuple(dict.fromkeys(further)),
        )

    def _parts(self, shape: str) -> Iterator[str]:
        for name in ("property", "sparql"):
            yield from (value_of(part) for part in self._of(shape, name))

    def _rule(self, path: str, parts: list[str]) -> Rule:
        least = [int(value_of(n)) for part in parts for n in self._of(part, "minCount")]
        most = [int(value_of(n)) for part in parts for n in self._of(part, "maxCount")]
        return Rule(
            path,
            max(least, default=0),
            min(most, default=None),
            tuple(dict.fromkeys(kind for part in parts for kind in self._kinds(part))),
            tuple(dict.fromkeys(text for part in parts for text in self._messages(part))),
        )

    def _messages(self, part: str) -> Iterator[str]:
        for message in self._of(part, "message"):
            text = WITH_VALUES.sub(".", value_of(message))
            yield VALUE.sub("\u2026", text)

    def _kinds(self, part: str) -> Iterator[str]:
        """Yield the classes, datatypes, closed lists and values that a shape allows."""
        for name in ("class", "datatype"):
            yield from (value_of(kind) for kind in self._of(part, name))
        for listed in self._of(part, "in"):
            yield from (value_of(value) for value in self._list(listed))
        for node in self._of(part, "node"):
            yield from self._scheme_or_kinds(value_of(node))
        for choice in self._of(part, "or"):
            for shape in self._list(choice):
                yield from self._kinds(value_of(shape))

    def _scheme_or_kinds(self, shape: str) -> Iterator[str]:
        for part in map(value_of, self._of(shape, "property")):
            if any(value_of(path) == IN_SCHEME for path in self._of(part, "path")):
                yield from (value_of(scheme) for scheme in self._of(part, "hasValue"))
        yield from self._kinds(shape)

    def _list(self, head: Term) -> Iterator[Term]:
        while isinstance(head, BlankNode):
            yield from self._values.get((head.value, f"{RDF}first"), [])
            head = self._values[head.value, f"{RDF}rest"][0]
