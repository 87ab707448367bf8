"""See at a glance that a node conforms to a shape, so that pySHACL need not look at it.

pySHACL takes milliseconds for a node, and nearly all nodes conform. ``Glance`` knows the constraints
of SHACL Core (section 4) that our shapes use, and compares with the operators of rdflib, as
pySHACL does. Where it meets what it does not know, or a node does not conform, it says so and
tells nothing: what is told is always pySHACL's. To teach it a constraint, write a function and its
row in ``OF_VALUES`` or ``OF_EACH``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import rdflib
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from allograph.checks.facts import Facts, RdfTerm

Values = Sequence[RdfTerm]
OfValues = Callable[[RdfTerm, Values], bool]
"""Whether the values of a focus node are as a constraint wants them."""

NOTHING_ASKED = frozenset(
    [
        *(SH.path, SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group),
        *(SH.targetClass, SH.targetNode, SH.flags, SH.qualifiedMinCount, SH.qualifiedMaxCount),
    ]
)
"""Properties of a shape that are no constraint, or belong to one."""


MANY = frozenset(
    [
        *(SH.hasValue, SH.equals, SH.disjoint, SH.lessThan, SH.lessThanOrEquals, SH["class"]),
        *(SH.node, SH.property, SH["not"], SH["or"], SH.xone),
    ]
)
"""Constraints that a shape may have many of; of any other, pySHACL judges those that it takes."""


class Unsure(Exception):
    """A constraint that is not known here: only pySHACL can tell."""


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
            name == RDF.type
            and value in (SH.NodeShape, SH.PropertyShape)
            or str(name).startswith(str(SH))
            for name, value in self._shapes.predicate_objects(node)
        )

    def _tests(self, shape: Node) -> Iterator[OfValues]:
        for name, value in self._shapes.predicate_objects(shape):
            if name in NOTHING_ASKED or not str(name).startswith(str(SH)):
                continue
            if name not in MANY:
                self.one(shape, name)
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
        (kind, inner), *more = self._shapes.predicate_objects(path)
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


def _whole(value: Node) -> int:
    if isinstance(value, rdflib.Literal) and type(value.value) is int:
        return value.value
    raise Unsure(value)


# Constraints on all values of a focus node together


def _min_count(_glance: Glance, _shape: Node, value: Node) -> OfValues:
    least = _whole(value)
    return lambda _node, values: len(values) >= least


def _max_count(_glance: Glance, _shape: Node, value: Node) -> OfValues:
    most = _whole(value)
    return lambda _node, values: len(values) <= most


def _has_value(_glance: Glance, _shape: Node, value: Node) -> OfValues:
    return lambda _node, values: value in values


def _qualified(glance: Glance, shape: Node, value: Node) -> OfValues:
    limits = [glance.one(shape, name) for name in (SH.qualifiedMinCount, SH.qualifiedMaxCount)]
    least, most = (None if limit is None else _whole(limit) for limit in limits)

    def test(_node: RdfTerm, values: Values) -> bool:
        count = sum(glance.judged(value, each) for each in values)
        return (least is None or count >= least) and (most is None or count <= most)

    return test


def _equals(glance: Glance, _shape: Node, value: Node) -> OfValues:
    return lambda node, values: set(values) == set(glance.objects(node, str(value)))


def _disjoint(glance: Glance, _shape: Node, value: Node) -> OfValues:
    return lambda node, values: not set(values) & set(glance.objects(node, str(value)))


def _ordered(
    compare: Callable[[object, object], bool],
) -> Callable[[Glance, Node, Node], OfValues]:
    """``sh:lessThan`` and its like."""

    def constraint(glance: Glance, _shape: Node, value: Node) -> OfValues:
        def test(node: RdfTerm, values: Values) -> bool:
            others = glance.objects(node, str(value))
            pairs = [_alike(each, other) for each in values for other in others]
            return all(compare(each, other) for each, other in pairs)

        return test

    return constraint


OF_VALUES: dict[Node, Callable[[Glance, Node, Node], OfValues]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.hasValue: _has_value,
    SH.qualifiedValueShape: _qualified,
    SH.equals: _equals,
    SH.disjoint: _disjoint,
    SH.lessThan: _ordered(operator.lt),
    SH.lessThanOrEquals: _ordered(operator.le),
}


# Constraints on each value


def _datatype(_glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if value in (RDFS.Literal, RDFS.Datatype, RDF.langString):
        raise Unsure(value)

    def test(term: RdfTerm) -> bool:
        if not isinstance(term, rdflib.Literal):
            return False
        datatype = XSD.string if term.datatype is None and not term.language else term.datatype
        if datatype == value and (term.value is None or term.ill_typed):
            raise Unsure(term)
        return datatype == value

    return test


def _node_kind(_glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if value == SH.IRI:
        return lambda term: isinstance(term, rdflib.URIRef)
    raise Unsure(value)


def _in(glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    known = set(glance.members(value))
    return known.__contains__


def _pattern(glance: Glance, shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if glance.one(shape, SH.flags) is not None or not isinstance(value, rdflib.Literal):
        raise Unsure(shape)
    try:
        search = re.compile(str(value)).search
    except re.error:
        raise Unsure(value) from None
    return lambda term: not isinstance(term, rdflib.BNode) and bool(search(str(term)))


def _min_length(_glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    least = _whole(value)
    return lambda term: not isinstance(term, rdflib.BNode) and len(str(term)) >= least


def _max_length(_glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    most = _whole(value)
    return lambda term: not isinstance(term, rdflib.BNode) and len(str(term)) <= most


def _language_in(glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    known = {str(each).lower() for each in glance.members(value)}
    return lambda term: (
        isinstance(term, rdflib.Literal)
        and bool(term.language)
        and str(term.language).partition("-")[0].lower() in known
    )


def _range(
    compare: Callable[[object, object], bool],
) -> Callable[[Glance, Node, Node], Callable[[RdfTerm], bool]]:
    """``sh:minInclusive`` and its like; equal values are equal however they are spelt."""

    def constraint(_glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
        def test(term: RdfTerm) -> bool:
            each, limit = _alike(term, value)
            return compare(each.value, limit.value)

        return test

    return constraint


def _alike(first: Node, second: Node) -> tuple[rdflib.Literal, rdflib.Literal]:
    """Two literals whose values have an order that everybody agrees on: two numbers, two dates."""
    if isinstance(first, rdflib.Literal) and isinstance(second, rdflib.Literal):
        for datatypes, kind in _ORDERED:
            if all(
                each.datatype in datatypes and isinstance(each.value, kind)
                for each in (first, second)
            ):
                return first, second
    raise Unsure(first)


_ORDERED = (
    (frozenset([XSD.integer, XSD.decimal]), (int, Decimal)),
    (frozenset([XSD.date]), (date,)),
)


def _class(glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    name = str(value)
    return lambda term: glance.is_a(term, name)


def _conforming(glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    return lambda term: glance.judged(value, term)


def _property(glance: Glance, shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if glance.one(value, SH.path) is None:
        raise Unsure(value)
    return _conforming(glance, shape, value)


def _not(glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    return lambda term: not glance.judged(value, term)


def _or(glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    shapes = glance.members(value)
    return lambda term: any(glance.judged(shape, term) for shape in shapes)


def _xone(glance: Glance, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    shapes = glance.members(value)
    return lambda term: sum(glance.judged(shape, term) for shape in shapes) == 1


OF_EACH: dict[Node, Callable[[Glance, Node, Node], Callable[[RdfTerm], bool]]] = {
    SH["datatype"]: _datatype,
    SH.nodeKind: _node_kind,
    SH["in"]: _in,
    SH.pattern: _pattern,
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    SH.languageIn: _language_in,
    SH.minInclusive: _range(operator.ge),
    SH.minExclusive: _range(operator.gt),
    SH.maxInclusive: _range(operator.le),
    SH.maxExclusive: _range(operator.lt),
    SH["class"]: _class,
    SH.node: _conforming,
    SH.property: _property,
    SH["not"]: _not,
    SH["or"]: _or,
    SH.xone: _xone,
}
