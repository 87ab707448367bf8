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

MOST_MARKS = 36
"""A picture of more says less than its table, and fills no screen and no slide."""
MOST_PANELS = 6
LEAST_OF_A_PANEL = 6
"""Marks that a panel may show where there are many panels."""


@dataclass(frozen=True)
class Arranged:
    """The panels that are shown, and how many marks there are, with those that are not shown."""

    panels: tuple[Panel, ...]
    marks: int

    @property
    def shown(self) -> list[Mark]:
        """The marks that are shown."""
        return [mark for panel in self.panels for mark in panel.marks]

    @property
    def is_whole(self) -> bool:
        """Tell whether every mark is shown."""
        return len(self.shown) == self.marks


def arranged(found: Iterable[tuple[Scale, Mark]]) -> Arranged:
    """Arrange marks; panels stand in the order in which the answer names them first."""
    by_scale: dict[Scale, list[Mark]] = {}
    for scale, mark in found:
        by_scale.setdefault(scale, []).append(mark)
    panels = [Panel(scale, in_order(merged(marks))) for scale, marks in by_scale.items()]
    total = sum(len(panel.marks) for panel in panels)
    return Arranged(tuple(chosen(panels)), total)


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
    counted = {m.people for m in (first, second) if "/" in m.people and "?" not in m.people}
    if len(printed) > 1 or len(counted) > 1:
        return None
    best = max(first, second, key=telling)
    return replace(
        first,
        people=max(first, second, key=lambda mark: ("/" in mark.people, mark.people != "")).people,
        interval=best.interval,
        doubts=common(first.doubts, second.doubts),
        sources=tuple(dict.fromkeys((*first.sources, *second.sources))),
        size=max(first.size, second.size),
        rows=(*first.rows, *second.rows),
    )


def telling(mark: Mark) -> int:
    """How much the interval of a mark tells: a printed one most, none nothing."""
    if mark.interval is None:
        return 0
    return 1 if mark.interval.is_derived else 2


def in_order(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """By design, then by the size of the study, the marks of a study together; pairs stay pairs."""
    largest: dict[str, int] = {}
    for mark in marks:
        largest[mark.heading] = max(largest.get(mark.heading, 0), mark.size)
    places = {row: place for place, row in enumerate(dict.fromkeys(m.rows[:1] for m in marks))}

    def key(mark: Mark) -> tuple[int, int, str, int, int]:
        place = places[mark.rows[:1]]
        return mark.rank, -largest[mark.heading], mark.heading, -mark.size, place

    return tuple(sorted(marks, key=key))


def chosen(panels: Sequence[Panel]) -> list[Panel]:
    """The panels that a picture has room for, each with the first of its marks."""
    if sum(len(panel.marks) for panel in panels) <= MOST_MARKS and len(panels) <= MOST_PANELS:
        return list(panels)
    fullest = sorted(panels, key=lambda panel: (-studies_in(panel), -len(panel.marks)))
    shown = fullest[:MOST_PANELS]
    room = {panel.scale: min(len(panel.marks), LEAST_OF_A_PANEL) for panel in shown}
    for panel in shown:
        left = MOST_MARKS - sum(room.values())
        room[panel.scale] = min(len(panel.marks), room[panel.scale] + max(left, 0))
    return [
        Panel(panel.scale, whole_pairs(panel.marks, room[panel.scale]))
        for panel in panels
        if room.get(panel.scale)
    ]


def whole_pairs(marks: Sequence[Mark], most: int) -> tuple[Mark, ...]:
    """The first marks, without the first of a pair whose second has no room."""
    first = list(marks[:most])
    if len(marks) > most and first and marks[most].side == "comparator":
        first.pop()
    return tuple(first)


def studies_in(panel: Panel) -> int:
    """How many studies have a mark in it."""
    return len({mark.heading for mark in panel.marks})
