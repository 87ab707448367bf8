"""Validate the curated graph against the shapes: the one door to pySHACL.

pySHACL can also read an Oxigraph store; that is no way for us, because a store keeps values and
not spellings, and a result shows the spelling.
"""

from __future__ import annotations

from collections.abc import Mapping

import rdflib
from rdflib.namespace import RDF, RDFS, SH

from allograph.checks.aim import (
    OTHER_TARGETS,
    Wanted,
    aim_at,
    spare_constraints,
    spare_nodes,
    targets_of,
    wanted_of,
)
from allograph.checks.facts import Facts
from allograph.checks.glance import Glance
from allograph.checks.reach import Reach
from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.errors import FileError, Location, QuerySyntaxError
from allograph.namespaces import Namespaces
from allograph.rdf.data_graph import DataGraph
from allograph.rdf.terms import add_triples, quiet_about_literals
from allograph.rdf.turtle import TurtleFile, namespaces_in

_SEVERITIES: dict[rdflib.term.Node | None, Severity] = {
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}

_TARGETS = (SH.targetClass, *OTHER_TARGETS)


def validate(
    loaded: Loaded,
    shapes: Mapping[str, TurtleFile],
    reach: Reach | None = None,
    nodes: frozenset[str] = frozenset(),
    data_graph: DataGraph | None = None,
) -> list[ValidationResult]:
    """Check everything that was loaded against all shapes; the results are sorted.

    ``shapes`` are the files of shapes and prefixes, by the path that people see. ``reach`` limits
    the focus nodes to those that some files touch, and ``nodes`` to some IRIs; the graph that
    shapes look at stays whole, so what they find there is the same. Who checks often passes the
    ``data_graph`` of what was loaded.
    """
    import pyshacl  # takes a second, and serving a built release never needs it

    shapes_graph, namespaces = shapes_graph_of(shapes)
    if data_graph is None:
        data_graph = data_graph_of(loaded)
    wanted_by = wanted_of(reach, shapes_graph, namespaces) if reach else lambda _shape: None
    with quiet_about_literals():
        facts = Facts(loaded)
        targets = targets_of(shapes_graph, facts, _among(nodes) if nodes else wanted_by)
        spare_constraints(shapes_graph, targets, data_graph, namespaces)
        spare_nodes(targets, Glance(shapes_graph, facts))
        aim_at(shapes_graph, targets)
    # The shapes are read in any case: one that is wrong is told, whatever it looks at.
    looked_at = data_graph.read() if _has_targets(shapes_graph) else rdflib.Graph()
    try:
        with quiet_about_literals():
            _conforms, report, _text = pyshacl.validate(looked_at, shacl_graph=shapes_graph)
    except pyshacl.errors.ReportableRuntimeError as error:
        raise FileError(Location("ontology/shapes"), f"a shape is wrong: {error}") from None
    except QuerySyntaxError as error:
        message = f"a shape is wrong, for its query cannot be read: {error}"
        raise FileError(Location("ontology/shapes"), message) from None
    if not isinstance(report, rdflib.Graph):
        raise FileError(Location("ontology/shapes"), f"a shape cannot be evaluated: {report}")
    return sorted(
        _result(report, node, loaded, namespaces) for node in report.objects(None, SH.result)
    )


def shapes_graph_of(shapes: Mapping[str, TurtleFile]) -> tuple[rdflib.Graph, Namespaces]:
    """The shapes of some files, and the prefixes that their queries are read with."""
    triples = [triple for file in shapes.values() for triple in file.triples]
    shapes_graph = rdflib.Graph()
    add_triples(shapes_graph, triples)
    return shapes_graph, namespaces_in(triples)


def data_graph_of(loaded: Loaded) -> DataGraph:
    """The triples of all files, for shapes to look at."""
    return DataGraph(triple for file in loaded.files.values() for triple in file.triples)


def _has_targets(shapes_graph: rdflib.Graph) -> bool:
    """Whether any shape looks at a node (SHACL, section 2.1.3)."""
    return any(next(shapes_graph.subjects(name), None) is not None for name in _TARGETS) or any(
        (shape, RDF.type, RDFS.Class) in shapes_graph
        for shape in shapes_graph.subjects(RDF.type, SH.NodeShape)
    )


def _among(nodes: frozenset[str]) -> Wanted:
    return lambda _shape: nodes


def _result(
    report: rdflib.Graph, node: rdflib.term.Node, loaded: Loaded, namespaces: Namespaces
) -> ValidationResult:
    focus_node = str(report.value(node, SH.focusNode))
    rule = report.value(node, SH.sourceConstraint)
    if not isinstance(rule, rdflib.URIRef):
        rule = report.value(node, SH.sourceShape)
    messages = sorted(str(message) for message in report.objects(node, SH.resultMessage))
    value = report.value(node, SH.value)
    path = report.value(node, SH.resultPath)
    return ValidationResult(
        at=loaded.location(focus_node),
        severity=_SEVERITIES.get(report.value(node, SH.resultSeverity), Severity.VIOLATION),
        focus_node=focus_node,
        path=_shown(path, namespaces) if isinstance(path, rdflib.URIRef) else None,
        value=None if str(value) == focus_node else _shown(value, namespaces),
        message=" ".join(messages),
        rule=_shown(rule, namespaces) or "",
    )


def _shown(term: rdflib.term.Node | None, namespaces: Namespaces) -> str | None:
    """A term as people read it: a CURIE, or a literal as it is spelt; a blank node has no name."""
    match term:
        case None | rdflib.BNode():
            return None
        case rdflib.URIRef():
            return namespaces.compact(str(term))
        case _:
            return str(term)
