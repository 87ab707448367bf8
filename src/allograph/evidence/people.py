"""Count the people of groups once, however many groups and reports counted them.

A group that lies within another adds nobody. Groups that are apart are added up, and their sum is
exact; groups of which that is not known have at most as many people as their sum, and as any
group that contains them all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allograph.evidence.model import Evidence
from allograph.evidence.populations import Populations


@dataclass(frozen=True)
class People:
    """How many people groups have together; ``None`` if a size is missing, and nothing bounds it.

    Unless ``is_exact``, there are at most so many.
    """

    number: int | None
    is_exact: bool

    def __str__(self) -> str:
        if self.number is None:
            return "not known"
        return str(self.number) if self.is_exact else f"at most {self.number}"


def count_people(evidence: Evidence, groups: Iterable[str]) -> People:
    """Count the people of groups, given by IRI, once: nobody twice, by families and subgroups.

    Of 48 treated and the 24 of them who were transplanted there are 48, exactly; of two cohorts
    with some people in common, 48 and 30, at most 78. No groups have no people.
    """
    count = _Count(Populations(evidence))
    number, is_exact = 0, True
    for bunch in count.bunches(count.outermost(groups)):
        at_most = count.at_most(bunch)
        if at_most is None:
            return People(None, is_exact=False)
        number += at_most
        is_exact &= len(bunch) == 1 and evidence.size(bunch[0]) is not None
    return People(number, is_exact)


@dataclass(frozen=True)
class _Count:
    populations: Populations

    def outermost(self, groups: Iterable[str]) -> list[str]:
        """The groups, pools as their parts, without those within others; the largest first."""
        parts = {part for group in groups for part in self.populations.nesting.in_parts(group)}
        rest = sorted(parts, key=lambda iri: (-(self._size(iri) or 0), iri))
        for group in reversed(tuple(rest)):
            others = [other for other in rest if other != group]
            if any(self.populations.is_within(group, other) for other in others):
                rest = others
        return rest

    def bunches(self, groups: list[str]) -> list[list[str]]:
        """Groups that may have people in common, together; bunches are apart from each other."""
        bunches: list[list[str]] = []
        for group in groups:
            near = [
                b for b in bunches if not all(self.populations.are_apart(group, one) for one in b)
            ]
            bunches = [bunch for bunch in bunches if bunch not in near]
            bunches.append([group, *(one for bunch in near for one in bunch)])
        return bunches

    def at_most(self, bunch: list[str]) -> int | None:
        """The sum of sizes, or the size of the smallest group that contains them all."""
        sizes = [self._bound(group) for group in bunch]
        bounds = [sum(size for size in sizes if size is not None)] if None not in sizes else []
        common = set.intersection(*(set(self.populations.nesting.above(group)) for group in bunch))
        bounds.extend(size for whole in common if (size := self._size(whole)) is not None)
        return min(bounds, default=None)

    def _bound(self, group: str) -> int | None:
        known = (self._size(whole) for whole in self.populations.nesting.above(group))
        return min((size for size in known if size is not None), default=None)

    def _size(self, group: str) -> int | None:
        return self.populations.evidence.size(group)
