"""A second reading: whom it is about, what is still to be read, what is written, what differs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from allograph.curated.loaded import Loaded
from allograph.curated.readings.agreement import (
    FigureReadings,
    Reading,
    figures_in,
    readings_in,
)
from allograph.curated.readings.asked import Asked, asked_of
from allograph.curated.readings.cells import Answer
from allograph.curated.readings.parts import NUMBERS
from allograph.curated.readings.record import NewReading, ReadingFile
from allograph.curated.sources import Sources
from allograph.errors import ParameterError, nearest
from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.turtle import parse_turtle
from allograph.rdf.vocabularies import AG


@dataclass(frozen=True)
class Reader:
    """Who reads: a role, as ``second``, and a name if one was given."""

    role: str
    name: str = ""


@dataclass(frozen=True)
class Session:
    """The figures of some studies, or of one report of them, that one reader reads on one day."""

    sources: Sources
    loaded: Loaded
    studies: tuple[str, ...]
    report: str | None
    reader: Reader
    day: date

    @cached_property
    def asked(self) -> list[Asked]:
        """All figures that can be read, in reading order."""
        return asked_of(self.loaded.nodes, self.studies, self.report)

    @cached_property
    def known(self) -> Mapping[str, FigureReadings]:
        """The readings that there are, by the IRI of their figure."""
        return readings_in(self.loaded.nodes)

    def to_read(self, *, again: bool = False) -> list[Asked]:
        """The figures that nobody has read a second time, or all of them."""
        return [
            each
            for each in self.asked
            if again or each.iri not in self.known or not self.known[each.iri].checks
        ]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The figures by each name that they have: IRI, ``study:x#os``, ``x#os``, and ``os``."""
        names = _names(each.iri for each in self.asked)
        if len(self.studies) == 1:
            names |= {each.iri.partition("#")[2]: each.iri for each in self.asked}
        return names

    @cached_property
    def others(self) -> Mapping[str, str]:
        """The figures of other studies and reports, by name."""
        known = _names(figure.iri for figure in figures_in(self.loaded.nodes))
        return {name: iri for name, iri in known.items() if name not in self.names}

    def figure(self, name: str) -> str:
        """The IRI of a figure by one of its names; raise a ``ParameterError`` if there is none."""
        if name in self.names:
            return self.names[name]
        if name in self.others:
            raise ParameterError("settle", f"'{name}' is a figure of another study or report")
        short = {key_of(iri).partition("#")[2] for iri in self.names.values()}
        raise ParameterError("settle", f"no figure is called '{name}'{nearest(name, short)}")

    def reading(self, figure: str, answer: Answer, day: date | None = None) -> NewReading:
        """What the reader has read of a figure."""
        return NewReading(figure, answer, self.reader.role, self.reader.name, day or self.day)

    def is_known(self, reading: NewReading) -> bool:
        """Whether the same reader read the same of the figure already, on whichever day."""
        known = self.known.get(reading.figure)
        return known is not None and any(
            (each.role, each.name) == (reading.role, reading.name)
            and answer_in(each.node).facts == reading.answer.facts
            for each in known.readings
        )

    def settlement(self, figure: str, because: str) -> NewReading:
        """The reading that settles what differs: the figure as it stands now is right.

        Raises:
            ParameterError: nobody has read the figure again.

        """
        known = self.known.get(figure)
        settled = (known.open or known.checks[-1:]) if known else ()
        if not settled:
            message = f"nobody has read {key_of(figure)} again, so there is nothing to settle"
            raise ParameterError("settle", message)
        return NewReading(
            figure,
            answer_in(self.loaded.nodes.of(figure)),
            self.reader.role,
            self.reader.name,
            self.day,
            is_blind=False,
            settles=tuple(each.node.iri for each in settled),
            because=because,
        )

    def write(self, readings: Sequence[NewReading], *, is_new_version: bool = True) -> list[str]:
        """Write readings into the files of their studies, and name these files.

        The text of each is made before the first is written.
        """
        files = self._files(readings)
        texts = {file: file.text_with(of, is_new_version) for file, of in files.items()}
        for file, text in texts.items():
            file.write(text)
        return [file.shown_as for file in files]

    def with_readings(self, readings: Sequence[NewReading]) -> Session:
        """The same as if the readings had been written."""
        files = dict(self.loaded.files)
        graphs = dict(self.loaded.named_graphs)
        for file, of in self._files(readings).items():
            files[file.shown_as] = parse_turtle(file.text_with(of).encode(), file.shown_as)
            graphs[file.shown_as] = f"{BASE}graph/reading/{file.key}"
        return self.with_loaded(Loaded(files, graphs))

    def with_loaded(self, loaded: Loaded) -> Session:
        """The same over other contents of the files."""
        return replace(self, loaded=loaded)

    @property
    def open(self) -> list[tuple[str, Reading]]:
        """What differs and is not settled, each with the name of its figure."""
        figures = [each.iri for each in self.asked if each.iri in self.known]
        return [(key_of(iri), reading) for iri in figures for reading in self.known[iri].open]

    def _files(self, readings: Iterable[NewReading]) -> dict[ReadingFile, list[NewReading]]:
        files: dict[ReadingFile, list[NewReading]] = defaultdict(list)
        for reading in readings:
            study = reading.figure.partition("#")[0]
            label = self.loaded.nodes.of(study).label or key_of(study)
            files[ReadingFile(self.sources, study, label)].append(reading)
        return files


def answer_in(node: Node) -> Answer:
    """What a figure states, or a reading, as an answer."""
    return Answer(
        {part: text for part in NUMBERS if (text := node.text(part)) is not None},
        node.key("bound"),
        node.key("valueStatus"),
        not node.is_true("notFound"),
    )


def studies_of(name: str, nodes: Nodes) -> tuple[str, ...]:
    """The IRIs of the studies that ``all``, a key, ``study:x`` or an IRI names.

    Raises:
        ParameterError: no study is called so.

    """
    known = {node.iri for node in nodes.instances(AG.Study)}
    if name == "all":
        return tuple(sorted(known))
    key = name.removeprefix(f"{BASE}study/").removeprefix("study:")
    if f"{BASE}study/{key}" not in known:
        message = f"no study is called '{name[:100]}'{nearest(key, map(key_of, known))}"
        raise ParameterError("study", message)
    return (f"{BASE}study/{key}",)


def _names(figures: Iterable[str]) -> dict[str, str]:
    return {
        name: iri
        for iri in figures
        for name in (iri, key_of(iri), iri.removeprefix(BASE).replace("/", ":", 1))
    }
