"""Two readings of a figure in words: what each said, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from allograph.curated.readings.agreement import FigureReadings, Reading
from allograph.curated.readings.parts import NUMBERS, PEOPLE
from allograph.namespaces import graph_of
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal
from allograph.rdf.vocabularies import AG, DCTERMS
from allograph.reading.figures import share_text, spread_text, value_text
from allograph.reading.names import Names
from allograph.reading.record import RecordView

AGREES, DIFFERS, SETTLED, NOT_FOUND, SETTLES = (
    "agrees",
    "differs",
    "differed, settled",
    "not to be seen",
    "settles",
)
STATED = tuple(AG[name] for name in (*NUMBERS, "bound", "valueStatus"))


class Page(Protocol):
    """A page that knows what its figures are called, and what was read of them again."""

    @property
    def names(self) -> Names: ...

    @property
    def readings(self) -> Mapping[str, FigureReadings]: ...


@dataclass(frozen=True)
class Read:
    """What one reader read of a figure, in words."""

    reading: Reading
    stated: str
    verdict: str
    why: str


@dataclass(frozen=True)
class ReadFigure:
    """A figure, what is entered, and what was read of it again."""

    figure: Node
    stated: str
    again: tuple[Read, ...]
    count: int
    is_open: bool


def read_figures(view: RecordView) -> list[ReadFigure]:
    """All figures of a page with their readings, in reading order."""
    results = [figure for section in view.figures for figure in section.nodes]
    return [read_figure(figure, view) for figure in (*results, *view.comparisons)]


def first_read_on(view: RecordView) -> str:
    """The day on which the figures of the study of a record of readings were entered."""
    return view.nodes.of(graph_of(view.record.value("study"))).value(DCTERMS.created)


def read_text(figure: Node, view: Page) -> str:
    """How often a figure was read, as ``read twice (2026-11-28)``."""
    known = view.readings.get(figure.iri)
    if known is None or known.count == 1:
        return "readings differ" if known and known.open else "read once"
    return f"read twice ({known.seconds[-1].day})"


def stated_text(node: Node, unit: str, names: Names) -> str:
    """What a figure or a reading states: value, share, interval and range, in this unit."""
    values = {name: node.all(name) for name in STATED if node.all(name)}
    stated = Node(node.iri, values | {AG.unit: [Literal(unit)]})
    share = share_text(stated)
    if unit == PEOPLE:  # the value is the numerator
        share = f"of {stated.value('denominator')}" if stated.all("denominator") else ""
    texts = (value_text(stated, names), share, spread_text(stated))
    return ("; " if unit != PEOPLE else " ").join(filter(None, texts)) or "nothing printed"


def read_figure(figure: Node, view: Page) -> ReadFigure:
    """A figure with its readings."""
    unit = figure.value("unit")
    known = view.readings.get(figure.iri, FigureReadings(figure.iri, ()))
    return ReadFigure(
        figure=figure,
        stated=stated_text(figure, unit, view.names),
        again=tuple(_read(reading, known, unit, view.names) for reading in known.readings),
        count=known.count,
        is_open=bool(known.open),
    )


def _read(reading: Reading, known: FigureReadings, unit: str, names: Names) -> Read:
    verdict, why = AGREES, ""
    if reading.settles:
        verdict, why = SETTLES, reading.node.value("settledBecause")
    elif not reading.is_found:
        verdict = NOT_FOUND
    elif reading.differences:
        verdict = SETTLED if known.settlement_of(reading) else DIFFERS
        why = "; ".join(map(str, reading.differences))
    stated = stated_text(reading.node, unit, names) if reading.is_found else ""
    return Read(reading, stated, verdict, why)
