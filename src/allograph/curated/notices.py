"""What the notices of reports mean for their figures: retracted, or under an expression of concern.

A curator says once, in the file of a report, that it was retracted (``ag:notice``). The flag of the
report and of all that it prints follows in each release, so that no answer shows them without it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from allograph.namespaces import key_of
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import NamedNode, Triple, value_of
from allograph.rdf.vocabularies import AG, FLAG

RETRACTED = "retracted"
CONCERN = "expression-of-concern"
FLAG_OF_KIND: Mapping[str, str] = {"retraction": RETRACTED, CONCERN: CONCERN}
"""The flag that follows from a kind of notice; of a correction follows none."""
IN_CAPITALS: Mapping[str, str] = {RETRACTED: "RETRACTED", CONCERN: "EXPRESSION OF CONCERN"}


def marked_reports(nodes: Nodes) -> Mapping[str, frozenset[str]]:
    """The keys of the flags that follow for reports, by IRI; a report without any has no row.

    A report at second hand passes on what all reports have on which it is based.
    """
    reports = {node.iri: node for node in nodes.instances("Report")}
    found = {iri: _marks(nodes, reports, iri, frozenset()) for iri in reports}
    return {iri: marks for iri, marks in found.items() if marks}


def _marks(
    nodes: Nodes, reports: Mapping[str, Node], iri: str, seen: frozenset[str]
) -> frozenset[str]:
    report = reports.get(iri)
    if report is None or iri in seen:
        return frozenset()
    own = _own_marks(nodes, report)
    retold = report.iris("basedOn")
    if retold and any(nodes.of(tier).is_true("secondHand") for tier in report.iris("tier")):
        passed_on = (_marks(nodes, reports, one, seen | {iri}) for one in retold)
        return own | frozenset.intersection(*passed_on)
    return own


def _own_marks(nodes: Nodes, report: Node) -> frozenset[str]:
    kinds = (nodes.of(notice).key("noticeKind") or "" for notice in report.iris("notice"))
    return frozenset(FLAG_OF_KIND[kind] for kind in kinds if kind in FLAG_OF_KIND)


def flags_of_notices(nodes: Nodes) -> Iterator[Triple]:
    """The flags of reports that were retracted or warned of, and of all that they print."""
    marked = marked_reports(nodes)
    for iri, marks in marked.items():
        yield from _flags(iri, marks)
    if marked:
        for node in nodes.having("report"):
            for report in node.iris("report"):
                yield from _flags(node.iri, marked.get(report, ()))


def _flags(iri: str, marks: Iterable[str]) -> Iterator[Triple]:
    for mark in sorted(marks):
        yield Triple(NamedNode(iri), NamedNode(AG.flag), NamedNode(FLAG[mark]))


def remarks_on(triples: Sequence[Triple]) -> list[str]:
    """What an export says above its triples: how many nodes are of reports that are marked.

    The triples say so themselves, each node by its ``ag:flag``.
    """
    flagged: dict[str, set[str]] = {mark: set() for mark in IN_CAPITALS}
    for subject, predicate, value in triples:
        if predicate.value == AG.flag and (mark := key_of(value_of(value))) in flagged:
            flagged[mark].add(value_of(subject))
    return [
        f"{IN_CAPITALS[mark]}: {len(iris)} of the nodes below are such a report, or printed in one;"
        f" each has ag:flag <{FLAG[mark]}>."
        for mark, iris in flagged.items()
        if iris
    ]
