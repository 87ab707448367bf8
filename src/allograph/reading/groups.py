"""Nest the groups of a study: each inside the group from which it was drawn.

A denominator is a group, and the groups it was drawn from are its chain: 13 of the 24
transplanted, of the 48 treated. Parts that a source presents as a whole are a partition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from allograph.rdf.nodes import Node
from allograph.reading.described import number_of


@dataclass(frozen=True)
class GroupTree:
    """A group, and the groups drawn from it."""

    group: Node
    subgroups: tuple[GroupTree, ...]


@dataclass(frozen=True)
class Partition:
    """Parts of one group that a source presents as a whole."""

    name: str
    parts: tuple[Node, ...]

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many are in each part that has a printed count."""
        return tuple(int(part.value("numerator")) for part in self.parts)

    @property
    def sum_text(self) -> str:
        """The sum as an equation: ``7 + 36 + 57 = 100``."""
        return f"{' + '.join(map(str, self.sizes))} = {sum(self.sizes)}"


def group_trees(groups: Iterable[Node]) -> list[GroupTree]:
    """Nest groups by ``ag:subgroupOf``, largest first.

    A group that was drawn from several stands in the first of them only, so that its anchor is
    unique; the page names the others. Groups that lie in a circle have no root and start from
    the first of them.
    """
    waiting = {group.iri: group for group in sorted(groups, key=order)}
    parents = {iri: _first_parent(group, waiting) for iri, group in waiting.items()}
    trees = []
    for iri in sorted(waiting, key=lambda iri: parents[iri] is not None):
        if iri in waiting:
            trees.append(_grow(waiting.pop(iri), waiting, parents))
    return trees


def order(group: Node) -> tuple[bool, float, str]:
    """Sort large groups first, and groups without a size last."""
    size = group.value("size")
    return (not size, -float(size or 0), group.iri)


def chain(group: Node, nodes: Mapping[str, Node]) -> list[list[Node]]:
    """The groups from which a group was drawn, nearest first, each step once."""
    steps: list[list[Node]] = []
    seen = {group.iri}
    step = [group]
    while step := _parents(step, nodes, seen):
        steps.append(step)
        seen.update(parent.iri for parent in step)
    return steps


def partitions(results: Iterable[Node]) -> dict[str, list[Partition]]:
    """Gather the counted parts of each group, by the group's IRI.

    Parts of one name in two reports are two partitions: each source adds up on its own.
    """
    counted = [
        (group, result.value("partition"), result.value("report"), result)
        for result in results
        if result.value("partition") and result.value("numerator")
        for group in result.iris("group")
    ]
    found: dict[str, list[Partition]] = {}
    for (group, name, _), rows in groupby(sorted(counted, key=_by_part), key=lambda row: row[:3]):
        found.setdefault(group, []).append(Partition(name, tuple(row[3] for row in rows)))
    return found


def _by_part(row: tuple[str, str, str, Node]) -> tuple[str, str, str, float, str]:
    group, name, report, result = row
    return group, name, report, -number_of(result, "numerator"), result.iri


def _parents(step: Iterable[Node], nodes: Mapping[str, Node], seen: set[str]) -> list[Node]:
    above = {iri: nodes[iri] for group in step for iri in group.iris("subgroupOf") if iri in nodes}
    return sorted((node for iri, node in above.items() if iri not in seen), key=order)


def _first_parent(group: Node, groups: dict[str, Node]) -> str | None:
    return next((iri for iri in sorted(group.iris("subgroupOf")) if iri in groups), None)


def _grow(group: Node, waiting: dict[str, Node], parents: dict[str, str | None]) -> GroupTree:
    children = [iri for iri in waiting if parents[iri] == group.iri]
    subgroups = [_grow(waiting.pop(iri), waiting, parents) for iri in children if iri in waiting]
    return GroupTree(group, tuple(subgroups))
