"""Draw the flow of a study: boxes of nested groups from left to right, the whole study first.

A column is a depth, a leaf takes a row, and a group stands beside the first group drawn from it.
A group that was drawn from several has a second line to each of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from allograph.drawings.lettering import lines_of
from allograph.rdf.nodes import Node
from allograph.reading.groups import GroupTree, Partition
from allograph.reading.names import Names

BOX_WIDTH = 232
PADDING = 12
COLUMN_GAP = 44
ROW_GAP = 12
HEAD_HEIGHT = 30
LINE_HEIGHT = 17
SMALL_LINE_HEIGHT = 15
BAR_HEIGHT = 6
FONT, SMALL_FONT = 13.0, 11.5
UNKNOWN_SIZE = "n = ?"
INNER_WIDTH = BOX_WIDTH - 2 * PADDING


@dataclass(frozen=True)
class Bar:
    """A partition inside a box: segments by size, and the sum in words below."""

    y: float
    segments: tuple[tuple[float, float], ...]
    lines: tuple[tuple[float, str], ...]


@dataclass(frozen=True)
class Box:
    """A group at its place; ``lines`` are pairs of a baseline and its text."""

    group: Node
    x: float
    y: float
    height: float
    size: str
    of: str
    kind: str
    lines: tuple[tuple[float, str], ...]
    bars: tuple[Bar, ...]
    is_part: bool

    @property
    def middle(self) -> float:
        """Where lines meet the box: the height of its first line."""
        return self.y + HEAD_HEIGHT / 2 + 4


@dataclass(frozen=True)
class Edge:
    """A line from a group to one drawn from it; ``is_further`` if that one has another parent."""

    path: str
    is_part: bool
    is_further: bool


@dataclass(frozen=True)
class Flow:
    """A whole drawing, and its width and height in pixels."""

    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    width: float
    height: float


@dataclass
class _Drawing:
    names: Names
    partitions: Mapping[str, Sequence[Partition]]
    boxes: dict[str, Box] = field(default_factory=dict)
    floor: float = 1.0

    def place(self, tree: GroupTree, depth: int, parent: Node | None) -> None:
        box = self._box(tree.group, depth, parent)
        self.boxes[tree.group.iri] = box
        top = self.floor
        for subgroup in _parts_together(tree, self.partitions.get(tree.group.iri, ())):
            self.place(subgroup, depth + 1, tree.group)
        self.floor = max(self.floor, top + box.height + ROW_GAP)

    def _box(self, group: Node, depth: int, parent: Node | None) -> Box:
        y = self.floor
        label = lines_of(self.names.label(group.iri), INNER_WIDTH, FONT)
        lines = tuple((y + HEAD_HEIGHT + LINE_HEIGHT * (i + 0.75), t) for i, t in enumerate(label))
        x = 1 + depth * (BOX_WIDTH + COLUMN_GAP)
        below = y + HEAD_HEIGHT + LINE_HEIGHT * len(label) + 4
        bars = []
        for partition in self.partitions.get(group.iri, ()):
            bar, below = _bar(partition, group, x + PADDING, below + 5)
            bars.append(bar)
        whole = parent.value("size") if parent else ""
        part_of = self.partitions.get(parent.iri, ()) if parent else ()
        return Box(
            group=group,
            x=x,
            y=y,
            height=below + 6 - y,
            size=group.value("size") or UNKNOWN_SIZE,
            of=f"of {whole}" if whole and group.value("size") else "",
            kind=" ".join(self.names.label(iri) for iri in group.iris("grouping")),
            lines=lines,
            bars=tuple(bars),
            is_part=any(_is_a_part(group, partition) for partition in part_of),
        )


def draw_flow(
    trees: Iterable[GroupTree],
    names: Names,
    partitions: Mapping[str, Sequence[Partition]],
) -> Flow:
    """Give each group its box and each ``ag:subgroupOf`` its line."""
    drawing = _Drawing(names, partitions)
    for tree in trees:
        drawing.place(tree, 0, None)
    boxes = drawing.boxes
    return Flow(
        boxes=tuple(boxes.values()),
        edges=tuple(_edges(boxes)),
        width=max((box.x + BOX_WIDTH for box in boxes.values()), default=0) + 1,
        height=drawing.floor - ROW_GAP + 1,
    )


def _parts_together(tree: GroupTree, partitions: Sequence[Partition]) -> list[GroupTree]:
    """Put the parts of a partition side by side, before the other subgroups."""

    def place(subgroup: GroupTree) -> int:
        return next(
            (i for i, part in enumerate(partitions) if _is_a_part(subgroup.group, part)),
            len(partitions),
        )

    return sorted(tree.subgroups, key=place)


def _is_a_part(group: Node, partition: Partition) -> bool:
    """Tell whether a subgroup is one of the counted parts: the same outcome, the same number."""
    return any(
        group.value("size") == part.value("numerator")
        and set(group.iris("selectedBy")) & set(part.iris("outcome"))
        for part in partition.parts
    )


def _bar(partition: Partition, group: Node, x: float, y: float) -> tuple[Bar, float]:
    total = max(sum(partition.sizes), int(group.value("size") or 0), 1)
    segments, left = [], x
    for size in partition.sizes:
        width = INNER_WIDTH * size / total
        segments.append((round(left, 1), round(max(width - 1, 1), 1)))
        left += width
    words = f"{partition.sum_text}, {partition.name}"
    baseline = y + BAR_HEIGHT + SMALL_LINE_HEIGHT - 2
    lines = tuple(
        (baseline + i * SMALL_LINE_HEIGHT, text)
        for i, text in enumerate(lines_of(words, INNER_WIDTH, SMALL_FONT, most=3))
    )
    return Bar(y, tuple(segments), lines), y + BAR_HEIGHT + SMALL_LINE_HEIGHT * len(lines)


def _edges(boxes: Mapping[str, Box]) -> Iterator[Edge]:
    for box in boxes.values():
        parents = [iri for iri in sorted(box.group.iris("subgroupOf")) if iri in boxes]
        for place, iri in enumerate(parents):
            path = _curve(boxes[iri], box) if place else _elbow(boxes[iri], box)
            yield Edge(path, box.is_part, place > 0)


def _curve(parent: Box, child: Box) -> str:
    """Lead to a child that may lie in any column."""
    start, end, pull = parent.x + BOX_WIDTH, child.x, COLUMN_GAP * 0.8
    ends = f"{end - pull} {child.middle + 6} {end} {child.middle + 6}"
    return f"M{start} {parent.middle}C{start + pull} {parent.middle} {ends}"


def _elbow(parent: Box, child: Box) -> str:
    """Lead to a child in the next column, by a trunk that its sisters share."""
    start, end = parent.x + BOX_WIDTH, child.x
    trunk = end - COLUMN_GAP / 2
    if parent.middle == child.middle:
        return f"M{start} {parent.middle}H{end}"
    turn = 6 if child.middle > parent.middle else -6
    return (
        f"M{start} {parent.middle}H{trunk - 6}q6 0 6 {turn}"
        f"V{child.middle - turn}q0 {turn} 6 {turn}H{end}"
    )
