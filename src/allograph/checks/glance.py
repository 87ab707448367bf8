"""See at a glance that a node conforms to a shape, so that pySHACL need not look at it.

pySHACL takes milliseconds for a node, and nearly all nodes conform. A glance knows the constraints
of ``constraints``. Where it meets what it does not know, or a node does not conform, it tells
nothing: what is told is always pySHACL's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from allograph.checks.constraints import (
    MANY,
    NOTHING_ASKED,
    OF_EACH,
    OF_PROPERTIES,
    OF_VALUES,
    OfValues,
    Unsure,
    Values,
)
from allograph.checks.facts import Facts, RdfTerm


class Glance:
    """The shapes of a graph, as far as they can be judged at a glance."""

    def __init__(self, shapes_graph: rdflib.Graph, facts: Facts) -> None:
        self._shapes = shapes_graph
        self._facts = facts
        self._judges: dict[Node, Callable[[RdfTerm], bool] | None] = {}
        self._judged: dict[tuple[Node, RdfTerm], bool | None] = {}

    def conforms(self, shape: Node, node: RdfTerm) -> bool:
        """Whether a node conforms to a shape for certain."""
        try:
            return self.judged(shape, node)
        except Unsure:
            return False

    def judged(self, shape: Node, node: RdfTerm) -> bool:
        """Whether a node conforms to a shape; ``Unsure`` where only pySHACL can tell.

        Invariant: what is being judged stands as ``None``, and so does what could not be. A shape
        that leads back to itself at the same node finds that, and is not judged here.
        """
        key = (shape, node)
        if key not in self._judged:
            self._judged[key] = None
            self._judged[key] = self._judge_of(shape)(node)
        judged = self._judged[key]
        if judged is None:
            raise Unsure(shape)
        return judged

    def _judge_of(self, shape: Node) -> Callable[[RdfTerm], bool]:
        if shape not in self._judges:
            self._judges[shape] = None
            self._judges[shape] = self._judge(shape)
        judge = self._judges[shape]
        if judge is None:
            raise Unsure(shape)
        return judge

    def _judge(self, shape: Node) -> Callable[[RdfTerm], bool]:
        """What a shape asks of a node."""
        if not self._is_shape(shape):
            raise Unsure(shape)
        path = self.one(shape, SH.path)
        values = None if path is None else self._path(path)
        tests = list(self._tests(shape))

        def judge(node: RdfTerm) -> bool:
            found = values(node) if values else (node,)
            return all(test(node, found) for test in tests)

        return judge

    def _is_shape(self, node: Node) -> bool:
        """Whether something is said of a shape, so that it is not a name that was misspelt."""
        return any(
            (name == RDF.type and value in (SH.NodeShape, SH.PropertyShape))
            or str(name).startswith(str(SH))
            for name, value in self._shapes.predicate_objects(node)
        )

    def _tests(self, shape: Node) -> Iterator[OfValues]:
        for name, value in self._shapes.predicate_objects(shape):
            if name in NOTHING_ASKED or not str(name).startswith(str(SH)):
                continue
            if name not in MANY:
                self.one(shape, name)
            if name in OF_PROPERTIES and self.one(shape, SH.path) is None:
                raise Unsure(name)
            if name in OF_VALUES:
                yield OF_VALUES[name](self, shape, value)
            elif name in OF_EACH:
                yield _of_each(OF_EACH[name](self, shape, value))
            else:
                raise Unsure(name)

    def _path(self, path: Node) -> Callable[[RdfTerm], Values]:
        """The values along a path (SHACL, section 2.3.1)."""
        if isinstance(path, rdflib.URIRef):
            name = str(path)
            return lambda node: self._facts.objects(node, name)
        if not (parts := list(self._shapes.predicate_objects(path))):
            raise Unsure(path)
        (kind, inner), *more = parts
        if kind == SH.inversePath and isinstance(inner, rdflib.URIRef):
            name = str(inner)
            return lambda node: self._facts.subjects(node, name)
        if kind == SH.alternativePath:
            ways = [self._path(each) for each in self._shapes.items(inner)]
            return lambda node: tuple(dict.fromkeys(end for way in ways for end in way(node)))
        if kind in (SH.oneOrMorePath, SH.zeroOrMorePath):
            return _again_and_again(self._path(inner), is_included=kind == SH.zeroOrMorePath)
        if more and {kind, more[0][0]} == {RDF.first, RDF.rest}:
            steps = [self._path(each) for each in self._shapes.items(path)]
            return lambda node: _in_sequence(steps, node)
        raise Unsure(path)

    def one(self, shape: Node, name: Node) -> Node | None:
        """The one value of a property of a shape, if it has any."""
        first, *others = [*self._shapes.objects(shape, name), None]
        if len(others) > 1:
            raise Unsure(name)
        return first

    def members(self, items: Node) -> list[Node]:
        """The members of a list of the shapes graph."""
        if not (members := list(self._shapes.items(items))):
            raise Unsure(items)
        return members

    def is_a(self, node: RdfTerm, name: str) -> bool:
        return self._facts.is_a(node, name)

    def objects(self, node: RdfTerm, name: str) -> Values:
        return self._facts.objects(node, name)


def _of_each(test: Callable[[RdfTerm], bool]) -> OfValues:
    return lambda _node, values: all(map(test, values))


def _again_and_again(
    step: Callable[[RdfTerm], Values], *, is_included: bool
) -> Callable[[RdfTerm], Values]:
    def ends(node: RdfTerm) -> Values:
        found: dict[RdfTerm, None] = {node: None} if is_included else {}
        waiting = list(step(node))
        while waiting:
            end = waiting.pop()
            if end not in found:
                found[end] = None
                waiting.extend(step(end))
        return tuple(found)

    return ends


def _in_sequence(steps: Sequence[Callable[[RdfTerm], Values]], node: RdfTerm) -> Values:
    ends: Values = (node,)
    for step in steps:
        ends = tuple(dict.fromkeys(end for each in ends for end in step(each)))
    return ends
