"""Draw shared people as bars: the whole above, its parts below it where they belong.

All bars of a family have one scale. The parts of a pool follow each other, so that together they
are as long as the pool, and so do groups with nobody in common; what lies within another begins
where that does; of some in common, how many is not known, so that bars only say that they meet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from allograph.curated.shared_people import study_of
from allograph.drawings.diagrams.flow import UNKNOWN_SIZE
from allograph.drawings.lettering import lines_of
from allograph.rdf.nodes import Node, Nodes
from allograph.reading.families import Told, by_size, members_of, short_label, size_of
from allograph.reading.names import Names

WIDTH = 336
BAR_HEIGHT = 14
LINE_HEIGHT = 16
GAP = 12
HEAD_HEIGHT = 26
FONT = 12.5
SHORTEST = 6.0


@dataclass(frozen=True)
class Bar:
    """A group at its place; ``lines`` are pairs of a baseline and its text, above the bar."""

    group: str
    x: float
    y: float
    width: float
    size: str
    lines: tuple[tuple[float, str], ...]
    is_whole: bool
    is_open: bool


@dataclass(frozen=True)
class Block:
    """Shared people under their heading."""

    shared: Node
    y: float
    heading: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class FamilyDrawing:
    """A whole drawing, and its width and height in pixels."""

    blocks: tuple[Block, ...]
    width: float
    height: float


def draw_family(told: Sequence[Told], nodes: Nodes, names: Names) -> FamilyDrawing:
    """Give each group of shared people its bar, in the order in which they are told."""
    sizes = [size_of(member, nodes) or 0 for one in told for member in members_of(one.shared)]
    scale = (WIDTH - 2) / max((*sizes, 1))
    blocks = []
    y = 0.0
    for one in told:
        bars = tuple(_bars(one.shared, nodes, names, scale, y + HEAD_HEIGHT))
        blocks.append(Block(one.shared, y + HEAD_HEIGHT - 10, names.label(one.shared.iri), bars))
        y = max((bar.y + BAR_HEIGHT for bar in bars), default=y + HEAD_HEIGHT) + GAP
    return FamilyDrawing(tuple(blocks), WIDTH, y)


def _bars(shared: Node, nodes: Nodes, names: Names, scale: float, y: float) -> Iterator[Bar]:
    wholes = shared.iris("whole")
    rest = by_size((*shared.iris("part"), *shared.iris("between")), nodes)
    is_open = shared.key("sharing") == "partial"
    x = 1.0
    for member in (*wholes, *rest):
        texts = lines_of(_words(member, nodes, names), WIDTH - 52, FONT, most=3)
        lines = tuple((y + (place + 0.8) * LINE_HEIGHT, text) for place, text in enumerate(texts))
        y += len(texts) * LINE_HEIGHT + 3
        size = size_of(member, nodes)
        width = WIDTH - 1 - x if size is None else max(size * scale, SHORTEST)
        yield Bar(
            group=member,
            x=round(x, 1),
            y=y,
            width=round(min(width, WIDTH - 1 - x), 1),
            size=UNKNOWN_SIZE if size is None else str(size),
            lines=lines,
            is_whole=member in wholes,
            is_open=is_open or size is None,
        )
        y += BAR_HEIGHT + GAP
        if member not in wholes:
            x = _next_x(shared.key("sharing"), x, width)


def _words(member: str, nodes: Nodes, names: Names) -> str:
    """The study and the group; of a whole study, its label."""
    study, label = study_of(nodes, member), names.label(member)
    return label if study == member else f"{short_label(study, names)}: {label}"


def _next_x(sharing: str | None, x: float, width: float) -> float:
    """Where the next bar begins: behind the one above, under it, or half way."""
    if sharing in ("pooled", "apart"):
        return min(x + width, WIDTH - SHORTEST)
    return min(x + width / 2, WIDTH - SHORTEST) if sharing == "partial" else 1.0
