"""How much each doubt about a finding weighs, and why: the weights are data (``ag:weight``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import AG, RDFS
from allograph.reading.badges import Badge, badges
from allograph.reading.names import Names
from allograph.reading.reader import Reader, text

WEIGHTS = f"""
SELECT ?doubt ?label ?weight ?weight_label ?rank ?reason WHERE {{
  ?doubt <{AG.weight}> ?weight ; <{RDFS.label}> ?label .
  ?weight <{RDFS.label}> ?weight_label ; <{AG.rank}> ?rank .
  OPTIONAL {{ ?doubt <{AG.weightReason}> ?reason }}
}}
"""


@dataclass(frozen=True)
class Weight:
    """What a doubt means for whoever uses the figure; of the gravest the rank is 1."""

    rank: int
    iri: str
    label: str
    reason: str


@dataclass(frozen=True)
class Weighed:
    """A doubt, and its weight if one is known."""

    badge: Badge
    weight: Weight | None


def weighed(reader: Reader, figure: Node, names: Names) -> tuple[Weighed, ...]:
    """The doubts about a finding, the gravest first."""
    weights = reader.once(read_weights)
    found = [
        Weighed(badge, weights.get(badge.more) or weights.get(badge.label))
        for badge in badges(reader, figure.iri, figure.iris("flag"), names)
    ]
    return tuple(sorted(found, key=lambda doubt: doubt.weight.rank if doubt.weight else 9))


def read_weights(reader: Reader) -> Mapping[str, Weight]:
    """The weight of each flag and rule, by its IRI and by its label, for ``Reader.once``."""
    found = {}
    for row in reader.select(WEIGHTS):
        weight = Weight(
            int(text(row, "rank")),
            text(row, "weight"),
            text(row, "weight_label"),
            text(row, "reason"),
        )
        found[text(row, "label")] = found[text(row, "doubt")] = weight
    return found
