"""Shares without the number of their people, and groups without a size."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence

SHARES = frozenset({"Proportion", "ProbabilityAtTime"})
IMPOSSIBLE = "impossible-share"


def shares_of_nobody(evidence: Evidence) -> Iterator[Doubt]:
    """A share or a probability without a denominator, of a group without a size."""
    for result in evidence.results.values():
        if result.kind in SHARES and not result.denominator and not evidence.size(result.group):
            message = "It is a share of people whose number is not printed."
            yield Doubt(result.iri, message, result.reported_as)
        elif result.kind in SHARES and not result.denominator and IMPOSSIBLE in result.flags:
            message = "It is no share of its group, so whose share it is is not printed."
            yield Doubt(result.iri, message, result.reported_as, (result.group or "",))


def groups_without_size(evidence: Evidence) -> Iterator[Doubt]:
    """A group whose number of people is not known."""
    for group in evidence.groups.values():
        if group.size is None:
            message = "How many people are in the group is not printed."
            yield Doubt(group.iri, message, group.reported_as)
