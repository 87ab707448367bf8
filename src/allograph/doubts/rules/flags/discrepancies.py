"""What does not go together, in a way that only a reader sees, at each of its sides."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.side_by_side import in_words, order_of
from allograph.evidence import Evidence


def discrepancies_seen(evidence: Evidence) -> Iterator[Doubt]:
    """Each side of a discrepancy, beside all of them, with the reason that a curator gave."""
    for discrepancy in evidence.discrepancies.values():
        sides = sorted(discrepancy.sides, key=lambda iri: order_of(evidence, iri))
        beside = "; ".join(in_words(evidence, iri) for iri in sides)
        for side in sides:
            others = tuple(iri for iri in sides if iri != side)
            message = f"{discrepancy.reason} Side by side: {beside}."
            yield Doubt(side, message, discrepancy.label, (discrepancy.iri, *others))
