"""Write readings into ``graph/reading/<study>.ttl``: blocks are added, all else in it stays.

The record of a study's readings is named for the study. A part is named for its figure and the
number of the reading, the one who entered it being the first: ``:os-24-read-2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from allograph.curated.formatter.fmt import formatted, write_whole
from allograph.curated.readings.cells import Answer
from allograph.curated.sources import Sources
from allograph.errors import FileError, Location
from allograph.namespaces import BASE, key_of
from allograph.rdf.turtle_statements import subject_lines
from allograph.rdf.vocabularies import BY_PREFIX
from allograph.text.files import read_text, reason

PREFIXES = {
    **{name: str(BY_PREFIX[name]) for name in ("ag", "dcterms", "owl", "rdfs", "xsd")},
    **{
        name: f"{BASE}{name}/"
        for name in ("bound", "organization", "reader", "reading", "status", "study")
    },
}
_VERSION = re.compile(r'(owl:versionInfo ")([0-9]+)(")')
_CREATED = re.compile(r'dcterms:created\s+"[^"]*"\^\^xsd:date')
_MODIFIED = re.compile(r'dcterms:modified\s+"[^"]*"\^\^xsd:date')
_DECLARED = re.compile(r"^@?prefix\s+([\w-]*):", re.IGNORECASE | re.MULTILINE)
_USED = re.compile(r"(?<![\w<:/#])([a-z]+):[a-z]", re.IGNORECASE)


@dataclass(frozen=True)
class NewReading:
    """A reading to be written; ``settles`` and ``because`` make it the settlement of others."""

    figure: str
    answer: Answer
    role: str
    name: str
    day: date
    is_blind: bool = True
    settles: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class ReadingFile:
    """The file of the readings of one study."""

    sources: Sources
    study: str
    label: str

    @property
    def key(self) -> str:
        """The key of the study, and of the record."""
        return key_of(self.study)

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self.sources.graph / "reading" / f"{self.key}.ttl"

    @property
    def shown_as(self) -> str:
        """How people see it."""
        return self.sources.relative(self.path)

    def write(self, text: str) -> None:
        """Write the file whole or not at all; raise a ``FileError`` if it cannot be written."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(Location(self.shown_as), reason(error)) from None
        write_whole(self.path, text, self.shown_as)

    def text_with(self, readings: Sequence[NewReading], is_new_version: bool = True) -> str:
        """The text of the file with some readings added.

        Raises:
            FileError: the file is no Turtle, or lacks the block of its named graph.

        """
        is_there = self.path.exists()
        text = read_text(self.path, self.shown_as) if is_there else self._skeleton()
        lines = subject_lines(text, self.shown_as)
        graph = f"{BASE}graph/reading/{self.key}"
        if graph not in lines:
            message = f"the block of the file itself is missing: <{graph}> a ag:RecordGraph"
            raise FileError(Location(self.shown_as), message)
        taken = {iri.partition("#")[2] for iri in lines}
        blocks = [self._block(reading, taken) for reading in readings]
        before = text.split("\n")
        at = lines[graph] - 1
        text = "\n".join([*before[:at], *blocks, *before[at:]])
        if is_there and is_new_version:
            text = _with_new_version(text)
        return formatted(_with_prefixes(text, self.key), self.shown_as)

    def _skeleton(self) -> str:
        """The file without a reading."""
        return (
            f"# Readings of the figures of {self.key}, made anew in their sources.\n\n"
            f"PREFIX : <{BASE}reading/{self.key}#>\n\n"
            f"reading:{self.key}\n    a ag:ReadingRecord ;\n"
            f"    rdfs:label {_text(f'Readings of {self.label}')}@en ;\n"
            f"    ag:study study:{self.key} .\n\n"
            f"<{BASE}graph/reading/{self.key}>\n    a ag:RecordGraph ;\n"
            "    dcterms:creator organization:allograph ;\n"
            f'    dcterms:created "{date.today()}"^^xsd:date ;\n    owl:versionInfo "1" .\n'
        )

    def _block(self, reading: NewReading, taken: set[str]) -> str:
        """A reading in Turtle, with a name that is not taken yet."""
        part = reading.figure.partition("#")[2]
        stem, number = (f"{part}-settled", 1) if reading.settles else (f"{part}-read", 2)
        while (name := f"{stem}-{number}") in taken:
            number += 1
        taken.add(name)
        statements = " ;\n".join(f"    {line}" for line in _statements(reading))
        return f":{name}\n{statements} .\n"


def _statements(reading: NewReading) -> Iterator[str]:
    yield "a ag:Reading"
    yield f"ag:figure <{reading.figure}>"
    yield f"ag:reader reader:{reading.role}"
    if reading.name:
        yield f"ag:readerName {_text(reading.name)}"
    yield f'ag:readOn "{reading.day}"^^xsd:date'
    yield f"ag:blind {str(reading.is_blind).lower()}"
    for iri in reading.settles:
        yield f"ag:settles <{iri}>"
    if reading.because:
        yield f"ag:settledBecause {_text(reading.because)}@en"
    answer = reading.answer
    if not answer.is_found:
        yield "ag:notFound true"
    if answer.bound:
        yield f"ag:bound bound:{answer.bound}"
    if answer.status:
        yield f"ag:valueStatus status:{answer.status}"
    for part, digits in answer.numbers.items():
        yield f"ag:{part} {digits}"


def _with_new_version(text: str) -> str:
    """The text with the next version, changed today: no reading is later than its file."""
    text = _VERSION.sub(lambda found: f"{found[1]}{int(found[2]) + 1}{found[3]}", text)
    modified = f'dcterms:modified "{date.today()}"^^xsd:date'
    if _MODIFIED.search(text):
        return _MODIFIED.sub(modified, text)
    return _CREATED.sub(lambda found: f"{found[0]} ;\n    {modified}", text)


def _with_prefixes(text: str, key: str) -> str:
    """The text with a declaration of each prefix that it uses."""
    known = {"": f"{BASE}reading/{key}#", **PREFIXES}
    declared = set(_DECLARED.findall(text))
    used = {"", *(match[1] for match in _USED.finditer(text))} & known.keys()
    new = "".join(f"PREFIX {name}: <{known[name]}>\n" for name in sorted(used - declared))
    first = _DECLARED.search(text)
    at = first.start() if first else 0
    return text[:at] + new + text[at:]


def _text(text: str) -> str:
    """A text as Turtle writes it (Turtle, section 6.4)."""
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
