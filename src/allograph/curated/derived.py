"""What follows from the curated files: digits, doubts, families, readings, others' words.

Curators write a fact once, in our words; who reads the graph by SKOS or Web Annotation alone finds
it in theirs. Each derivation is a function from nodes to triples, and ``DERIVATIONS`` is all of
them. What they give stands in a named graph of its own, so that a file's graph is what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from allograph.curated.doubted import KEYS_OF_DOUBTS, keys_of_findings, keys_of_flags
from allograph.curated.inclusions import included_studies
from allograph.curated.notices import flags_of_notices
from allograph.curated.printed import PRINTED, printed_digits
from allograph.curated.readings.agreement import READ_TWICE, readings_of
from allograph.curated.shared_people import (
    MADE_OF_SIZES,
    arithmetic_of_families,
    relations_of_studies,
)
from allograph.curated.tolerances import tolerances
from allograph.namespaces import BASE
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import NamedNode, Quad, Triple
from allograph.rdf.vocabularies import AG, OA, OWL, RDF, RDFS, SKOS

NAMED_GRAPH = f"{BASE}graph/derived"

NEVER_WRITTEN = frozenset((*PRINTED.values(), *KEYS_OF_DOUBTS, *MADE_OF_SIZES, READ_TWICE))
"""Properties that say again, for queries, what stands beside them: nobody writes them by hand, and
no page shows them."""

Derivation: TypeAlias = Callable[[Nodes], Iterator[Triple]]


def with_derived(quads: Iterable[Quad]) -> tuple[Quad, ...]:
    """The quads of files and ledger, and behind them what follows, in a graph of its own.

    What is stated is not said again.
    """
    stated = tuple(quads)
    known = dict.fromkeys(quad.triple for quad in stated)
    graph = NamedNode(NAMED_GRAPH)
    found: dict[Triple, None] = {}
    nodes = Nodes(known)
    for derivation in DERIVATIONS:
        given = dict.fromkeys(derivation(nodes))
        new = [triple for triple in given if triple not in known and triple not in found]
        found |= dict.fromkeys(new)
        nodes.learn(new)
    return (*stated, *(Quad(each.subject, each.predicate, each.object, graph) for each in found))


def concepts_of_kinds(nodes: Nodes) -> Iterator[Triple]:
    """A record whose class is a kind of ``skos:Concept`` is one, in the scheme of its kind."""
    schemes = {node.iri for node in nodes.instances(SKOS.ConceptScheme)}
    for name in [node.iri for node in nodes.values() if SKOS.Concept in node.iris(RDFS.subClassOf)]:
        for node in nodes.instances(name):
            yield _link(node.iri, RDF.type, SKOS.Concept)
            scheme = node.iri.rpartition("/")[0]
            if scheme in schemes:
                yield _link(node.iri, SKOS.inScheme, scheme)


def preferred_labels(nodes: Nodes) -> Iterator[Triple]:
    """The label of a concept or scheme is its preferred one (SKOS, section 5)."""
    for node in [*nodes.instances(SKOS.Concept), *nodes.instances(SKOS.ConceptScheme)]:
        for label in node.all(RDFS.label):
            yield Triple(NamedNode(node.iri), NamedNode(SKOS.prefLabel), label)


def top_concepts(nodes: Nodes) -> Iterator[Triple]:
    """A concept without a broader one is at the top of its scheme, both ways (SKOS, section 4)."""
    for node in nodes.instances(SKOS.Concept):
        if node.all(SKOS.broader) or node.all(OWL.deprecated):
            continue
        for scheme in node.iris(SKOS.inScheme):
            yield _link(node.iri, SKOS.topConceptOf, scheme)
            yield _link(scheme, SKOS.hasTopConcept, node.iri)


def places_in_sources(nodes: Nodes) -> Iterator[Triple]:
    """A locator with the text that it points into (Web Annotation, section 4, specific resources).

    A selector names no source of its own; the specific resource holds both together.
    """
    for bearer in nodes.having("locator"):
        report = bearer.iri_of("report") or bearer.iri_of("disclosedIn") or _document(bearer)
        text = nodes.of(report).iri_of("heldAs")
        for locator in bearer.iris("locator"):
            if text:
                place = f"{locator}-in-text"
                yield _link(place, RDF.type, OA.SpecificResource)
                yield _link(place, OA.hasSource, text)
                yield _link(place, OA.hasSelector, locator)


def flags_of_places(nodes: Nodes) -> Iterator[Triple]:
    """What is doubted of a place is doubted of what stands there."""
    for bearer in nodes.having("locator"):
        for locator in bearer.iris("locator"):
            for flag in nodes.of(locator).iris("flag"):
                yield _link(bearer.iri, AG.flag, flag)


def flags_of_discrepancies(nodes: Nodes) -> Iterator[Triple]:
    """What a reader saw of two sides is doubted of each of them."""
    for discrepancy in nodes.instances("Discrepancy"):
        for side in discrepancy.iris("between"):
            yield _link(side, AG.flag, f"{BASE}flag/discrepancy")


DERIVATIONS: tuple[Derivation, ...] = (
    concepts_of_kinds,
    preferred_labels,
    top_concepts,
    places_in_sources,
    flags_of_places,
    flags_of_notices,
    flags_of_discrepancies,
    arithmetic_of_families,
    relations_of_studies,
    included_studies,
    printed_digits,
    tolerances,
    keys_of_flags,
    keys_of_findings,
    readings_of,
)
"""In this order: a derivation sees what those before it gave."""


def _document(node: Node) -> str:
    return node.iri.partition("#")[0]


def _link(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(value))
