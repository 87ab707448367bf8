"""What every figure that may be pooled has, whatever it counts or measures."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import product
from typing import Protocol, TypeAlias

from allograph.evidence.populations import Populations
from allograph.evidence.records import Comparison, Group, Result

Printed: TypeAlias = Result | Comparison


@dataclass(frozen=True)
class LeftOut:
    """A figure that is not pooled, why, and the difference whose name would ask for it."""

    result: Printed
    reason: str
    across: str | None = None


class Candidate(Protocol):
    """A share, a comparison or a median.

    ``groups`` are the IRIs of its people, those of an arm and of its comparator; ``people`` are
    all of them, 0 if nobody says how many. Two figures with the same ``number`` say the same.
    ``is_part`` if people who were treated alike are missing, and no outcome says which.
    """

    @property
    def result(self) -> Printed:
        """The figure as it is printed."""

    @property
    def groups(self) -> tuple[str, ...]:
        """The IRIs of its people."""

    @property
    def people(self) -> int:
        """How many people it counts."""

    @property
    def number(self) -> Hashable:
        """What it says of them."""

    @property
    def is_part(self) -> bool:
        """Whether some who were treated alike are missing."""


OTHER_PEOPLE = frozenset({"background", "external-control", "non-human"})
PARTIAL = frozenset({"subgroup"})


def is_part(group: Group) -> bool:
    """Whether people who were treated alike are missing, and no outcome says which."""
    return group.grouping in PARTIAL and not (group.selected_by or group.without)


def is_within(populations: Populations, one: Candidate, other: Candidate) -> bool:
    """Whether all people of a figure are known to be among those of another, arm by arm."""
    return len(one.groups) == len(other.groups) and all(
        populations.is_within(group, whole)
        for group, whole in zip(one.groups, other.groups, strict=True)
    )


def are_apart(populations: Populations, one: Candidate, other: Candidate) -> bool:
    """Whether two figures are known to have nobody in common."""
    return all(populations.are_apart(*pair) for pair in product(one.groups, other.groups))


def may_share(populations: Populations, one: Candidate, other: Candidate) -> bool:
    """Whether two figures of different studies may be of the same people."""
    return one.result.study != other.result.study and not are_apart(populations, one, other)
