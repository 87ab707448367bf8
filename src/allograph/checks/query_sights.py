"""What a SPARQL constraint reads of which ``$this`` is known (SPARQL 1.1 Query, section 18).

It begins at ``$this`` and at the IRIs that it names, and goes along the properties of its patterns,
from the end that is known to the one that is not: its answer depends on what is met on that way
alone. A query that begins elsewhere, or is cut, is ``Unknown``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import rdflib
from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from allograph.checks.sight import Sight, Unknown
from allograph.errors import QuerySyntaxError
from allograph.rdf.data_graph import prepared

Bound = frozenset[Node]
"""The variables that have a value in each row."""

THIS: Bound = frozenset([rdflib.Variable("this")])
WHOLE = ("SelectQuery", "Project", "Distinct", "Reduced", "OrderBy", "Group", "AggregateJoin")
"""What stands around the pattern of a whole query."""


def sight_of_query(text: str, prefixes: Mapping[str, str]) -> Sight:
    """What a query reads of which ``$this`` is known; ``Unknown`` if that cannot be told."""
    try:
        algebra = prepared(text, prefixes).algebra
    except QuerySyntaxError as error:
        raise Unknown(text) from error
    sight = Sight()
    _Reading(sight, algebra).read(algebra, THIS)
    return sight


class _Reading:
    """One query, read as its solutions are found: from what is known to what is not."""

    def __init__(self, sight: Sight, algebra: CompValue) -> None:
        self._sight = sight
        self._terms = [term for triple in _triples(algebra) for term in triple]

    def read(self, part: CompValue, bound: Bound, *, is_whole: bool = True) -> Bound:
        """Read a part of the algebra; the variables that are bound behind it."""
        match part.name:
            case name if name in WHOLE and is_whole:
                return self._beside(part, self.read(part.p, bound))
            case "BGP":
                return self._patterns(part.triples, bound)
            case "Filter":
                return self._beside(part, self.read(part.p, bound, is_whole=is_whole))
            case "Extend":
                return self._beside(part, self.read(part.p, bound, is_whole=is_whole))
            case "Join":
                first = self.read(part.p1, bound, is_whole=False)
                return self.read(part.p2, first, is_whole=False)
            case "LeftJoin":
                first = self.read(part.p1, bound, is_whole=False)
                self._beside(part, self.read(part.p2, first, is_whole=False))
                return first
            case "Union":
                first = self.read(part.p1, bound, is_whole=False)
                return first & self.read(part.p2, bound, is_whole=False)
            case _:
                raise Unknown(part.name)

    def _beside(self, part: CompValue, bound: Bound) -> Bound:
        """Read the patterns within an expression, as EXISTS has them."""
        for each in _graphs_in([part.get(key) for key in ("expr", "A")]):
            self.read(each, bound, is_whole=False)
        return bound

    def _patterns(self, triples: list[tuple[Node, Node, Node]], bound: Bound) -> Bound:
        waiting = list(triples)
        while waiting:
            forward = [triple for triple in waiting if self._is_known(triple[0], bound)]
            inverse = [triple for triple in waiting if self._is_known(triple[2], bound)]
            if not forward and not inverse:
                raise Unknown(waiting)
            triple = (forward or inverse)[0]
            waiting.remove(triple)
            bound |= self._pattern(triple, is_inverse=not forward)
        return bound

    def _is_known(self, term: Node, bound: Bound) -> bool:
        return isinstance(term, rdflib.URIRef) or term in bound

    def _pattern(self, triple: tuple[Node, Node, Node], *, is_inverse: bool) -> Bound:
        start, name, end = triple
        self._sight.starts |= {
            str(term) for term in (end if is_inverse else start,) if isinstance(term, rdflib.URIRef)
        }
        if isinstance(name, rdflib.Variable):
            if is_inverse or self._terms.count(end) > 1:
                raise Unknown(name)
            self._sight.all_properties = True
            return frozenset([name])
        for is_back, iri in _steps(name, is_back=is_inverse):
            (self._sight.inverse if is_back else self._sight.forward).add(iri)
        return frozenset(term for term in (start, end) if isinstance(term, rdflib.Variable))


def _steps(path: Node | Path, *, is_back: bool) -> Iterator[tuple[bool, str]]:
    """The properties of a path, and whether each is gone against its direction."""
    match path:
        case rdflib.URIRef():
            yield is_back, str(path)
        case InvPath():
            yield from _steps(path.arg, is_back=not is_back)
        case MulPath():
            yield from _steps(path.path, is_back=is_back)
        case SequencePath() | AlternativePath():
            for arg in path.args:
                yield from _steps(arg, is_back=is_back)
        case _:
            raise Unknown(path)


def _triples(part: object) -> Iterator[tuple[Node, Node, Node]]:
    """The patterns of a query, wherever they stand."""
    if isinstance(part, CompValue):
        if part.name == "BGP":
            yield from part.triples
        else:
            for value in part.values():
                yield from _triples(value)
    elif isinstance(part, (list, tuple)) and not isinstance(part, str):
        for value in part:
            yield from _triples(value)


def _graphs_in(part: object) -> Iterator[CompValue]:
    """The patterns of EXISTS and NOT EXISTS in an expression."""
    if isinstance(part, CompValue):
        if part.name in ("Builtin_EXISTS", "Builtin_NOTEXISTS"):
            yield part.graph
        else:
            for value in part.values():
                yield from _graphs_in(value)
    elif isinstance(part, (list, tuple)):
        for value in part:
            yield from _graphs_in(value)
