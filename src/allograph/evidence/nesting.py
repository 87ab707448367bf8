"""Which groups of people lie within which: drawn from them, or by what a family tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from allograph.curated.shared_people import Fit, arithmetic_of
from allograph.evidence.model import Evidence, grouped
from allograph.evidence.records import SharedPeople
from allograph.rdf.walk import walk


@dataclass(frozen=True)
class Nesting:
    """Which groups, and studies, of an evidence contain which."""

    evidence: Evidence

    @cached_property
    def _wholes(self) -> Mapping[str, set[str]]:
        """The groups, or studies, that contain each group, by one step, but for pools.

        A group that is as large as the one from which it was drawn is the same people.
        """
        found: dict[str, set[str]] = defaultdict(set)
        for group in self.evidence.groups.values():
            found[group.iri].update(group.parents)
            for parent in group.parents:
                if group.size is not None and group.size == self.evidence.size(parent):
                    found[parent].add(group.iri)
            if group.study:
                found[group.iri].add(group.study)
        for shared in self.evidence.shared_people.values():
            for part, whole in self._steps(shared):
                found[part].add(whole)
        return found

    def _steps(self, shared: SharedPeople) -> Iterator[tuple[str, str]]:
        """Pairs of a smaller group and one that contains it."""
        if shared.sharing == "nested" and shared.whole:
            yield from ((part, shared.whole) for part in shared.parts)
        for one, other in combinations(shared.between, 2):
            small, large = self.evidence.size(one), self.evidence.size(other)
            if shared.sharing == "same":
                yield from ((one, other), (other, one))
            elif shared.sharing == "growing" and None not in (small, large) and small != large:
                yield (one, other) if (small or 0) < (large or 0) else (other, one)

    @cached_property
    def pools(self) -> Mapping[str, list[SharedPeople]]:
        """What says of each group that it is its parts together."""
        return grouped(
            (one for one in self.evidence.shared_people.values() if one.sharing == "pooled"),
            lambda shared: shared.whole,
        )

    @cached_property
    def _pools_of_part(self) -> Mapping[str, list[str]]:
        """The pools to which each group belongs as a part."""
        found: dict[str, list[str]] = defaultdict(list)
        for whole, pools in self.pools.items():
            for part in (part for pool in pools for part in pool.parts):
                found[part].append(whole)
        return found

    def above(self, group: str, *, pools: bool = True) -> tuple[str, ...]:
        """A group and all that contain it, the nearest first; a circle ends the walk."""
        known = self._above.get((group, pools))
        if known is None:
            further = self._wholes_and_pools if pools else self._sorted_wholes
            known = self._above[group, pools] = tuple(walk([group], further))
        return known

    @cached_property
    def _above(self) -> dict[tuple[str, bool], tuple[str, ...]]:
        """What was walked once: each pair of groups asks for it again."""
        return {}

    def _sorted_wholes(self, group: str) -> list[str]:
        return sorted(self._wholes.get(group, ()))

    def _wholes_and_pools(self, group: str) -> list[str]:
        return [*self._sorted_wholes(group), *self._pools_of_part.get(group, ())]

    def in_parts(self, group: str, seen: frozenset[str] = frozenset()) -> list[str]:
        """The parts of a pool whose sizes add up, down to those that are no pools; else itself."""
        for pool in self.pools.get(group, ()):
            fit = arithmetic_of(self.evidence.nodes, self.evidence.nodes.of(pool.iri)).fit
            if fit is Fit.ADDS_UP and group not in seen:
                seen |= {group}
                return [one for part in pool.parts for one in self.in_parts(part, seen)]
        return [group]
