"""What does not go together, in a way that only a reader sees, at each of its sides."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.side_by_side import in_words, order_of
from allograph.evidence import Evidence


def discrepancies_seen(evidence: Evidence) -> Iterator[Doubt]:
    """Each side of a discrepancy, with the reason that a curator gave, and all others beside it."""
    for discrepancy in evidence.discrepancies.values():
        sides = sorted(discrepancy.sides, key=lambda iri: order_of(evidence, iri))
        for side in sides:
            others = tuple(iri for iri in sides if iri != side)
            beside = "; ".join(in_words(evidence, iri) for iri in others)
            message = f"{discrepancy.reason} Beside it: {beside}."
            yield Doubt(side, message, discrepancy.label, (discrepancy.iri, *others))
