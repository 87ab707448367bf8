"""What a shape reads, so that it is known which nodes a change may be seen from.

A shape of SHACL Core begins at a focus node and goes along the properties that it names, a SPARQL
constraint as ``query_sights`` says. What is not known here can be seen from everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import rdflib
from rdflib.namespace import RDF, RDFS, SH
from rdflib.term import Node

from allograph.checks.aim import OTHER_TARGETS
from allograph.checks.constraints import NOTHING_ASKED, OF_EACH, OF_VALUES
from allograph.checks.sight import Sight, Unknown


def sights_of(shapes_graph: rdflib.Graph, prefixes: Mapping[str, str]) -> list[Sight] | None:
    """The sights of all shapes that have targets; nothing where one of them is not known.

    Each result then stands at a node that its shape targets by class.
    """
    if any((None, name, None) in shapes_graph for name in (*OTHER_TARGETS, SH.rule)):
        return None
    if any((shape, RDF.type, RDFS.Class) in shapes_graph for shape in shapes_graph.subjects()):
        return None
    if any((shape, SH.property, None) in shapes_graph for shape in shapes_graph.subjects(SH.path)):
        return None
    try:
        return [
            sight
            for shape in set(shapes_graph.subjects(SH.targetClass))
            for sight in _sights_of_shape(shapes_graph, shape, prefixes)
        ]
    except Unknown:
        return None


def _sights_of_shape(
    shapes_graph: rdflib.Graph, shape: Node, prefixes: Mapping[str, str]
) -> Iterator[Sight]:
    """What a shape reads by Core, and by each of its queries."""
    # Its parser takes a fifth of a second, and what it reads is kept.
    from allograph.checks.query_sights import sight_of_query

    core = Sight()
    waiting, done = [shape], {shape}
    while waiting:
        node = waiting.pop()
        for name, value in shapes_graph.predicate_objects(node):
            if name == SH.sparql:
                if node != shape:
                    raise Unknown(node)  # it begins at a value, and not at the focus node
                text = shapes_graph.value(value, SH.select)
                yield sight_of_query(str(text), prefixes)
                continue
            if str(name).startswith(str(SH)) and name not in _KNOWN:
                raise Unknown(name)
            if isinstance(value, rdflib.URIRef):
                core.forward.add(str(value))
                if name == SH.inversePath:
                    core.inverse.add(str(value))
            elif name == SH.inversePath:
                raise Unknown(value)
            if not isinstance(value, rdflib.Literal) and value not in done:
                done.add(value)
                waiting.append(value)
    yield core


_PATHS = (SH.inversePath, SH.alternativePath, SH.oneOrMorePath, SH.zeroOrMorePath)
_KNOWN = frozenset([*NOTHING_ASKED, *OF_VALUES, *OF_EACH, *_PATHS, SH.zeroOrOnePath])
