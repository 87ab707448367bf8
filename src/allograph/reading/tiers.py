"""How far the report of a figure stands from its study: the tier beside each figure.

The order is data (``ag:rank`` of the tiers). What the nearest report prints stands first; a page on
which reports of several tiers meet says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import AG, RDFS, SKOS
from allograph.reading.reader import Reader, text

TIERS = f"""
SELECT ?report ?tier ?label ?definition ?rank WHERE {{
  ?report <{AG.tier}> ?tier .
  ?tier <{RDFS.label}> ?label ; <{AG.rank}> ?rank .
  OPTIONAL {{ ?tier <{SKOS.definition}> ?definition }}
}}
"""


OF_STUDIES = f"""
SELECT DISTINCT ?study ?tier ?label ?definition ?rank ?second_hand WHERE {{
  ?report <{AG.reports}> ?study ; <{AG.tier}> ?tier .
  ?tier <{RDFS.label}> ?label ; <{AG.rank}> ?rank ; <{AG.secondHand}> ?second_hand .
  OPTIONAL {{ ?tier <{SKOS.definition}> ?definition }}
}}
"""


@dataclass(frozen=True, order=True)
class Tier:
    """The tier of a report; the lowest rank is the nearest to the study."""

    rank: int
    label: str
    iri: str
    definition: str
    is_second_hand: bool = False

    @property
    def is_primary(self) -> bool:
        """Tell whether it is that of the full report by those who did the study."""
        return self.rank == 1


def nearest_of_studies(reader: Reader) -> Mapping[str, Tier]:
    """The tier of the nearest report that was read of each study, by the IRI of the study.

    Where it is not primary, the primary report was not read, or there is none.
    """
    found: dict[str, Tier] = {}
    for row in reader.select(OF_STUDIES):
        tier = Tier(
            int(text(row, "rank")),
            text(row, "label"),
            text(row, "tier"),
            text(row, "definition"),
            text(row, "second_hand") == "true",
        )
        study = text(row, "study")
        found[study] = min(found.get(study, tier), tier)
    return found


def tiers_of_reports(reader: Reader) -> Mapping[str, Tier]:
    """The tier of each report, by the IRI of the report."""
    return {
        text(row, "report"): Tier(
            int(text(row, "rank")), text(row, "label"), text(row, "tier"), text(row, "definition")
        )
        for row in reader.select(TIERS)
    }


def tier_of(reader: Reader, node: Node) -> Tier | None:
    """The tier of the report that prints a node, of several the nearest; None without one."""
    tiers = reader.once(tiers_of_reports)
    return min((tiers[iri] for iri in node.iris("report") if iri in tiers), default=None)


def nearest_first(reader: Reader, reports: Iterable[Node]) -> list[Node]:
    """Reports by their tier, those nearest to the study first; among equals the order stays."""
    tiers = reader.once(tiers_of_reports)
    last = max((tier.rank for tier in tiers.values()), default=0) + 1
    return sorted(
        reports, key=lambda report: tiers[report.iri].rank if report.iri in tiers else last
    )


def order_in_words(reader: Reader, nodes: Iterable[Node]) -> str:
    """Say which tier comes before which among nodes; empty where all are of one."""
    found = sorted({tier for node in nodes if (tier := tier_of(reader, node)) is not None})
    if len(found) < 2:
        return ""
    order = " before ".join(tier.label for tier in found)
    return f"Of each outcome, the nearest report comes first: {order}."
