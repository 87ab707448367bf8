"""Read the held texts and the locators that the graph names, and the texts from a folder."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePath

from allograph.curated.held.prose import Prose
from allograph.curated.loaded import Loaded
from allograph.errors import FileError, Location
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import AG, DCTERMS, OA, RDF
from allograph.text.files import read_regular

MOST_BYTES = 50_000_000
"""Of a held text or sheet."""
_MOST_DIGITS = 12  # of an offset; Python refuses to read thousands


@dataclass(frozen=True)
class HeldText:
    """The text that was read for a report: its file, the digest of that file, a sheet's format."""

    iri: str
    file_name: str
    sha256: str
    format: str


@dataclass(frozen=True)
class Locator:
    """Where a figure is printed: ``start`` to ``end`` in Unicode code points of a held text.

    They are nothing while they are still to fill in, and in a sheet, where ``cells`` says the
    place. ``about`` is what is printed there, and ``printed`` how it is. A passage whose numbers
    are passed over is its own locator, and ``reason`` says why.
    """

    iri: str
    about: str
    printed: str
    report: str
    held_text: str
    start: int | None
    end: int | None
    section: str
    sentence: int | None
    cells: str
    sha256: str
    reason: str = ""


class Held:
    """What a graph says of held texts."""

    def __init__(self, loaded: Loaded) -> None:
        self._nodes = loaded.nodes

    @cached_property
    def texts(self) -> dict[str, HeldText]:
        """The held texts, by IRI."""
        return {
            node.iri: HeldText(
                iri=node.iri,
                file_name=node.value("fileName"),
                sha256=node.value("sha256"),
                format=node.value(DCTERMS["format"]),
            )
            for node in self._nodes.having("fileName")
        }

    @cached_property
    def locators(self) -> list[Locator]:
        """The locators, one for each node that names one, and the passages passed over."""
        passages = [self._locator(node, node) for node in self._nodes.having("passageOf")]
        return [one for one in self._named if one.iri not in self._cited] + passages

    @cached_property
    def cited(self) -> list[Locator]:
        """The cited places, one for each node that names one: no text that is held proves them."""
        return [one for one in self._named if one.iri in self._cited]

    def text_of(self, report: str) -> HeldText | None:
        """The text that was read for a report."""
        return self.texts.get(self._nodes.of(report).value("heldAs"))

    def reports(self) -> Iterator[str]:
        """The reports that name a text."""
        yield from (node.iri for node in self._nodes.having("heldAs"))

    @cached_property
    def _named(self) -> list[Locator]:
        return [
            self._locator(about, self._nodes.of(iri))
            for about in self._nodes.having("locator")
            for iri in about.texts("locator")
        ]

    @cached_property
    def _cited(self) -> set[str]:
        return {node.iri for node in self._nodes.instances(AG.CitedPlace)}

    def _locator(self, about: Node, node: Node) -> Locator:
        passage_of = about.value("passageOf")
        report = about.value("report") or about.value("disclosedIn")
        return Locator(
            iri=node.iri,
            about=about.iri,
            printed=about.value("reportedAs"),
            report=report,
            held_text=passage_of or self._nodes.of(report).value("heldAs"),
            start=_number(node.value(OA.start)),
            end=_number(node.value(OA.end)),
            section=node.value("section"),
            sentence=_number(node.value("sentence")),
            cells=node.value(RDF.value),
            sha256=node.value("sha256"),
            reason=about.value("reason"),
        )


@dataclass(frozen=True)
class ReadText:
    """A held text as a folder has it; ``is_same`` when it is the one that was read."""

    held: HeldText
    prose: Prose
    sha256: str

    @property
    def is_same(self) -> bool:
        return self.sha256 == self.held.sha256


def read_held_text(held: HeldText, folder: Path) -> ReadText:
    """Read a held text. Raises ``FileError`` where it is missing or no UTF-8."""
    return as_text(held, content_of(held, folder), folder)


def content_of(held: HeldText, folder: Path) -> bytes:
    """The bytes of a held text or sheet.

    Raises ``FileError`` where it is missing, is no regular file or lies in no such folder: the name
    comes from the graph, which others may have written.
    """
    path = folder / held.file_name
    if PurePath(held.file_name).is_absolute() or ".." in PurePath(held.file_name).parts:
        raise FileError(Location(held.file_name), "the name of a file in the folder is expected")
    return read_regular(path, str(path), MOST_BYTES)


def as_text(held: HeldText, content: bytes, folder: Path) -> ReadText:
    """Nothing is changed on the way, not even line ends: offsets count every code point."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        at = Location(str(folder / held.file_name))
        raise FileError(at, "this is not UTF-8; save it as UTF-8") from None
    return ReadText(held, Prose(text), hashlib.sha256(content).hexdigest())


def sha256_of(span: str) -> str:
    """The digest by which a locator knows its span."""
    return hashlib.sha256(span.encode()).hexdigest()


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None
