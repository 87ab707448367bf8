"""What every figure that may be pooled has, whatever it counts or measures."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from itertools import product
from typing import Protocol, TypeAlias

from allograph.evidence import Evidence
from allograph.evidence.populations import Populations
from allograph.evidence.records import Comparison, Group, Result

Printed: TypeAlias = Result | Comparison


@dataclass(frozen=True)
class LeftOut:
    """A figure that is not pooled, why, and the difference whose name would ask for it."""

    result: Printed
    reason: str
    across: str | None = None


@dataclass(frozen=True)
class Unusable:
    """A figure at first hand that cannot be pooled, and why: no retelling stands for it."""

    result: Printed
    groups: tuple[str, ...]
    reason: str


class Told(Protocol):
    """A figure and its people, whether it may be pooled or not."""

    @property
    def result(self) -> Printed:
        """The figure as it is printed."""

    @property
    def groups(self) -> tuple[str, ...]:
        """The IRIs of its people."""


class Candidate(Told, Protocol):
    """A share, a comparison or a median.

    ``groups`` are the IRIs of its people, those of an arm and of its comparator; ``people`` are
    all of them, 0 if nobody says how many. Two figures with the same ``number`` say the same.
    ``is_part`` if people who were treated alike are missing, and no outcome says which.
    """

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


def sides_of(evidence: Evidence, result: Printed) -> list[Group]:
    """The groups of a figure that are known: its own, and that of its comparator."""
    sides = [result.group, result.comparator if isinstance(result, Comparison) else None]
    return [evidence.groups[iri] for iri in sides if iri is not None and iri in evidence.groups]


def report_label(evidence: Evidence, result: Printed) -> str:
    """What the report of a figure is called."""
    report = evidence.reports.get(result.report or "")
    return report.label if report else result.report or "not named"


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
