"""Prove that every figure stands where its locator says, in the texts that were read.

The project ships no text of others. Whoever holds the texts can check three things: the digest of
the file, the digest of the span (start and end in Unicode code points), and that the figure as
printed lies inside the span. In a sheet, the span
is the text of its cells (``importers/cells.py``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from allograph.findings import Severity, ValidationResult
from allograph.importers.cells import HeldSheet
from allograph.load import Loaded
from allograph.sources import reason

AG = "https://w3id.org/allograph/ontology#"
OA = "http://www.w3.org/ns/oa#"
FORMAT = "http://purl.org/dc/terms/format"
CELLS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


@dataclass(frozen=True)
class Verification:
    """What was found, and how many of the locators were proved."""

    results: list[ValidationResult]
    locators: int
    proved: int


def verify(loaded: Loaded, folder: Path) -> Verification:
    """Check every held text and every locator against the texts in a folder."""
    return _Verifier(loaded, folder).verify()


class _Verifier:
    def __init__(self, loaded: Loaded, folder: Path) -> None:
        self._loaded = loaded
        self._folder = folder
        self._values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._located: list[tuple[str, str]] = []
        for quad in loaded.quads:
            subject, predicate, value = (term.value for term in quad.triple)
            self._values[subject, predicate].append(value)
            if predicate == f"{AG}locator":
                self._located.append((subject, value))

    def verify(self) -> Verification:
        texts: dict[str, str | HeldSheet] = {}
        results = []
        for (held_text, predicate), names in self._values.items():
            if predicate == f"{AG}fileName":
                text = self._read(held_text, names[0])
                if isinstance(text, ValidationResult):
                    results.append(text)
                else:
                    texts[held_text] = text
        failed = set()
        for subject, locator in self._located:
            for result in self._check_locator(subject, locator, texts):
                results.append(result)
                failed.add(locator)
        locators = {locator for _subject, locator in self._located}
        return Verification(sorted(results), len(locators), len(locators - failed))

    def _read(self, held_text: str, name: str) -> str | HeldSheet | ValidationResult:
        try:
            content = (self._folder / name).read_bytes()
        except OSError as error:
            message = f"{name} cannot be read: {reason(error)}."
            return self._result(held_text, "held-text", message)
        digest = hashlib.sha256(content).hexdigest()
        if digest != self._value(held_text, f"{AG}sha256"):
            message = f"{name} is not the file that was read: its SHA-256 differs."
            return self._result(held_text, "held-text", message, digest)
        if format := self._value(held_text, FORMAT):
            return HeldSheet(content, name, format)
        return content.decode()

    def _check_locator(
        self, subject: str, locator: str, texts: dict[str, str | HeldSheet]
    ) -> Iterator[ValidationResult]:
        report = self._value(subject, f"{AG}report") or self._value(subject, f"{AG}disclosedIn")
        held_text = self._value(report, f"{AG}heldAs")
        if held_text not in texts:
            message = "The text that the locator points into is not at hand."
            yield self._result(locator, "text-at-hand", message, report or None)
            return
        place, span = self._span(locator, texts[held_text])
        if hashlib.sha256(span.encode()).hexdigest() != self._value(locator, f"{AG}sha256"):
            message = f"{place} are not the span that was read."
            yield self._result(locator, "span", message, _shortened(span))
        elif (printed := self._value(subject, f"{AG}reportedAs")) not in span:
            message = f'"{printed}" is not printed in {place[0].lower()}{place[1:]}.'
            yield self._result(subject, "printed", message, _shortened(span))

    def _span(self, locator: str, held: str | HeldSheet) -> tuple[str, str]:
        """The place that a locator names, in words, and what stands there."""
        cells = self._value(locator, CELLS)
        if cells or isinstance(held, HeldSheet):
            section = self._value(locator, f"{AG}section")
            span = held.span(cells, section) if isinstance(held, HeldSheet) else None
            return f"Cells {cells}", span or ""
        start = int(self._value(locator, f"{OA}start"))
        end = int(self._value(locator, f"{OA}end"))
        return f"Characters {start} to {end}", held[start:end]

    def _value(self, subject: str, predicate: str) -> str:
        values = self._values.get((subject, predicate))
        return values[0] if values else ""

    def _result(
        self, node: str, rule: str, message: str, value: str | None = None
    ) -> ValidationResult:
        at = self._loaded.location(node)
        return ValidationResult(
            at, Severity.VIOLATION, node, None, value, message, f"verify:{rule}"
        )


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."
