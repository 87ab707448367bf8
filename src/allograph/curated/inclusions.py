"""Which review includes which study as data, as it follows from the curated files.

A report of the tier *review* includes a study of which it prints a figure, or which it names (an
``ag:Inclusion`` with its place). A study that compares or pools what other studies found, a network
meta-analysis or an indirect comparison, includes those whose people it counts again, by a family.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.curated.shared_people import sharing_studies
from allograph.namespaces import BASE
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import NamedNode, Triple
from allograph.rdf.vocabularies import AG

REVIEW = f"{BASE}tier/review"
SYNTHESES = frozenset({"network-meta-analysis", "indirect-comparison"})
"""The designs of studies whose data are those of other studies."""


def included_studies(nodes: Nodes) -> Iterator[Triple]:
    """``ag:includesStudy`` of reviews and of syntheses."""
    for inclusion in nodes.instances("Inclusion"):
        for review in inclusion.iris("report"):
            for study in inclusion.iris("includesStudy"):
                yield _includes(review, study)
    reviews = {node.iri for node in nodes.instances("Report") if REVIEW in node.iris("tier")}
    for kind in ("Result", "Comparison"):
        for figure in nodes.instances(kind):
            for review in reviews.intersection(figure.iris("report")):
                for study in figure.iris("study"):
                    yield _includes(review, study)
    yield from _of_families(nodes)


def _of_families(nodes: Nodes) -> Iterator[Triple]:
    for shared in nodes.instances("SharedPeople"):
        for pair in sharing_studies(nodes, shared):
            syntheses = [iri for iri in pair if _is_synthesis(nodes.of(iri))]
            if len(syntheses) == 1:  # two that share people include the same study, not each other
                (synthesis,) = syntheses
                (study,) = (iri for iri in pair if iri != synthesis)
                yield _includes(synthesis, study)


def _is_synthesis(study: Node) -> bool:
    return not SYNTHESES.isdisjoint(study.keys("design"))


def _includes(review: str, study: str) -> Triple:
    return Triple(NamedNode(review), NamedNode(AG.includesStudy), NamedNode(study))
