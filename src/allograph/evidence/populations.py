"""Which groups of people are known to be apart, so that nobody is in both.

Arms of one trial are, groups with and without an outcome, the parts of a pool, those of which a
family says so, and whatever lies within groups that are. Groups of two studies are, until a family
or a study says that these share people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from allograph.evidence.model import Evidence
from allograph.evidence.nesting import Nesting
from allograph.evidence.records import Group, SharedPeople
from allograph.rdf.walk import walk

ARM = "arm"


@dataclass(frozen=True)
class Populations:
    """Which groups of an evidence lie within which, are apart, or may have people in common."""

    evidence: Evidence

    @cached_property
    def nesting(self) -> Nesting:
        """Which groups contain which."""
        return Nesting(self.evidence)

    def is_within(self, group: str, whole: str) -> bool:
        """Whether all people of a group are known to be among those of another."""
        return whole in self.nesting.above(group)

    def are_apart(self, one: str, other: str) -> bool:
        """Whether two groups are known to have nobody in common."""
        return self._apart(one, other, frozenset())

    def told_by(self, one: str, other: str) -> list[SharedPeople]:
        """What families say of the studies of two groups: why these may share people."""
        pair = sorted(map(self._study, (one, other)))
        return self.evidence.studies_of_families.get((pair[0], pair[1]), [])

    def _study(self, group: str) -> str:
        known = self.evidence.groups.get(group)
        return known.study or group if known else group

    def _apart(self, one: str, other: str, seen: frozenset[frozenset[str]]) -> bool:
        pair = frozenset((one, other))
        if pair in seen or self.is_within(one, other) or self.is_within(other, one):
            return False
        if any(
            self._are_parted(x, y)
            for x in self.nesting.above(one)
            for y in self.nesting.above(other)
        ):
            return True
        if self._are_of_strangers(one, other):
            return True
        seen |= {pair}
        return self._parts_apart(one, other, seen) or self._parts_apart(other, one, seen)

    def _parts_apart(self, one: str, other: str, seen: frozenset[frozenset[str]]) -> bool:
        """Whether a group is apart from each part of a pool that contains the other one."""
        pools = (
            pool
            for whole in self.nesting.above(other)
            for pool in self.nesting.pools.get(whole, ())
        )
        return any(
            one not in pool.parts and all(self._apart(one, part, seen) for part in pool.parts)
            for pool in pools
        )

    def _are_parted(self, one: str, other: str) -> bool:
        """Whether two groups are said to have nobody in common."""
        if frozenset((one, other)) in self._said_to_be_apart:
            return True
        first, second = self.evidence.groups.get(one), self.evidence.groups.get(other)
        if first is None or second is None or first is second:
            return False
        return self._are_arms(first, second) or _with_and_without(first, second)

    def _are_arms(self, one: Group, other: Group) -> bool:
        """Whether two groups are two arms of a study: of one report, or of unlike treatment.

        Each report that prints an arm again makes a group of it, and those are the same people.
        """
        if not one.grouping == other.grouping == ARM or one.study != other.study:
            return False
        if self.is_within(one.iri, other.iri) or self.is_within(other.iri, one.iri):
            return False
        above = [
            {broader for regimen in arm.regimens for broader in self.evidence.broader(regimen)}
            for arm in (one, other)
        ]
        return one.report == other.report or bool(all(above) and not above[0] & above[1])

    @cached_property
    def _said_to_be_apart(self) -> frozenset[frozenset[str]]:
        """Pairs of parts of a pool, and of groups or studies with nobody in common."""
        bunches = [pool.parts for pools in self.nesting.pools.values() for pool in pools]
        for shared in self.evidence.shared_people.values():
            if shared.sharing == "apart":
                bunches.append(shared.between)
        return frozenset(frozenset(pair) for bunch in bunches for pair in combinations(bunch, 2))

    def _are_of_strangers(self, one: str, other: str) -> bool:
        """Whether nothing says that the studies of two groups, or that contain them, share people.

        What a pool says is said of its parts, so the pool itself is not asked.
        """
        studies = [
            [iri for iri in self.nesting.above(group, pools=False) if iri in self.evidence.studies]
            for group in (one, other)
        ]
        return all(studies) and not any(
            first == second or self._are_related(first, second)
            for first in studies[0]
            for second in studies[1]
        )

    def _are_related(self, study: str, other: str) -> bool:
        """Whether two studies may share people: by a family, or as stated, by way of others too."""
        pair = (min(study, other), max(study, other))
        return pair in self.evidence.studies_of_families or other in self._circle(study)

    def _circle(self, study: str) -> set[str]:
        """All studies that are stated to share people, step by step; families say more exactly."""
        return set(walk([study], lambda iri: self._stated.get(iri, ())))

    @cached_property
    def _stated(self) -> Mapping[str, set[str]]:
        """The relations of studies that no family tells."""
        told = self.evidence.studies_of_families
        return {
            study: {other for other in others if (min(study, other), max(study, other)) not in told}
            for study, others in self.evidence.related_studies.items()
        }


def _with_and_without(one: Group, other: Group) -> bool:
    """Drawn from the same people with and without an outcome."""
    if not set(one.parents) & set(other.parents):
        return False
    return bool(one.selected_by & other.without or other.selected_by & one.without)
