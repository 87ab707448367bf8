"""Put marks in order and in panels, and choose which of many a picture shows.

Unlike things never share an axis: another outcome, other people to be a share of, another statistic
or unit is another panel. In a panel randomised studies come first, and the largest of a design;
what two reports print alike is one mark. A long answer is shown by panels that most studies fill,
and by the first rows of each, never in part without saying so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from allograph.drawings.charts.doubting import common
from allograph.drawings.charts.drawing import Mark, Panel, Scale

LEAST_OF_A_PANEL = 4
"""Marks that a panel may show where there are many panels."""


@dataclass(frozen=True)
class Room:
    """How much a picture shows: one of more says less than its table, and fits on no slide."""

    marks: int
    panels: int


WIDE_ROOM, NARROW_ROOM = Room(30, 6), Room(16, 4)


@dataclass(frozen=True)
class Arranged:
    """The panels that are shown."""

    panels: tuple[Panel, ...]

    @property
    def shown(self) -> list[Mark]:
        """The marks that are shown."""
        return [mark for panel in self.panels for mark in panel.marks]


def arranged(found: Iterable[tuple[Scale, Mark]], room: Room = WIDE_ROOM) -> Arranged:
    """Arrange marks; panels stand in the order in which the answer names them first."""
    by_scale: dict[Scale, list[Mark]] = {}
    for scale, mark in found:
        by_scale.setdefault(scale, []).append(mark)
    panels = [Panel(scale, in_order(merged(marks))) for scale, marks in by_scale.items()]
    return Arranged(tuple(chosen(panels, room)))


def merged(marks: Sequence[Mark]) -> list[Mark]:
    """The marks, those that say the same of the same people as one, with all their sources.

    What one report prints beside a figure, and another leaves out, is taken from the one: its
    people and its interval. Two reports that print different intervals are two marks.
    """
    kept: dict[tuple[object, ...], list[Mark]] = {}
    for mark in marks:
        alike = kept.setdefault(
            (mark.study, mark.label, mark.side, mark.number, mark.is_derived), []
        )
        for place, other in enumerate(alike):
            if (both := both_of(other, mark)) is not None:
                alike[place] = both
                break
        else:
            alike.append(mark)
    return [mark for alike in kept.values() for mark in alike]


def both_of(first: Mark, second: Mark) -> Mark | None:
    """Two marks of one figure as one; ``None`` where they contradict each other."""
    printed = {str(m.interval) for m in (first, second) if m.interval and not m.interval.is_derived}
    counted = {mark.people for mark in (first, second) if is_counted(mark)}
    if len(printed) > 1 or len(counted) > 1:
        return None
    best = max(first, second, key=telling)
    return replace(
        first,
        people=max(first, second, key=lambda mark: (is_counted(mark), mark.people != "")).people,
        interval=best.interval,
        doubts=common(first.doubts, second.doubts),
        sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
        size=max(first.size, second.size),
        rows=(*first.rows, *second.rows),
    )


def is_counted(mark: Mark) -> bool:
    """Tell whether it says how many of how many."""
    return "/" in mark.people and "?" not in mark.people


def telling(mark: Mark) -> int:
    """How much the interval of a mark tells: a printed one most, none nothing."""
    if mark.interval is None:
        return 0
    return 1 if mark.interval.is_derived else 2


def in_order(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """By design, then by the size of the study, its marks together, the largest group first.

    Both sides of a comparison stay together, the group above the comparator.
    """
    of_study: dict[str, int] = {}
    of_row: dict[tuple[int, ...], int] = {}
    for mark in marks:
        of_study[mark.study] = max(of_study.get(mark.study, 0), mark.size)
        row = mark.rows[:1]
        of_row[row] = max(of_row.get(row, 0), mark.size)

    def key(mark: Mark) -> tuple[int, int, str, int, tuple[int, ...], bool]:
        row = mark.rows[:1]
        is_other = mark.side == "comparator"
        return mark.rank, -of_study[mark.study], mark.heading, -of_row[row], row, is_other

    return tuple(sorted(marks, key=key))


def chosen(panels: Sequence[Panel], room: Room) -> list[Panel]:
    """The panels that a picture has room for, each with the first of its marks."""
    if sum(len(panel.marks) for panel in panels) <= room.marks and len(panels) <= room.panels:
        return list(panels)
    fullest = sorted(panels, key=lambda panel: (-studies_in(panel), -len(panel.marks)))
    shown = fullest[: room.panels]
    most = {panel.scale: min(len(panel.marks), LEAST_OF_A_PANEL) for panel in shown}
    for panel in shown:
        left = max(room.marks - sum(most.values()), 0)
        most[panel.scale] = min(len(panel.marks), most[panel.scale] + left)
    return [
        Panel(panel.scale, first_of(panel.marks, most[panel.scale]))
        for panel in panels
        if panel.scale in most
    ]


def first_of(marks: Sequence[Mark], most: int) -> tuple[Mark, ...]:
    """As many marks as have room, in their order: of each study its first, before any second.

    Both sides of a comparison stand together, or not at all.
    """
    rounds: dict[str, int] = {}
    units: dict[tuple[int, ...], tuple[int, list[Mark]]] = {}
    for mark in marks:
        row = mark.rows[:1]
        if row not in units:
            rounds[mark.study] = rounds.get(mark.study, 0) + 1
        units.setdefault(row, (rounds[mark.study], []))[1].append(mark)
    kept: list[Mark] = []
    for _, together in sorted(units.values(), key=lambda unit: unit[0]):
        if len(kept) + len(together) <= most:
            kept += together
    return tuple(mark for mark in marks if mark in kept)


def studies_in(panel: Panel) -> int:
    """How many studies have a mark in it."""
    return len({mark.heading for mark in panel.marks})
