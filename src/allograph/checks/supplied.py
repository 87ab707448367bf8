"""Find cited places in texts that somebody supplies, so that they can be proved.

The project cites the places of a text that nobody here may hold. Whoever has the text puts it into
the folder of held texts as ``<key of the report>.txt``; where the printed form stands there once,
or once in the section and the sentence that are cited, the place can be proved. What is not found
stays cited: nobody knows whether the text, the edition or the citation is another one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from allograph.curated.held.folded import Span
from allograph.curated.held.locate import find, located
from allograph.curated.held.locators import (
    Held,
    HeldText,
    Locator,
    ReadText,
    content_of,
    read_held_text,
)
from allograph.namespaces import key_of

ABSTRACT = "abstract"
"""What stands before the section of an abstract inside an article: ``Abstract, Results``."""


@dataclass(frozen=True)
class Supplied:
    """A cited place whose text was supplied, and the spans that it may be."""

    locator: Locator
    read: ReadText
    spans: tuple[Span, ...]

    @property
    def told(self) -> str:
        """What is to be said of it, in a sentence."""
        name, printed = self.read.held.file_name, self.locator.printed
        match self.spans:
            case [(start, end)]:
                where = f"characters {start} to {end} of {name}"
                return f"The cited place can be proved: {where} (verify --update writes it)."
            case []:
                return f'"{printed}" does not stand in {name}: the place stays cited.'
            case _:
                shown = ", ".join(f"{start} to {end}" for start, end in self.spans)
                return f"It stands more than once in {name}, {shown}: the place stays cited."


def supplied_places(
    cited: Iterable[Locator], held: Held, reads: Mapping[str, ReadText], folder: Path
) -> Iterator[Supplied]:
    """The cited places of reports whose text is held, or lies in the folder under their key.

    Raises ``FileError`` for a file that is no text.
    """
    known: dict[str, ReadText | None] = {}
    for locator in cited:
        if locator.report not in known:
            text = held.text_of(locator.report)
            known[locator.report] = reads.get(text.iri) if text else _read(locator.report, folder)
        if (read := known[locator.report]) is not None and read.is_same:
            yield Supplied(locator, read, _spans(locator, read))


def _read(report: str, folder: Path) -> ReadText | None:
    """The text that lies under the key of a report."""
    name = f"{key_of(report)}.txt"
    if not report or not (folder / name).is_file():
        return None
    held = HeldText(iri=f"{report}#text", file_name=name, sha256="", format="")
    digest = hashlib.sha256(content_of(held, folder)).hexdigest()
    return read_held_text(HeldText(held.iri, name, digest, ""), folder)


def _spans(locator: Locator, read: ReadText) -> tuple[Span, ...]:
    """Where the printed form stands; of several places, those in the section that is cited."""
    spans = find(locator.printed, read)
    if len(spans) > 1:
        places = {span: located(span, read, ()) for span in spans}
        near = [
            span
            for span, place in places.items()
            if _is_in_section(span[0], place.section, locator.section, read)
            and locator.sentence in (None, place.sentence)
        ]
        spans = near or spans
    return tuple(spans)


def _is_in_section(offset: int, name: str, cited: str, read: ReadText) -> bool:
    """Whether a section is the cited one; ``Abstract, Results`` is the first of its name."""
    name, cited = name.casefold(), cited.casefold()
    if cited != f"{ABSTRACT}, {name}":
        return name == cited
    marks = [mark for mark in read.prose.marks if mark.name.casefold() == name]
    return read.prose.section_at(offset) == next(iter(marks), None)
