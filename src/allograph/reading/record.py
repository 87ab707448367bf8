"""Gather what a record's page shows: its own triples, what was found about it, what links to it.

It is the same for every kind of record; ``reach`` says what belongs on the page of each kind, and
the kind's template what comes first. Parts are told apart by their class: groups make a tree,
results make a table by outcome, and a part of any other class is a row in a table of its class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from allograph.curated.derived import NAMED_GRAPH as DERIVED_GRAPH
from allograph.curated.derived import NEVER_WRITTEN
from allograph.curated.readings.agreement import FigureReadings, readings_in
from allograph.namespaces import Namespaces, graph_of
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import Triple, value_of
from allograph.rdf.vocabularies import AG, OA, RDF, RDFS
from allograph.reading.compared import Compared, compared
from allograph.reading.described import document, fragment, iris_in, nodes_of, number_of
from allograph.reading.groups import GroupTree, Partition, chain, group_trees, partitions
from allograph.reading.names import Names, names_in
from allograph.reading.outcomes import (
    Rank,
    Section,
    Topic,
    by_outcome,
    is_background,
    read_outcomes,
)
from allograph.reading.reach import reached_from
from allograph.reading.reader import Reader, Row, text, values
from allograph.reading.tiers import tier_of
from allograph.release.exports import sorted_triples

SHOWN_APART = {AG.StudyGroup, AG.Result, AG.Comparison, AG.Claim, AG.RecordGraph, AG.PassedOver}

ABOUT = "CONSTRUCT {{ <{iri}> ?predicate ?object }} WHERE {{ <{iri}> ?predicate ?object }}"

LABELS = """
CONSTRUCT {{ ?iri <{label}> ?label }} WHERE {{ VALUES ?iri {{ {iris} }} ?iri <{label}> ?label }}
"""

# What follows for some nodes stands in another graph than theirs, and so do the places in texts
# that their locators select. What is proposed of an answer is a part of its outcome. Only what is
# said of these nodes is read, however much there is.
DERIVED = """
CONSTRUCT {{ ?node ?predicate ?object }} WHERE {{
  {{ VALUES ?node {{ {iris} }} GRAPH <{graph}> {{ ?node ?predicate ?object }} }} UNION
  {{ VALUES ?own {{ {iris} }} GRAPH <{graph}> {{ ?node <{selector}> ?own ; ?predicate ?object }} }}
  UNION {{ GRAPH <{graph}> {{
    ?node <{outcome}> <{iri}> ; <{digest}> ?answer ; ?predicate ?object
  }} }}
  UNION {{ GRAPH <{graph}> {{
    ?judged <{outcome}> <{iri}> ; <{digest}> ?answer ; <{step}> ?node . ?node ?predicate ?object
  }} }}
}}
"""

MEMBERS = """
CONSTRUCT {{ ?node ?predicate ?object }} WHERE {{
  VALUES ?node {{ {iris} }} ?node ?predicate ?object
}}
"""

INCOMING = """
SELECT DISTINCT ?predicate ?subject WHERE {{
  ?subject ?predicate <{iri}> FILTER (isIRI(?subject))
}} ORDER BY ?predicate ?subject
"""


@dataclass(frozen=True)
class RecordView:
    """A record and its parts as its page groups them.

    A page names classes and properties by CURIE; an IRI is taken as well. ``figures`` are all
    results by outcome, ``topics`` those of them that a study counted, ``background`` the others;
    ``sides`` are the figures that comparisons set against each other, whose they may be.
    """

    record: Node
    graph: Node | None
    groups: list[GroupTree]
    figures: list[Section]
    topics: list[Topic]
    background: list[Section]
    sides: Nodes
    comparisons: list[Node]
    claims: list[Node]
    parts: list[Section]
    incoming: dict[str, list[str]]
    nodes: Nodes
    holders: dict[str, str]
    names: Names
    namespaces: Namespaces
    reached: Mapping[str, int]
    """How many findings of each record belong on the page, whether or not it shows them."""

    def is_own(self, node: Node) -> bool:
        """Tell whether a node is a part of this record, so that its anchor stands here."""
        return document(node.iri) == self.record.iri

    @cached_property
    def shown(self) -> Mapping[str, int]:
        """How many findings of each record the page shows, its own among them."""
        figures = (node for section in self.figures for node in section.nodes)
        return Counter(document(node.iri) for node in (*figures, *self.comparisons, *self.claims))

    @cached_property
    def printing(self) -> frozenset[str]:
        """The reports that print a finding of the page, or a group of people."""
        return frozenset(iri for node in self.nodes.values() for iri in node.iris("report"))

    @property
    def cut(self) -> list[str]:
        """The records of which the page does not show every finding that belongs on it."""
        return sorted(iri for iri, number in self.reached.items() if self.shown[iri] < number)

    def compared(self, comparison: Node) -> Compared:
        """A comparison in words."""
        return compared(comparison, self.sides, self.names)

    def property_label(self, curie: str) -> str:
        """What a property is called."""
        return self.names.label(self._iri(curie))

    def columns(self, section: Section) -> list[str]:
        """The properties that the nodes of a section have, but for class and label.

        Digits and doubts are shown from what they are made of.
        """
        found = {iri for node in section.nodes for iri in node.properties()}
        unshown = {RDF.type, RDFS.label, *NEVER_WRITTEN}
        return sorted(map(self.namespaces.compact, found - unshown))

    def of(self, curie: str) -> list[Node]:
        """Every node of a class that the page knows, in reading order."""
        return in_reading_order(of_class(self.nodes.values(), self._iri(curie)), self.names)

    def parts_of(self, curie: str) -> tuple[Node, ...]:
        """The record's own parts of a class."""
        heading = self._iri(curie)
        return next((part.nodes for part in self.parts if part.heading == heading), ())

    @cached_property
    def readings(self) -> Mapping[str, FigureReadings]:
        """The readings of the figures on this page, by the IRI of the figure."""
        return readings_in(self.nodes)

    @property
    def passed_over(self) -> list[Node]:
        """The record's own passages whose numbers are no facts, in the order of their text."""
        own = filter(self.is_own, of_class(self.nodes.values(), AG.PassedOver))
        return sorted(own, key=lambda node: (number_of(node, OA.start), node.iri))

    def linked(self, node: Node, curie: str) -> list[Node]:
        """The nodes to which a property leads, as far as the page knows them."""
        found = [self.nodes[iri] for iri in node.iris(curie) if iri in self.nodes]
        return in_reading_order(found, self.names)

    def _iri(self, curie: str) -> str:
        return self.namespaces.expand(curie) or curie

    def chain(self, group: Node) -> list[list[Node]]:
        """The groups from which a group was drawn, nearest first."""
        return chain(group, self.nodes)

    def partitions(self) -> dict[str, list[Partition]]:
        """The counted parts of each group."""
        return partitions(node for section in self.figures for node in section.nodes)

    def in_print_order(self) -> list[Node]:
        """The results in the order in which their report prints them."""

        def place(result: Node) -> tuple[float, str]:
            found = (self.nodes[iri] for iri in result.iris("locator") if iri in self.nodes)
            return min((number_of(node, OA.start) for node in found), default=1e9), result.iri

        return sorted((node for section in self.figures for node in section.nodes), key=place)

    def people_in(self, study: str, *, given: bool = False) -> int | None:
        """The size of the largest known group of a study; of those given it, if asked.

        What was given is the record, or the regimens that the page of a drug or target knows.
        """
        regimens = {self.record.iri, *(node.iri for node in self.of(AG.Regimen))}
        sizes = [
            int(group.value("size"))
            for group in of_class(self.nodes.values(), AG.StudyGroup)
            if study in group.iris("study")
            and group.value("size")
            and (not given or regimens & set(group.iris("regimen")))
        ]
        return max(sizes, default=None)

    def by_people(self, studies: Iterable[Node]) -> list[Node]:
        """Studies by the people who were given what the record is, the most first."""
        return sorted(studies, key=lambda node: -(self.people_in(node.iri, given=True) or 0))

    def steps_by_regimen(self) -> dict[str, list[Node]]:
        """The dose steps that the page knows, by the regimen to which each belongs."""
        steps: dict[str, list[Node]] = {}
        for step in self.of(AG.DoseStep):
            steps.setdefault(document(step.iri), []).append(step)
        return steps

    def figures_of(self, study: str) -> int:
        """Count the results of a study on this page."""
        return sum(study in node.iris("study") for part in self.figures for node in part.nodes)


def record_triples(reader: Reader, iri: str) -> list[Triple]:
    """A record's named graph; without one, what is said of the IRI; without that, none."""
    triples = sorted_triples(reader.store.graph(graph_of(iri)))
    return triples or reader.construct(ABOUT.format(iri=iri))


def told_of_record(reader: Reader, iri: str) -> list[Triple]:
    """What is written of a record and its parts, and what follows from it, with labels."""
    own = record_triples(reader, iri)
    query = DERIVED.format(
        graph=DERIVED_GRAPH,
        selector=OA.hasSelector,
        iri=iri,
        outcome=AG.outcome,
        digest=AG.digest,
        step=AG.certaintyStep,
        iris=values(value_of(triple.subject) for triple in own),
    )
    return with_labels(reader, [*own, *(reader.construct(query) if own else ())])


def told_of_list(reader: Reader, iris: Iterable[str]) -> list[Triple]:
    """What is said of a scheme and its concepts, or of the records of a kind, with labels."""
    return with_labels(reader, reader.construct(MEMBERS.format(iris=values(iris))))


def with_labels(reader: Reader, triples: list[Triple]) -> list[Triple]:
    """Add the labels of the IRIs that the triples mention, so that they can be read alone."""
    labels = reader.construct(LABELS.format(label=RDFS.label, iris=values(iris_in(triples))))
    return sorted_triples([*triples, *labels])


def record_view(reader: Reader, iri: str, own: list[Triple]) -> RecordView:
    """Gather everything for the page of a record."""
    reached = reached_from(reader, iri)
    triples = sorted_triples([*own, *reached.triples])
    nodes = nodes_of(triples, reader.namespaces)
    links = reader.select(INCOMING.format(iri=iri))
    sides = reader.construct(MEMBERS.format(iris=values(sides_of(nodes.values()))))
    names = names_in(
        reader,
        {*triples, *sides},
        *(text(row, "predicate") for row in links),
        *map(linking_record, links),
        *(document(node) for node in nodes),
        *reached.findings,
    )
    own_parts = [
        node for node in nodes.values() if document(node.iri) == iri and fragment(node.iri)
    ]
    holders = holders_of_locators(nodes.values())
    outcomes = reader.once(read_outcomes)
    primary = nodes[iri].iris("primaryOutcome")

    def rank(finding: Node) -> Rank:
        """What the nearest report prints comes first; of one record, what is of the most people."""
        tier = tier_of(reader, finding)
        return tier.rank if tier else 0, document(finding.iri), -people_of(finding, nodes)

    def told(results: Iterable[Node]) -> list[Section]:
        return by_outcome(in_reading_order(results, names), outcomes, names.label, rank)

    def place(comparison: Node) -> tuple[tuple[int, int], str, Rank]:
        outcome = comparison.iri_of("outcome") or ""
        return outcomes.place(outcome, primary), outcome, rank(comparison)

    results = of_class(nodes.values(), AG.Result)
    own_figures = told(node for node in results if not is_background(node, nodes))
    return RecordView(
        record=nodes[iri],
        graph=nodes.get(graph_of(iri)),
        groups=group_trees(of_class(own_parts, AG.StudyGroup)),
        figures=told(results),
        topics=outcomes.topics(own_figures, primary),
        background=told(node for node in results if is_background(node, nodes)),
        sides=nodes_of([*triples, *sides], reader.namespaces),
        comparisons=sorted(
            in_reading_order(of_class(nodes.values(), AG.Comparison), names), key=place
        ),
        claims=in_reading_order(of_class(nodes.values(), AG.Claim), names),
        parts=by_class([part for part in own_parts if part.iri not in holders], names),
        incoming=by_predicate(links, reader.namespaces),
        nodes=nodes,
        holders=holders,
        names=names,
        namespaces=reader.namespaces,
        reached=reached.findings,
    )


def of_class(nodes: Iterable[Node], class_iri: str) -> list[Node]:
    """The nodes of a class."""
    return [node for node in nodes if class_iri in node.iris(RDF.type)]


def people_of(finding: Node, nodes: Nodes) -> int:
    """The size of the group that a finding is of; 0 where none is known."""
    sizes = (nodes.of(iri).value("size") for iri in finding.iris("group"))
    return max((int(size) for size in sizes if size), default=0)


def sides_of(nodes: Iterable[Node]) -> set[str]:
    """The figures that comparisons set against each other, and their groups."""
    return {
        iri
        for node in of_class(nodes, AG.Comparison)
        for name in ("index", "reference", "group", "comparator")
        for iri in node.iris(name)
    }


def holders_of_locators(nodes: Iterable[Node]) -> dict[str, str]:
    """Map each locator to the one node that shows it, and so carries its anchor."""
    holders: dict[str, str] = {}
    for node in nodes:
        for locator in node.iris("locator"):
            holders.setdefault(locator, node.iri)
    return holders


def by_class(parts: Iterable[Node], names: Names) -> list[Section]:
    """Put parts of one class together, leaving out those that the page shows in another way."""
    rest = [part for part in parts if SHOWN_APART.isdisjoint(part.iris(RDF.type))]

    def heading(part: Node) -> str:
        return next(iter(part.iris(RDF.type)), "")

    ordered = sorted(in_reading_order(rest, names), key=heading)
    return [Section(iri, tuple(group)) for iri, group in groupby(ordered, key=heading)]


def by_predicate(links: Iterable[Row], namespaces: Namespaces) -> dict[str, list[str]]:
    """Map each property, as a CURIE, to the records that link here by it."""
    found: dict[str, set[str]] = {}
    for row in links:
        found.setdefault(namespaces.compact(text(row, "predicate")), set()).add(linking_record(row))
    return {curie: sorted(records) for curie, records in found.items()}


def linking_record(row: Row) -> str:
    """The IRI of the record that links here, itself or by a part."""
    return document(text(row, "subject"))


def in_reading_order(nodes: Iterable[Node], names: Names) -> list[Node]:
    """Sort by the order that the record gives, else by study and label."""
    return sorted(
        nodes,
        key=lambda node: (
            document(node.iri),
            number_of(node, "order"),
            number_of(node, "position"),
            number_of(node, "atTime"),
            names.label(node.iri).casefold(),
            node.iri,
        ),
    )
