"""Draw the groups of a study as a tree: each inside the group from which it was drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from allograph.web.description import Node


@dataclass(frozen=True)
class GroupTree:
    """A group, and the groups drawn from it."""

    group: Node
    subgroups: tuple["GroupTree", ...]


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
    size = group.text("ag:size")
    return (not size, -float(size or 0), group.iri)


def _first_parent(group: Node, groups: dict[str, Node]) -> str | None:
    return next((iri for iri in sorted(group.iris("ag:subgroupOf")) if iri in groups), None)


def _grow(group: Node, waiting: dict[str, Node], parents: dict[str, str | None]) -> GroupTree:
    children = [iri for iri in waiting if parents[iri] == group.iri]
    subgroups = [_grow(waiting.pop(iri), waiting, parents) for iri in children if iri in waiting]
    return GroupTree(group, tuple(subgroups))
