"""Prove that every figure stands where its locator says, in the texts that were read.

The project ships no text of others. Whoever holds the texts can check three things: the digest of
the file, the digest of the span (start and end in Unicode code points), and that the figure as
printed lies inside the span. Section and sentence are checked as far as the text tells them; a
section that curators named keeps its own count. In a text that has changed, the new places are
told. A cited place is counted apart: no text proves it until one is supplied (``checks/supplied``).
In a sheet, the span is the text of its cells (``curated/held/cells``).

Where a span is proved, what the node says is held against the words of the text (``checks/span``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from allograph.checks.span import read_spans
from allograph.checks.span.citations import printed_by
from allograph.checks.span.names import Names
from allograph.checks.span.reading import Place, Reading
from allograph.checks.supplied import Supplied, supplied_places
from allograph.curated.held.cells import HeldSheet
from allograph.curated.held.counted import counted_elsewhere
from allograph.curated.held.folded import Span
from allograph.curated.held.locators import (
    Held,
    HeldText,
    Locator,
    ReadText,
    as_text,
    content_of,
    sha256_of,
)
from allograph.curated.held.moved import spans_of
from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.errors import FileError
from allograph.evidence import evidence_of

_SENTENCE = 160
"""Characters of a sentence that are shown."""


@dataclass(frozen=True)
class Verification:
    """What was found, how many locators are proved or cited, and where others stand now."""

    results: list[ValidationResult]
    locators: int
    proved: int
    cited: int = 0
    supplied: tuple[Supplied, ...] = ()
    moved: dict[Locator, Span] = field(default_factory=dict)
    reads: dict[str, ReadText] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many locators there are, by what proves them."""
        return {"locators": self.locators, "proved": self.proved, "cited": self.cited}


def verify(loaded: Loaded, folder: Path, only: Collection[str] = ()) -> Verification:
    """Check the locators of all files, or of some, and their texts, against those in a folder."""
    return _Verifier(loaded, folder, only).verify()


class _Verifier:
    def __init__(self, loaded: Loaded, folder: Path, only: Collection[str]) -> None:
        self._loaded = loaded
        self._folder = folder
        held = Held(loaded)
        self._locators = [
            one for one in held.locators if not only or loaded.location(one.iri).path in only
        ]
        self._cited = [
            one for one in held.cited if not only or loaded.location(one.iri).path in only
        ]
        self._held = held
        needed = {locator.held_text for locator in (*self._locators, *self._cited)}
        needed |= _printing(loaded, only)
        self._texts = [
            text
            for text in held.texts.values()
            if not only or text.iri in needed or loaded.location(text.iri).path in only
        ]
        self._reads: dict[str, ReadText] = {}
        self._sheets: dict[str, HeldSheet] = {}
        self._moved: dict[Locator, Span] = {}
        self._results: list[ValidationResult] = []

    def verify(self) -> Verification:
        for held_text in self._texts:
            self._results += self._check_text(held_text)
        failed = set()
        for locator in self._locators:
            if found := list(self._check_locator(locator)):
                self._results += found
                failed.add(locator.iri)
            elif (read := self._reads.get(locator.held_text)) and not read.is_same:
                failed.add(locator.iri)
        self._results += self._check_sections(failed)
        self._results += self._check_words(failed)
        iris = {locator.iri for locator in self._locators}
        cited = {locator.iri for locator in self._cited}
        supplied = self._supplied()
        return Verification(
            sorted(self._results),
            len(iris | cited),
            len(iris - failed),
            len(cited),
            supplied,
            self._moved,
            self._reads,
        )

    def _supplied(self) -> tuple[Supplied, ...]:
        """The cited places whose text is at hand, each with a result that never fails."""
        found = tuple(supplied_places(self._cited, self._held, self._reads, self._folder))
        for one in found:
            severity = Severity.INFO if one.spans else Severity.WARNING
            result = self._result(one.locator.iri, "cited", one.told, one.locator.printed, severity)
            self._results.append(result)
        return found

    def _check_text(self, held_text: HeldText) -> Iterator[ValidationResult]:
        name = held_text.file_name
        try:
            content = content_of(held_text, self._folder)
            digest = hashlib.sha256(content).hexdigest()
            if not held_text.format:
                self._reads[held_text.iri] = as_text(held_text, content, self._folder)
            elif digest == held_text.sha256:
                self._sheets[held_text.iri] = HeldSheet(content, name, held_text.format)
        except FileError as error:
            message = f"{name} cannot be read: {error.message}."
            yield self._result(held_text.iri, "held-text", message)
            return
        if digest != held_text.sha256:
            message = f"{name} is not the file that was read: its SHA-256 differs."
            yield self._result(held_text.iri, "held-text", message, digest)

    def _check_locator(self, locator: Locator) -> Iterator[ValidationResult]:
        if sheet := self._sheets.get(locator.held_text):
            yield from self._check_cells(locator, sheet.text(locator.cells, locator.section) or "")
            return
        read = self._reads.get(locator.held_text)
        if read is None:
            message = "The text that the locator points into is not at hand."
            yield self._result(locator.iri, "text-at-hand", message, locator.report or None)
            return
        if locator.start is None or locator.end is None:
            message = "The locator says no place yet: allograph locate finds it."
            yield self._result(locator.iri, "span", message)
            return
        text = read.prose.text
        words = text[locator.start : locator.end]
        if sha256_of(words) != locator.sha256:
            yield self._check_moved(locator, spans_of(locator, text), read)
        elif not read.is_same:
            self._moved[locator] = (locator.start, locator.end)
        elif " ".join(locator.printed.split()) not in " ".join(words.split()):
            where = f"characters {locator.start} to {locator.end}"
            message = f'"{locator.printed}" is not printed in {where}.'
            yield self._result(locator.about, "printed", message, _shortened(words))

    def _check_cells(self, locator: Locator, text: str) -> Iterator[ValidationResult]:
        if sha256_of(text) != locator.sha256:
            message = f"Cells {locator.cells} are not the span that was read."
            yield self._result(locator.iri, "span", message, _shortened(text))
        elif locator.printed not in text:
            message = f'"{locator.printed}" is not printed in cells {locator.cells}.'
            yield self._result(locator.about, "printed", message, _shortened(text))

    def _check_moved(self, locator: Locator, spans: list[Span], read: ReadText) -> ValidationResult:
        old = f"Characters {locator.start} to {locator.end} are not the span that was read"
        match spans:
            case [(start, end)]:
                self._moved[locator] = (start, end)
                message = f"{old}; it stands at {start} to {end} now (verify --update writes it)."
            case []:
                message = f"{old}, and it stands nowhere else: locate it anew."
            case _:
                shown = ", ".join(f"{start} to {end}" for start, end in spans)
                message = f"{old}, and it stands more than once: {shown}; locate it anew."
        words = read.prose.text[locator.start : locator.end]
        return self._result(locator.iri, "span", message, _shortened(words))

    def _check_sections(self, failed: set[str]) -> Iterator[ValidationResult]:
        by_section: defaultdict[tuple[str, str], dict[str, Locator]] = defaultdict(dict)
        for locator in self._locators:
            if locator.iri not in failed and locator.section:
                by_section[locator.held_text, locator.section][locator.iri] = locator
        for (held_text, section), locators in by_section.items():
            if not (read := self._reads.get(held_text)):
                continue
            prose = read.prose
            for locator, told in counted_elsewhere(section, list(locators.values()), prose):
                message = f"By the text, this is {told}."
                found = f"{locator.section}, sentence {locator.sentence}"
                yield self._result(locator.iri, "sentence", message, found, Severity.WARNING)

    def _check_words(self, failed: set[str]) -> Iterator[ValidationResult]:
        nodes = self._loaded.nodes
        places = tuple(
            Place(nodes.of(locator.about), locator, self._reads[locator.held_text].prose)
            for locator in self._locators
            if locator.iri not in failed and locator.held_text in self._reads
        )
        texts = {
            report.iri: read.prose
            for report in nodes.having("heldAs")
            if (read := self._reads.get(report.value("heldAs"))) and read.is_same
        }
        if not texts:
            return
        evidence = evidence_of(self._loaded.nodes)
        for told in read_spans(Reading(evidence, places, texts, Names(nodes))):
            found = None if told.found is None else _shortened(told.found.rstrip("."), _SENTENCE)
            yield self._result(told.about, told.check, told.message, found, told.severity)

    def _result(
        self,
        node: str,
        check: str,
        message: str,
        value: str | None = None,
        severity: Severity = Severity.VIOLATION,
    ) -> ValidationResult:
        at = self._loaded.location(node)
        return ValidationResult(at, severity, node, None, value, message, f"verify:{check}")


def _printing(loaded: Loaded, only: Collection[str]) -> set[str]:
    """The held texts that can print the reports of some files."""
    nodes = loaded.nodes
    reports = {n.iri for n in nodes.having("tier") if loaded.location(n.iri).path in only}
    return {text for iri in printed_by(nodes, reports) for text in nodes.of(iri).iris("heldAs")}


def _shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."
