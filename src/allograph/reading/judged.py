"""The parts of judgements in their order: domains as in their tool, steps as GRADE tells them."""

from __future__ import annotations

from allograph.rdf.nodes import Node
from allograph.reading.described import number_of
from allograph.reading.record import RecordView


def domains_of(view: RecordView, judgement: Node) -> list[Node]:
    """What a judgement of bias says of each domain."""
    return _ranked(view, judgement, "domainJudgement", "domain")


def steps_of(view: RecordView, judgement: Node) -> list[Node]:
    """The steps of a level of certainty."""
    return _ranked(view, judgement, "certaintyStep", "aspect")


def _ranked(view: RecordView, judgement: Node, part: str, of: str) -> list[Node]:
    """The parts that the page knows, by the rank of the concept that each is of."""

    def rank(node: Node) -> float:
        return number_of(view.nodes.of(node.iri_of(of) or ""), "rank")

    found = [view.nodes[iri] for iri in judgement.iris(part) if iri in view.nodes]
    return sorted(found, key=lambda node: (rank(node), node.iri))
