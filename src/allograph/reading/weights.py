"""How much each doubt about a figure weighs, and why: the weights are data (``ag:weight``)."""

from __future__ import annotations

from dataclasses import dataclass

from allograph.rdf.nodes import Node
from allograph.reading.badges import Badge, badges
from allograph.reading.names import Names
from allograph.reading.reader import Reader
from allograph.reading.weighed.sayings import Saying, sayings_of


@dataclass(frozen=True)
class Weighed:
    """A doubt, and what is said of its kind, if anything is."""

    badge: Badge
    saying: Saying | None


def weighed(reader: Reader, figure: Node, names: Names) -> tuple[Weighed, ...]:
    """The doubts about a figure, the gravest first."""
    sayings = sayings_of(reader)
    by_name = {**sayings, **{saying.label: saying for saying in sayings.values()}}
    found = [
        Weighed(badge, by_name.get(badge.more) or by_name.get(badge.label))
        for badge in badges(reader, figure.iri, figure.iris("flag"), names)
    ]
    return tuple(sorted(found, key=lambda doubt: doubt.saying.weight.rank if doubt.saying else 9))
