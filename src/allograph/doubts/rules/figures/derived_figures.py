"""What is said to be derived, or a curator's, and is printed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import printed_numbers
from allograph.evidence import Evidence
from allograph.evidence.records import DoseStep, Figure, Group, Printed
from allograph.text.number_words import in_figures

CURATED, DERIVED = "curated", "derived"
OF_REPORTS = ("Authorship", "Disclosure")
"""The classes of what a report prints that is no figure, group, claim or dose."""


def derived_and_printed(evidence: Evidence) -> Iterator[Doubt]:
    """A derived node whose number is printed, and a curated one that has a place in a text."""
    nodes: Iterator[Printed] = chain(
        evidence.groups.values(),
        evidence.results.values(),
        evidence.comparisons.values(),
        evidence.claims.values(),
        evidence.steps.values(),
    )
    for node in nodes:
        if said := _said(node.basis, node.reported_as, _numbers(node), bool(node.locators)):
            yield Doubt(node.iri, said, node.reported_as)
    for name in OF_REPORTS:
        for other in evidence.instances(name):
            printed = other.text("reportedAs") or ""
            if said := _said(other.key("basis"), printed, (), bool(other.iris("locator"))):
                yield Doubt(other.iri, said, printed)


def _said(basis: str | None, printed: str, numbers: tuple[Decimal, ...], is_placed: bool) -> str:
    if basis == CURATED:
        return "It is said to be a curator's, and a text prints it." if is_placed else ""
    if basis != DERIVED or not printed:
        return ""
    if not numbers:
        return "It is said to be derived, and has no number."
    known = [one.number for one in printed_numbers(in_figures(printed))]
    # The sum of two printed counts, of which one is nobody, is derived and looks printed; in 0/5
    # the 5 is no count.
    sums = {sum(known)} if 0 in known and "/" not in printed else set()
    found = next((number for number in numbers if number in known and number not in sums), None)
    return "" if found is None else f"It is said to be derived, and {found} is printed."


def _numbers(node: Printed) -> tuple[Decimal, ...]:
    """The size, value or doses of a node."""
    numbers: tuple[Decimal | int | None, ...] = ()
    if isinstance(node, Group):
        numbers = (node.size,)
    elif isinstance(node, Figure):
        numbers = (node.value,)
    elif isinstance(node, DoseStep):
        numbers = (node.low, node.high)
    return tuple(Decimal(number) for number in numbers if number is not None)
