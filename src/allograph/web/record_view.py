"""Gather what a record's page shows: its own triples, what was found about it, what links to it.

It is the same for every kind of record; ``reach`` says what belongs on the page of each kind, and
the kind's template what comes first. Parts are told apart by their class: groups make a tree,
results make a table by outcome, and a part of any other class is a row in a table of its class.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from allograph.namespaces import BASE
from allograph.rdf.terms import Triple
from allograph.release.exports import sorted_triples
from allograph.web.description import LABEL, Names, Node, iris_in, names_in, nodes_of, text
from allograph.web.evaluate import Row, construct, iris, select
from allograph.web.groups import GroupTree, Partition, chain, group_trees, partitions
from allograph.web.links import document
from allograph.web.reach import reach_of, reached_from
from allograph.web.service import current_service

SHOWN_APART = ("ag:StudyGroup", "ag:Result", "ag:Comparison", "ag:Claim", "ag:RecordGraph")

ABOUT = "CONSTRUCT {{ <{iri}> ?predicate ?object }} WHERE {{ <{iri}> ?predicate ?object }}"

LABELS = """
CONSTRUCT {{ ?iri <{label}> ?label }} WHERE {{ VALUES ?iri {{ {iris} }} ?iri <{label}> ?label }}
"""

INCOMING = """
SELECT DISTINCT ?predicate ?subject WHERE {{
  ?subject ?predicate <{iri}> FILTER (isIRI(?subject))
}} ORDER BY ?predicate ?subject
"""


@dataclass(frozen=True)
class Section:
    """Nodes under one heading, which is an IRI: a class, an outcome or a property."""

    heading: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class RecordView:
    """A record and its parts as its page groups them."""

    record: Node
    graph: Node | None
    groups: list[GroupTree]
    figures: list[Section]
    comparisons: list[Node]
    claims: list[Node]
    parts: list[Section]
    incoming: dict[str, list[str]]
    nodes: dict[str, Node]
    holders: dict[str, str]
    names: Names

    def is_own(self, node: Node) -> bool:
        """Tell whether a node is a part of this record, so that its anchor stands here."""
        return document(node.iri) == self.record.iri

    @property
    def may_have_more(self) -> bool:
        """Tell whether the page holds as many findings of other records as it may."""
        shown = (*self.comparisons, *self.claims, *(n for part in self.figures for n in part.nodes))
        others = sum(not self.is_own(node) for node in shown)
        return others >= reach_of(self.record.iri).most

    def property_label(self, curie: str) -> str:
        """Return what a property is called."""
        return self.names.label(current_service().namespaces.expand(curie) or curie)

    def columns(self, section: Section) -> list[str]:
        """Return the properties that the nodes of a section have, but for class and label."""
        found = {curie for node in section.nodes for curie in node.values}
        return sorted(found - {"rdf:type", "rdfs:label"})

    def of(self, curie: str) -> list[Node]:
        """Return every node of a class that the page knows, in reading order."""
        return in_reading_order(of_class(self.nodes.values(), curie), self.names)

    def parts_of(self, curie: str) -> tuple[Node, ...]:
        """Return the record's own parts of a class."""
        heading = current_service().namespaces.expand(curie)
        return next((part.nodes for part in self.parts if part.heading == heading), ())

    def linked(self, node: Node, curie: str) -> list[Node]:
        """Return the nodes to which a property leads, as far as the page knows them."""
        found = [self.nodes[iri] for iri in node.iris(curie) if iri in self.nodes]
        return in_reading_order(found, self.names)

    def chain(self, group: Node) -> list[list[Node]]:
        """Return the groups from which a group was drawn, nearest first."""
        return chain(group, self.nodes)

    def partitions(self) -> dict[str, list[Partition]]:
        """Return the counted parts of each group."""
        return partitions(node for section in self.figures for node in section.nodes)

    def in_print_order(self) -> list[Node]:
        """Return the results in the order in which their report prints them."""

        def place(result: Node) -> tuple[float, str]:
            found = (self.nodes[iri] for iri in result.iris("ag:locator") if iri in self.nodes)
            return min((node.number("oa:start") for node in found), default=1e9), result.iri

        return sorted((node for section in self.figures for node in section.nodes), key=place)

    def people_in(self, study: str, *, given: bool = False) -> int | None:
        """Return the size of the largest known group of a study; of those given it, if asked.

        What was given is the record, or the regimens that the page of a drug or target knows.
        """
        regimens = {self.record.iri, *(node.iri for node in self.of("ag:Regimen"))}
        sizes = [
            int(group.text("ag:size"))
            for group in of_class(self.nodes.values(), "ag:StudyGroup")
            if study in group.iris("ag:study")
            and group.text("ag:size")
            and (not given or regimens & set(group.iris("ag:regimen")))
        ]
        return max(sizes, default=None)

    def steps_by_regimen(self) -> dict[str, list[Node]]:
        """Return the dose steps that the page knows, by the regimen to which each belongs."""
        steps: dict[str, list[Node]] = {}
        for step in self.of("ag:DoseStep"):
            steps.setdefault(document(step.iri), []).append(step)
        return steps

    def figures_of(self, study: str) -> int:
        """Count the results of a study on this page."""
        return sum(study in node.iris("ag:study") for part in self.figures for node in part.nodes)


def graph_of(iri: str) -> str:
    """Return the named graph of a record."""
    return f"{BASE}graph/{iri.removeprefix(BASE)}"


def record_triples(iri: str) -> list[Triple]:
    """Return a record's named graph; without one, what is said of the IRI; without that, none."""
    triples = sorted_triples(current_service().store.graph(graph_of(iri)))
    return triples or construct(ABOUT.format(iri=iri))


def with_labels(triples: list[Triple]) -> list[Triple]:
    """Add the labels of the IRIs that the triples mention, so that they can be read alone."""
    labels = construct(LABELS.format(label=LABEL, iris=iris(iris_in(triples))))
    return sorted_triples([*triples, *labels])


def record_view(iri: str, own: list[Triple]) -> RecordView:
    """Gather everything for the page of a record."""
    triples = sorted_triples([*own, *reached_from(iri)])
    nodes = nodes_of(triples)
    links = select(INCOMING.format(iri=iri))
    names = names_in(
        triples,
        *(text(row, "predicate") for row in links),
        *map(linking_record, links),
        *(document(node) for node in nodes),
    )
    own_parts = [node for node in nodes.values() if document(node.iri) == iri and node.anchor]
    holders = holders_of_locators(nodes.values())
    return RecordView(
        record=nodes[iri],
        graph=nodes.get(graph_of(iri)),
        groups=group_trees(of_class(own_parts, "ag:StudyGroup")),
        figures=by_outcome(of_class(nodes.values(), "ag:Result"), names),
        comparisons=in_reading_order(of_class(nodes.values(), "ag:Comparison"), names),
        claims=in_reading_order(of_class(nodes.values(), "ag:Claim"), names),
        parts=by_class([part for part in own_parts if part.iri not in holders], names),
        incoming=by_predicate(links),
        nodes=nodes,
        holders=holders,
        names=names,
    )


def of_class(nodes: Iterable[Node], curie: str) -> list[Node]:
    """Return the nodes of a class."""
    iri = current_service().namespaces.expand(curie)
    return [node for node in nodes if iri in node.iris("rdf:type")]


def classes(node: Node) -> list[str]:
    """Return the CURIEs of a node's classes."""
    return [current_service().namespaces.compact(iri) for iri in node.iris("rdf:type")]


def holders_of_locators(nodes: Iterable[Node]) -> dict[str, str]:
    """Map each locator to the one node that shows it, and so carries its anchor."""
    holders: dict[str, str] = {}
    for node in nodes:
        for locator in node.iris("ag:locator"):
            holders.setdefault(locator, node.iri)
    return holders


def by_outcome(results: Iterable[Node], names: Names) -> list[Section]:
    """Put the results on one outcome together."""

    def outcome(result: Node) -> str:
        return next(iter(result.iris("ag:outcome")), "")

    ordered = sorted(
        in_reading_order(results, names),
        key=lambda result: (names.label(outcome(result)).casefold(), outcome(result)),
    )
    return [Section(iri, tuple(group)) for iri, group in groupby(ordered, key=outcome)]


def by_class(parts: Iterable[Node], names: Names) -> list[Section]:
    """Put parts of one class together, leaving out those that the page shows in another way."""
    rest = [part for part in parts if not set(classes(part)) & set(SHOWN_APART)]

    def heading(part: Node) -> str:
        return next(iter(part.iris("rdf:type")), "")

    ordered = sorted(in_reading_order(rest, names), key=heading)
    return [Section(iri, tuple(group)) for iri, group in groupby(ordered, key=heading)]


def by_predicate(links: Iterable[Row]) -> dict[str, list[str]]:
    """Map each property, as a CURIE, to the records that link here by it."""
    compact = current_service().namespaces.compact
    found: dict[str, set[str]] = {}
    for row in links:
        found.setdefault(compact(text(row, "predicate")), set()).add(linking_record(row))
    return {curie: sorted(records) for curie, records in found.items()}


def linking_record(row: Row) -> str:
    """Return the IRI of the record that links here, itself or by a part."""
    return document(text(row, "subject"))


def in_reading_order(nodes: Iterable[Node], names: Names) -> list[Node]:
    """Sort by the order that the record gives, else by study and label."""
    return sorted(
        nodes,
        key=lambda node: (
            document(node.iri),
            node.number("ag:order"),
            node.number("ag:position"),
            node.number("ag:atTime"),
            names.label(node.iri).casefold(),
            node.iri,
        ),
    )
