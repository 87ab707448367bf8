"""Show the place of one figure: all that stands behind a result, a comparison or a claim.

Where it is printed and how, of whom it is and out of whom these were taken, what other reports
print of the same people, what is doubted and how much that weighs, and who has read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, urlsplit

from allograph.curated.readings.agreement import FigureReadings, readings_in
from allograph.namespaces import graph_of, key_of
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import AG, DCTERMS, RDF
from allograph.reading.behind import chain
from allograph.reading.compared import Compared, compared
from allograph.reading.described import document, fragment, nodes_of
from allograph.reading.elsewhere import (
    Discrepancy,
    Elsewhere,
    alike,
    discrepancies,
    elsewhere,
    rows_of_discrepancies,
)
from allograph.reading.figures import value_text
from allograph.reading.names import Names, names_in
from allograph.reading.reader import Reader, text, values
from allograph.reading.record import MEMBERS
from allograph.reading.registers import register_address
from allograph.reading.tiers import Tier, tiers_of_reports
from allograph.reading.weights import Weighed, weighed

PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
"""

FINDINGS = f"""
SELECT ?finding WHERE {{
  VALUES ?class {{ <{AG.Result}> <{AG.Comparison}> <{AG.Claim}> }} ?finding a ?class
}}
"""

# The finding itself, its places, its groups with all that they were drawn from, the figures of its
# sides, its report with those that this retells, and what was read of it again.
BEHIND = f"""{PREFIXES}
CONSTRUCT {{{{ ?node ?property ?value }}}} WHERE {{{{
  {{{{ SELECT DISTINCT ?node WHERE {{{{
    {{{{ VALUES ?node {{{{ <{{iri}}> <{{graph}}> }}}} }}}} UNION
    {{{{ <{{iri}}> ag:locator|ag:index|ag:reference|ag:study ?node }}}} UNION
    {{{{ <{{iri}}> (ag:group|ag:comparator)/ag:subgroupOf* ?node }}}} UNION
    {{{{ <{{iri}}> ag:report/ag:basedOn* ?node }}}} UNION
    {{{{ ?node ag:figure <{{iri}}> }}}}
  }}}} }}}}
  ?node ?property ?value .
}}}}
"""


@dataclass(frozen=True)
class Source:
    """A report that prints the figure, or that is retold; ``addresses`` are label and address."""

    report: Node
    tier: Tier | None
    addresses: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Place:
    """A finding, and what stands behind it.

    ``people`` are the chains of its sides: of whom it is, and against whom it is compared.
    """

    figure: Node
    nodes: Nodes
    names: Names
    sources: tuple[Source, ...]
    people: tuple[tuple[tuple[Node, ...], ...], ...]
    elsewhere: tuple[Elsewhere, ...]
    discrepancies: tuple[Discrepancy, ...]
    doubts: tuple[Weighed, ...]

    @property
    def study(self) -> str:
        """The IRI of the study in whose record it stands."""
        return document(self.figure.iri)

    @property
    def key(self) -> str:
        """The key of the study."""
        return key_of(self.study)

    @property
    def part(self) -> str:
        """What it is called within the record of the study."""
        return fragment(self.figure.iri)

    @property
    def label(self) -> str:
        """What it is called."""
        return self.names.label(self.figure.iri)

    @property
    def title(self) -> str:
        """What it is called and says, in the record of which study: for who cites it."""
        said = self.printed or value_text(self.figure, self.names)
        study = self.names.label(self.study)
        return f"{self.label}{f': {said}' if said else ''} ({study})."

    @property
    def is_comparison(self) -> bool:
        """Tell whether it sets people against others."""
        return AG.Comparison in self.figure.iris(RDF.type)

    @property
    def is_claim(self) -> bool:
        """Tell whether it is a statement without a figure."""
        return AG.Claim in self.figure.iris(RDF.type)

    @property
    def places(self) -> list[Node]:
        """Where it is printed."""
        return [self.nodes[iri] for iri in self.figure.iris("locator") if iri in self.nodes]

    @property
    def printed(self) -> str:
        """The figure as it is printed."""
        return self.figure.value("reportedAs")

    @property
    def compared(self) -> Compared:
        """A comparison in words."""
        return compared(self.figure, self.nodes, self.names)

    @cached_property
    def readings(self) -> Mapping[str, FigureReadings]:
        """What was read of it again, by its IRI."""
        return readings_in(self.nodes)

    @property
    def entered_on(self) -> str:
        """The day on which the record of its study was begun."""
        return self.nodes.of(graph_of(self.study)).value(DCTERMS.created)


def findings(reader: Reader) -> frozenset[str]:
    """The IRIs of all results, comparisons and claims, for ``Reader.once``."""
    return frozenset(text(row, "finding") for row in reader.select(FINDINGS))


def place_of(reader: Reader, iri: str) -> Place:
    """Look up what stands behind a finding."""
    triples = reader.construct(BEHIND.format(iri=iri, graph=graph_of(document(iri))))
    same, apart = alike(reader, iri), rows_of_discrepancies(reader, iri)
    wanted = {*same, *(text(row, "other") for row in apart)}
    others = reader.construct(MEMBERS.format(iris=values(wanted))) if wanted else []
    nodes = nodes_of({*triples, *others}, reader.namespaces)
    names = names_in(reader, {*triples, *others})
    figure = nodes[iri]
    return Place(
        figure=figure,
        nodes=nodes,
        names=names,
        sources=tuple(source_of(reader, node) for node in _reports(figure, nodes)),
        people=tuple(
            steps
            for name in ("group", "comparator")
            if (steps := tuple(chain(figure.iris(name), nodes)))
        ),
        elsewhere=elsewhere(reader, figure, [nodes[other] for other in same]),
        discrepancies=tuple(discrepancies(apart, nodes)),
        doubts=weighed(reader, figure, names),
    )


def _reports(figure: Node, nodes: Nodes) -> list[Node]:
    """The reports that print it, then those that they retell."""
    printed = [nodes[iri] for iri in figure.iris("report") if iri in nodes]
    wider = [iri for node in printed for iri in node.iris("basedOn")]
    return list(dict.fromkeys([*printed, *(nodes[iri] for iri in wider if iri in nodes)]))


def source_of(reader: Reader, report: Node) -> Source:
    """A report with the addresses at which it can be read: its own, and those of registers."""
    found = {}
    for identifier in report.texts(DCTERMS.identifier):
        if address := register_address(identifier):
            found[address] = identifier.replace(":", " ", 1)
    for address in report.iris(DCTERMS.source):
        found.setdefault(address, urlsplit(address).hostname or address)
    tier = reader.once(tiers_of_reports).get(report.iri)
    return Source(report, tier, tuple((label, address) for address, label in found.items()))


def at_words(address: str, printed: str) -> str:
    """The address at which a browser shows these words of a page, if they stand on it so.

    A browser that does not find them shows the page from its beginning (URL Fragment Text
    Directives, https://wicg.github.io/scroll-to-text-fragment/). A document that is no page, or an
    address that names a place already, is left as it is.
    """
    parts = urlsplit(address)
    if not printed or parts.fragment or parts.path.lower().endswith(".pdf"):
        return address
    return f"{address}#:~:text={quote(printed, safe='').replace('-', '%2D')}"
