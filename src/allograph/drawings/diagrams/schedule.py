"""Draw a regimen over its cycles: a row for each drug and each range of patients, a column a cycle.

Within a cycle the doses stand in the order in which the source gives them, each with its day or
week where one is printed. How long a cycle is, no source has to say, so the columns are no time
axis. Steps without a cycle number stand in a last column of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from allograph.drawings.lettering import lines_of, width_of
from allograph.rdf.nodes import Node
from allograph.reading.described import number_of
from allograph.reading.figures import EN_DASH, unit_text
from allograph.reading.names import Names

LABEL_WIDTH = 196
CHIP_WIDTH, CHIP_HEIGHT = 78, 58
CHIP_MARGIN = 6
CHIP_GAP, CYCLE_GAP = 4, 10
APART_WIDTH = 156
HEAD_HEIGHT = 30
LANE_GAP = 14
LINE_HEIGHT = 16
FONT, SMALL_FONT = 13.0, 11.5

Patients = tuple[int, int]
WITHOUT_END = 10**9


@dataclass(frozen=True)
class Chip:
    """One dose at its place: when in the cycle, how much, in which unit."""

    step: Node
    x: float
    y: float
    width: float
    when: str
    dose: str
    unit: str


@dataclass(frozen=True)
class Lane:
    """The doses of one drug for one range of patients; ``starts_range`` at the first of a range."""

    y: float
    height: float
    patients: str
    drug: str
    lines: tuple[tuple[float, str], ...]
    chips: tuple[Chip, ...]
    starts_range: bool


@dataclass(frozen=True)
class Head:
    """A column: a cycle, or the steps without one."""

    x: float
    width: float
    text: str


@dataclass(frozen=True)
class Schedule:
    """A whole drawing, and its width and height in pixels."""

    heads: tuple[Head, ...]
    lanes: tuple[Lane, ...]
    width: float
    height: float


def draw_schedule(steps: Iterable[Node], names: Names) -> Schedule:
    """Give each dose step its place in each of its cycles."""
    ordered = sorted(
        steps, key=lambda step: (patients_of(step), number_of(step, "order"), step.iri)
    )
    rows = [(key, list(row)) for key, row in groupby(_by_drug(ordered), key=_row_of)]
    chip_width = max((_chip_width(row) for _, row in rows), default=CHIP_WIDTH)
    heads = _heads([row for _, row in rows], chip_width)
    lanes, y = [], float(HEAD_HEIGHT)
    before: Patients | None = None
    for (patients, drug), row in rows:
        words = patients_text(patients) if patients != before else ""
        lane = _lane(row, heads, chip_width, y, words, names.label(drug), drug)
        lanes.append(lane)
        before, y = patients, y + lane.height + LANE_GAP
    last = heads[-1] if heads else Head(LABEL_WIDTH, 0, "")
    return Schedule(heads, tuple(lanes), last.x + last.width + 1, y - LANE_GAP + 1)


def patients_of(step: Node) -> Patients:
    """The numbers of the first and the last patient of a step."""
    return (
        int(step.value("fromPatient") or 1),
        int(step.value("toPatient") or WITHOUT_END),
    )


def patients_text(patients: Patients) -> str:
    """Write a range of patients, who are numbered as they enter; nothing if it is everybody."""
    first, last = patients
    if last == WITHOUT_END:
        return f"from patient {first} on" if first > 1 else ""
    return f"patients {first} to {last}"


def dose_text(step: Node) -> str:
    """Write the dose without its unit; empty where none is printed."""
    low, high = step.value("doseLow"), step.value("doseHigh")
    return low if low == high else f"{low}{EN_DASH}{high}"


def cycles_of(step: Node) -> range:
    """The cycles of a step; none where no cycle is printed."""
    first = step.value("cycleFrom")
    return range(int(first), int(step.value("cycleTo") or first) + 1) if first else range(0)


def _row_of(step: Node) -> tuple[Patients, str]:
    return patients_of(step), step.value("drug")


def _by_drug(steps: Sequence[Node]) -> list[Node]:
    """Keep steps of one drug together, drugs in the order of their first steps."""
    first = {row: place for place, row in reversed(list(enumerate(map(_row_of, steps))))}
    return sorted(steps, key=lambda step: (patients_of(step), first[_row_of(step)]))


def _chip_width(row: Sequence[Node]) -> float:
    """Wide enough for the words of each dose that stands in a cycle."""
    whens = [
        when
        for place, step in enumerate(row, 1)
        if cycles_of(step)
        for when in (when_text(step, place), when_text(step))
    ]
    widest = max((width_of(when, SMALL_FONT) for when in whens), default=0)
    return max(CHIP_WIDTH, round(widest + 2 * CHIP_MARGIN))


def _heads(rows: Sequence[Sequence[Node]], chip_width: float) -> tuple[Head, ...]:
    steps = [step for row in rows for step in row]
    heads, x = [], float(LABEL_WIDTH)
    columns = {(number, text) for step in steps for number, text in _cycle_columns(step)}
    for number, text in sorted(columns):
        most = max(sum((number, text) in _cycle_columns(step) for step in row) for row in rows)
        width = max(most * (chip_width + CHIP_GAP) - CHIP_GAP, width_of(text, FONT) + CHIP_MARGIN)
        heads.append(Head(x, width, text))
        x += width + CYCLE_GAP
    if any(not cycles_of(step) for step in steps):
        heads.append(Head(x, APART_WIDTH, "Cycle not printed"))
    return tuple(heads)


def _lane(
    row: Sequence[Node],
    heads: Sequence[Head],
    chip_width: float,
    y: float,
    patients: str,
    drug: str,
    iri: str,
) -> Lane:
    words = ([patients.capitalize()] if patients else []) + list(
        lines_of(drug, LABEL_WIDTH - 16, FONT, most=3)
    )
    apart = [step for step in row if not cycles_of(step)]
    height = max(CHIP_HEIGHT * max(len(apart), 1), LINE_HEIGHT * len(words) + 10)
    lines = tuple((y + 16 + i * LINE_HEIGHT, text) for i, text in enumerate(words))
    chips = tuple(_chips(row, heads, chip_width, y))
    return Lane(y, height, patients, iri, lines, chips, bool(patients))


def _chips(
    row: Sequence[Node], heads: Sequence[Head], chip_width: float, y: float
) -> Iterator[Chip]:
    for head in heads:
        given = [step for step in row if head.text in _columns_of(step)]
        for place, step in enumerate(given):
            is_apart = not cycles_of(step)
            across, down = (0, place) if is_apart else (place, 0)
            yield Chip(
                step=step,
                x=head.x + across * (chip_width + CHIP_GAP),
                y=y + down * CHIP_HEIGHT,
                width=head.width if is_apart else chip_width,
                when=when_text(step, place + 1 if len(given) > 1 else 0),
                dose=dose_text(step) or "dose not printed",
                unit=unit_text(step.value("doseUnit")),
            )


def _columns_of(step: Node) -> set[str]:
    return {text for _, text in _cycle_columns(step)} or {"Cycle not printed"}


def _cycle_columns(step: Node) -> set[tuple[int, str]]:
    """The cycles of a step and what stands over them; without a last cycle it goes on."""
    end = "" if step.value("cycleTo") else " onward"
    return {(cycle, f"Cycle {cycle}{end}") for cycle in cycles_of(step)}


def when_text(step: Node, place: int = 0) -> str:
    """Write the day or the week; else the number of cycles at most, or the place in the cycle."""
    for word in ("day", "week"):
        if number := step.value(word):
            return f"{word} {number}"
    if most := step.value("maximumCycles"):
        return f"up to {most} cycles"
    often = step.value("frequency")
    if place:
        return f"{often} dose {place}".strip()
    return often or "day not printed"


def cycles_text(step: Node) -> str:
    """Write when a step is given: its cycles, then its day or week."""
    cycles = cycles_of(step)
    first, last = cycles[:1], cycles[1:][-1:]
    words = []
    if last:
        words.append(f"cycles {first[0]} to {last[0]}")
    elif first:
        words.append(f"cycle {first[0]}" if step.value("cycleTo") else f"cycle {first[0]} onward")
    return ", ".join([*words, when_text(step)])
