"""Which figures were read twice, and where the readings differ: computed, never claimed.

A reading states what was read, so it is held against the figure as it stands now: who changes the
figure later has the reading against it. It counts as second if it was made without sight of the
first, by another reader, and agrees in every part. What differs is open until a settlement, which
is a reading as well, names it, and for as long as the figure says what the settlement says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allograph.curated.readings.parts import Difference, differences
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.vocabularies import AG, RDF, XSD

FIRST, SECOND, THIRD = "first", "second", "third"
"""Keys of the roles of readers, which ``ontology/schemes/reader.ttl`` explains."""

READ_TWICE = AG.readings
FIGURES = frozenset((AG.Result, AG.Comparison))


@dataclass(frozen=True)
class Reading:
    """One reading of one figure, and where it differs from what is entered.

    ``role`` is a key, as ``second``; ``name`` and ``day`` are as written, empty where not said.
    ``settles`` are the IRIs of readings whose differences it settles.
    """

    node: Node
    figure: str
    role: str
    name: str
    day: str
    is_blind: bool
    is_found: bool
    settles: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def reader(self) -> str:
        """Who read, as people are told: ``the second reader``, or the name."""
        return self.name or f"the {self.role} reader"


@dataclass(frozen=True)
class FigureReadings:
    """The readings of one figure, in their order."""

    figure: str
    readings: tuple[Reading, ...]

    @property
    def settlements(self) -> tuple[Reading, ...]:
        """The readings that settle others."""
        return tuple(reading for reading in self.readings if reading.settles)

    @property
    def checks(self) -> tuple[Reading, ...]:
        """The readings that found the figure, but for settlements and those of who entered it."""
        return tuple(
            reading
            for reading in self.readings
            if not reading.settles and reading.role != FIRST and reading.is_found
        )

    def settlement_of(self, reading: Reading) -> Reading | None:
        """The settlement of a reading that the figure agrees with."""
        return next(
            (
                each
                for each in self.settlements
                if reading.node.iri in each.settles and not each.differences
            ),
            None,
        )

    @property
    def open(self) -> tuple[Reading, ...]:
        """The readings that differ, and that nobody has settled."""
        return tuple(
            reading
            for reading in self.checks
            if reading.differences and not self.settlement_of(reading)
        )

    @property
    def seconds(self) -> tuple[Reading, ...]:
        """The readings that count as second; none while one of the figure differs."""
        if self.open:
            return ()
        return tuple(
            reading
            for reading in self.checks
            if reading.is_blind and reading.name.casefold() not in self._first_names
        )

    @property
    def _first_names(self) -> set[str]:
        """Who is known to have read it first, by name; an empty name is nobody's."""
        names = {reading.name.casefold() for reading in self.readings if reading.role == FIRST}
        return names - {""}

    @property
    def count(self) -> int:
        """How many pairs of eyes have seen it: 1 or 2."""
        return 2 if self.seconds else 1


def figures_in(nodes: Nodes, study: str | None = None) -> list[Node]:
    """The figures that a source prints, of all studies or of one: results and comparisons.

    What a curator derived stands in no source to be read again.
    """
    return [
        node
        for node in nodes.values()
        if not FIGURES.isdisjoint(node.iris(RDF.type))
        and node.key("basis") in (None, "reported")
        and (study is None or study in node.iris("study"))
    ]


def readings_in(nodes: Nodes) -> Mapping[str, FigureReadings]:
    """The readings of each figure that was read again, by its IRI."""
    found: dict[str, list[Reading]] = defaultdict(list)
    for node in nodes.instances("Reading"):
        for figure in node.iris("figure"):
            found[figure].append(_reading(node, nodes.of(figure), nodes))
    return {figure: FigureReadings(figure, tuple(readings)) for figure, readings in found.items()}


def readings_of(nodes: Nodes) -> Iterator[Triple]:
    """How often each figure was read, 1 or 2, for queries that show it."""
    known = readings_in(nodes)
    for name in sorted(FIGURES):
        for figure in nodes.instances(name):
            count = known[figure.iri].count if figure.iri in known else 1
            value = Literal(str(count), datatype=NamedNode(XSD.integer))
            yield Triple(NamedNode(figure.iri), NamedNode(READ_TWICE), value)


def _reading(node: Node, figure: Node, nodes: Nodes) -> Reading:
    group = nodes.of(figure.iri_of("group") or "")
    return Reading(
        node=node,
        figure=figure.iri,
        role=node.key("reader") or "",
        name=node.text("readerName") or "",
        day=node.text("readOn") or "",
        is_blind=node.is_true("blind"),
        is_found=not node.is_true("notFound"),
        settles=node.iris("settles"),
        differences=tuple(differences(figure, node, group)),
    )
