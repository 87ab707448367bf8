"""The constraints of SHACL Core (section 4) that are known at a glance, and how each is judged.

To teach a glance a constraint, write a function and its row in ``OF_VALUES`` or ``OF_EACH``. It
answers for certain, with the operators of rdflib that pySHACL uses, or is ``Unsure``.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

import rdflib
from rdflib.namespace import RDF, RDFS, SH, XSD
from rdflib.term import Node

from allograph.checks.facts import RdfTerm

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


OF_PROPERTIES = frozenset(
    [
        *(SH.minCount, SH.maxCount, SH.qualifiedValueShape),
        *(SH.lessThan, SH.lessThanOrEquals),
    ]
)
"""Constraints that only a property shape may have; of another shape, pySHACL says it is wrong."""


class Judging(Protocol):
    """What a constraint may ask of the shapes and of the files."""

    def judged(self, shape: Node, node: RdfTerm) -> bool:
        """Whether a node conforms to another shape."""

    def one(self, shape: Node, name: Node) -> Node | None:
        """The one value of a property of a shape, if it has any."""

    def members(self, items: Node) -> list[Node]:
        """The members of a list of the shapes."""

    def is_a(self, node: RdfTerm, name: str) -> bool:
        """Whether a node is of a class."""

    def objects(self, node: RdfTerm, name: str) -> Values:
        """The values of a property of a node."""


class Unsure(Exception):
    """A constraint that is not known here: only pySHACL can tell."""


def _whole(value: Node) -> int:
    """A count or a length; of a negative one, pySHACL says that the shape is wrong."""
    if isinstance(value, rdflib.Literal) and type(value.value) is int and value.value >= 0:
        return value.value
    raise Unsure(value)


# Constraints on all values of a focus node together


def _min_count(_glance: Judging, _shape: Node, value: Node) -> OfValues:
    least = _whole(value)
    return lambda _node, values: len(values) >= least


def _max_count(_glance: Judging, _shape: Node, value: Node) -> OfValues:
    most = _whole(value)
    return lambda _node, values: len(values) <= most


def _has_value(_glance: Judging, _shape: Node, value: Node) -> OfValues:
    return lambda _node, values: value in values


def _qualified(glance: Judging, shape: Node, value: Node) -> OfValues:
    limits = [glance.one(shape, name) for name in (SH.qualifiedMinCount, SH.qualifiedMaxCount)]
    least, most = (None if limit is None else _whole(limit) for limit in limits)

    def test(_node: RdfTerm, values: Values) -> bool:
        count = sum(glance.judged(value, each) for each in values)
        return (least is None or count >= least) and (most is None or count <= most)

    return test


def _equals(glance: Judging, _shape: Node, value: Node) -> OfValues:
    return lambda node, values: set(values) == set(glance.objects(node, str(value)))


def _disjoint(glance: Judging, _shape: Node, value: Node) -> OfValues:
    return lambda node, values: not set(values) & set(glance.objects(node, str(value)))


def _ordered(
    compare: Callable[[Any, Any], bool],
) -> Callable[[Judging, Node, Node], OfValues]:
    """``sh:lessThan`` and its like."""

    def constraint(glance: Judging, _shape: Node, value: Node) -> OfValues:
        def test(node: RdfTerm, values: Values) -> bool:
            others = glance.objects(node, str(value))
            pairs = [_alike(each, other) for each in values for other in others]
            return all(compare(each, other) for each, other in pairs)

        return test

    return constraint


OF_VALUES: dict[Node, Callable[[Judging, Node, Node], OfValues]] = {
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


def _datatype(_glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if value in (RDFS.Literal, RDFS.Datatype, RDF.langString):
        raise Unsure(value)

    def test(term: RdfTerm) -> bool:
        if not isinstance(term, rdflib.Literal):
            return False
        datatype = XSD.string if term.datatype is None and not term.language else term.datatype
        has_value = term.value is not None or datatype in _WITHOUT_VALUE
        if datatype == value and (term.ill_typed or not has_value):
            raise Unsure(term)
        return datatype == value

    return test


_WITHOUT_VALUE = frozenset([XSD.gYear, XSD.gYearMonth])
"""rdflib reads no value of these, and pySHACL asks for none."""


def _node_kind(_glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if value == SH.IRI:
        return lambda term: isinstance(term, rdflib.URIRef)
    raise Unsure(value)


def _in(glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    known = set(glance.members(value))
    return known.__contains__


def _pattern(glance: Judging, shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if glance.one(shape, SH.flags) is not None or not isinstance(value, rdflib.Literal):
        raise Unsure(shape)
    try:
        search = re.compile(str(value)).search
    except re.error:
        raise Unsure(value) from None
    return lambda term: not isinstance(term, rdflib.BNode) and bool(search(str(term)))


def _min_length(_glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    least = _whole(value)
    return lambda term: not isinstance(term, rdflib.BNode) and len(str(term)) >= least


def _max_length(_glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    most = _whole(value)
    return lambda term: not isinstance(term, rdflib.BNode) and len(str(term)) <= most


def _language_in(glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    known = {str(each).lower() for each in glance.members(value)}

    def test(term: RdfTerm) -> bool:
        if not isinstance(term, rdflib.Literal) or not term.language:
            return False
        language = term.language.lower()
        return not known.isdisjoint(("*", language, language.partition("-")[0]))

    return test


def _range(
    compare: Callable[[Any, Any], bool],
) -> Callable[[Judging, Node, Node], Callable[[RdfTerm], bool]]:
    """``sh:minInclusive`` and its like; equal values are equal however they are spelt."""

    def constraint(_glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
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


def _class(glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    name = str(value)
    return lambda term: glance.is_a(term, name)


def _node(glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if glance.one(value, SH.path) is not None:
        raise Unsure(value)
    return lambda term: glance.judged(value, term)


def _property(glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    if glance.one(value, SH.path) is None:
        raise Unsure(value)
    return lambda term: glance.judged(value, term)


def _not(glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    return lambda term: not glance.judged(value, term)


def _or(glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    shapes = glance.members(value)
    return lambda term: any(glance.judged(shape, term) for shape in shapes)


def _xone(glance: Judging, _shape: Node, value: Node) -> Callable[[RdfTerm], bool]:
    shapes = glance.members(value)
    return lambda term: sum(glance.judged(shape, term) for shape in shapes) == 1


OF_EACH: dict[Node, Callable[[Judging, Node, Node], Callable[[RdfTerm], bool]]] = {
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
    SH.node: _node,
    SH.property: _property,
    SH["not"]: _not,
    SH["or"]: _or,
    SH.xone: _xone,
}
