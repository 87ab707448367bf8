"""What is said to be derived, or a curator's, and is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from allograph.doubts.rules.printed_numbers import printed_numbers
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words import in_digits
from allograph.evidence import Evidence
from allograph.evidence.records import Figure, Group, Printed

DERIVED, CURATED = "derived", "curated"


def derived_and_printed(evidence: Evidence) -> Iterator[Doubt]:
    """A derived node whose number is printed, and a curated one that is."""
    nodes: Iterator[Printed] = chain(
        evidence.groups.values(),
        evidence.results.values(),
        evidence.comparisons.values(),
        evidence.claims.values(),
    )
    for node in nodes:
        if node.basis == CURATED and node.locators and node.reported_as:
            message = "It is said to be a curator's, and a text prints it."
            yield Doubt(node.iri, message, node.reported_as)
        if node.basis != DERIVED or not node.reported_as:
            continue
        number = _number(node)
        if number is None:
            yield Doubt(node.iri, "It is said to be derived, and has no number.", None)
        elif number in {one.number for one in printed_numbers(in_digits(node.reported_as))}:
            message = f"It is said to be derived, and {number} is printed."
            yield Doubt(node.iri, message, node.reported_as)


def _number(node: Printed) -> Decimal | None:
    if isinstance(node, Group):
        return None if node.size is None else Decimal(node.size)
    return node.value if isinstance(node, Figure) else None
