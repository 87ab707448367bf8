"""What a rule or a flag is called, how much it weighs, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.reading.ledger import PREFIXES
from allograph.reading.reader import Reader, text

# What each rule and flag is called, in the words of methods literature and plainly, and its weight.
SAYINGS = f"""{PREFIXES}
SELECT ?iri ?label ?plain ?weight ?weight_label ?rank ?reason WHERE {{
  ?iri ag:weight ?weight ; ag:weightReason ?reason ; rdfs:label ?label .
  ?weight ag:rank ?rank ; rdfs:label ?weight_label .
  OPTIONAL {{ ?iri skos:altLabel ?plain }}
}} ORDER BY ?iri ?plain
"""
WEIGHTS = f"""{PREFIXES}
SELECT ?iri ?label ?rank ?meaning WHERE {{
  ?iri a ag:Weight ; ag:rank ?rank ; rdfs:label ?label ; skos:definition ?meaning .
}} ORDER BY ?rank
"""


DECISIVE = "decisive"
"""The key of the weight of what could change a decision."""


@dataclass(frozen=True, order=True)
class Weight:
    """What a doubt means for whoever uses the figure; the lowest rank is the gravest."""

    rank: int
    key: str
    label: str
    meaning: str


@dataclass(frozen=True)
class Saying:
    """A rule or a flag: its standard name, its plain words, its weight and the reason for it."""

    iri: str
    label: str
    plain: str
    weight: Weight
    reason: str

    @property
    def key(self) -> str:
        """Its key, as ``granularity``."""
        return self.iri.rpartition("/")[2]

    @property
    def is_rule(self) -> bool:
        """Tell whether it is computed; else a curator sees it."""
        return "/rule/" in self.iri


def weights_of(reader: Reader) -> Sequence[Weight]:
    """The weights, the gravest first."""
    return reader.once(read_weights)


def sayings_of(reader: Reader) -> Mapping[str, Saying]:
    """The rules and flags, by IRI."""
    return reader.once(read_sayings)


def read_weights(reader: Reader) -> Sequence[Weight]:
    """Read the weights."""
    return tuple(
        Weight(
            int(text(row, "rank")),
            text(row, "iri").rpartition("/")[2],
            text(row, "label"),
            text(row, "meaning"),
        )
        for row in reader.select(WEIGHTS)
    )


def read_sayings(reader: Reader) -> Mapping[str, Saying]:
    """Read the rules and flags; of several plain words the first."""
    weights = {weight.key: weight for weight in weights_of(reader)}
    found: dict[str, Saying] = {}
    for row in reader.select(SAYINGS):
        found.setdefault(
            text(row, "iri"),
            Saying(
                text(row, "iri"),
                text(row, "label"),
                text(row, "plain"),
                weights[text(row, "weight").rpartition("/")[2]],
                text(row, "reason"),
            ),
        )
    return found
