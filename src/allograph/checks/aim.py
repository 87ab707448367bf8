"""Point the shapes at the nodes that have to be looked at, and at no others.

A target class gives way to those of its nodes that are wanted (SHACL, section 2.1.3.2). Of these,
pySHACL looks at the few that do not conform at a glance; a SPARQL constraint is pointed at the
nodes where Oxigraph finds something. What is left to pySHACL is little, and the results are the
same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from allograph.checks.facts import Facts
from allograph.checks.glance import Glance
from allograph.checks.reach import Reach, Sight
from allograph.namespaces import Namespaces
from allograph.rdf.data_graph import DataGraph

Wanted = Callable[[rdflib.term.Node], frozenset[str] | None]
"""The nodes that a shape may have to look at; nothing stands for all."""

Targets = dict[rdflib.term.Node, dict[str, None]]
"""The nodes that each shape looks at, each once: a node in two of its classes is one focus node."""

OTHER_TARGETS = (SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.target)
"""Targets that are no class (SHACL, section 2.1.3)."""

_NAME = re.compile(r"\b[A-Za-z][\w-]*:[A-Za-z][\w-]*")
_KEPT = (SH.severity, SH.message, SH.deactivated)


def targets_of(shapes_graph: rdflib.Graph, facts: Facts, wanted_by: Wanted) -> Targets:
    """Take the target classes out of the shapes; their wanted nodes, by shape.

    pySHACL's own ``focus_nodes`` is no way: it checks a node against shapes that do not target it.
    """
    targets: Targets = defaultdict(dict)
    for shape, target_class in list(shapes_graph.subject_objects(SH.targetClass)):
        shapes_graph.remove((shape, SH.targetClass, target_class))
        wanted = wanted_by(shape)
        for node in facts.instances(str(target_class)):
            if wanted is None or node in wanted:
                targets[shape][node] = None
    return targets


def aim_at(shapes_graph: rdflib.Graph, targets: Targets) -> None:
    """Let each shape look at its nodes."""
    for shape, nodes in targets.items():
        for node in nodes:
            shapes_graph.add((shape, SH.targetNode, rdflib.URIRef(node)))


def spare_constraints(
    shapes_graph: rdflib.Graph, targets: Targets, data_graph: DataGraph, namespaces: Namespaces
) -> None:
    """Let SPARQL constraints look only where Oxigraph finds something.

    A constraint is spared if it has a name (which results tell) and its shape is used by target
    classes alone; it then hangs on a shape of its own.
    """
    prefixes = dict(namespaces.items())
    for shape, constraint in list(shapes_graph.subject_objects(SH.sparql)):
        text = shapes_graph.value(constraint, SH.select)
        if text is None or not _is_spared(shapes_graph, shape, constraint):
            continue
        shapes_graph.remove((shape, SH.sparql, constraint))
        query, nodes = str(text), [*targets.get(shape, ())]
        if found := data_graph.found(query, nodes, _needed(query, prefixes)):
            own = rdflib.URIRef(f"{constraint}-spared")
            shapes_graph.add((own, RDF.type, SH.NodeShape))
            shapes_graph.add((own, SH.sparql, constraint))
            for name in _KEPT:
                for value in shapes_graph.objects(shape, name):
                    shapes_graph.add((own, name, value))
            targets[own] |= dict.fromkeys(found)


def spare_nodes(targets: Targets, glance: Glance) -> None:
    """Let shapes look only at nodes that do not conform at a glance."""
    for shape, nodes in targets.items():
        targets[shape] = {
            node: None for node in nodes if not glance.conforms(shape, rdflib.URIRef(node))
        }


def _is_spared(
    shapes_graph: rdflib.Graph, shape: rdflib.term.Node, constraint: rdflib.term.Node
) -> bool:
    is_named = isinstance(constraint, rdflib.URIRef)
    has_prefixes = (constraint, SH.prefixes, None) in shapes_graph
    is_property = (shape, SH.path, None) in shapes_graph
    is_used = next(shapes_graph.subjects(None, shape), None) is not None
    is_elsewhere = (shape, RDF.type, RDFS.Class) in shapes_graph or any(
        (shape, name, None) in shapes_graph for name in OTHER_TARGETS
    )
    return is_named and has_prefixes and not (is_elsewhere or is_property or is_used)


def _needed(sparql: str, prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that a query may speak of: fewer are read sooner."""
    return {prefix: prefixes[prefix] for prefix in prefixes if f"{prefix}:" in sparql}


def wanted_of(reach: Reach, shapes_graph: rdflib.Graph, namespaces: Namespaces) -> Wanted:
    """The nodes that some files touch, as each shape sees them."""
    seen: dict[rdflib.term.Node, frozenset[str]] = {}

    def wanted_by(shape: rdflib.term.Node) -> frozenset[str]:
        if shape not in seen:
            seen[shape] = reach.seen_by(_sight_of(shapes_graph, shape, namespaces))
        return seen[shape]

    return wanted_by


def _sight_of(shapes_graph: rdflib.Graph, shape: rdflib.term.Node, namespaces: Namespaces) -> Sight:
    """The properties along which a shape looks, with all that it is made of."""
    forward: set[str] = set()
    both: set[str] = set()
    waiting, done = [shape], {shape}
    while waiting:
        node = waiting.pop()
        for name, value in shapes_graph.predicate_objects(node):
            if name == SH.select:
                both.update(_names_in(str(value), namespaces))
            elif name == SH.inversePath:
                both.update(str(step) for step in _steps(shapes_graph, value))
            elif isinstance(value, rdflib.URIRef):
                forward.add(str(value))
            if name != SH.prefixes and value not in done and not isinstance(value, rdflib.Literal):
                done.add(value)
                waiting.append(value)
    return Sight(frozenset(forward - both), frozenset(both))


def _steps(shapes_graph: rdflib.Graph, path: rdflib.term.Node) -> Iterator[rdflib.term.Node]:
    """The properties of a path, whatever it is made of."""
    if isinstance(path, rdflib.URIRef):
        yield path
        return
    for part in shapes_graph.objects(path):
        yield from _steps(shapes_graph, part)


def _names_in(sparql: str, namespaces: Namespaces) -> Iterator[str]:
    yield from filter(None, map(namespaces.expand, _NAME.findall(sparql)))
