"""Find where words are printed in a held text, and write the locator of that place.

The section is the one that the text names, or the one that curators gave its paragraph; sentences
are counted as ``prose`` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.curated.held.folded import Folded, Place
from allograph.curated.held.locators import Locator, ReadText, sha256_of
from allograph.curated.held.prose import Mark, Prose

MOST_PRINTED = 60
"""How many characters ``ag:reportedAs`` may have: a figure, never a sentence."""

CONTEXT = 30
"""How many characters around a place are shown."""


@dataclass(frozen=True)
class Located:
    """A place in a held text, as a locator tells it."""

    place: Place
    span: str
    section: str
    sentence: int
    line: int


def find(words: str, read: ReadText) -> list[Place]:
    """Every place where the words stand, with their exact offsets."""
    return Folded(read.prose.text).find(words)


def find_near(words: str, read: ReadText) -> list[Place]:
    """The places that are most like the words."""
    return Folded(read.prose.text).near(words)


def located(place: Place, read: ReadText, known: Iterable[Locator], section: str = "") -> Located:
    """Tell a place; ``known`` are the locators of the same text, ``section`` a name to give it."""
    prose = read.prose
    name, before = _section(place[0], prose, list(known), section)
    start, end = place
    return Located(
        place, prose.text[start:end], name, prose.ordinal(start) - before, prose.line_of(start)
    )


def _section(place: int, prose: Prose, known: list[Locator], wanted: str) -> tuple[str, int]:
    """The name of a section, and how many sentences of the text come before its first."""
    paragraph = _paragraph(place, prose.text)
    mark = prose.section_at(place)
    if not wanted and mark and mark.is_label and paragraph[0] <= mark.start <= paragraph[1]:
        return mark.name, _before(mark, prose)
    near = [
        one
        for one in known
        if one.start is not None
        and one.sentence is not None
        and (one.section == wanted if wanted else paragraph[0] <= one.start <= paragraph[1])
    ]
    for one in near:
        if one.start is not None and one.sentence is not None:
            return one.section, prose.ordinal(one.start) - one.sentence
    if wanted and (not mark or mark.name.casefold() != wanted.casefold()):
        return wanted, prose.ordinal(paragraph[0]) - 1
    return (mark.name, _before(mark, prose)) if mark else ("", -1)


def _before(mark: Mark, prose: Prose) -> int:
    return prose.ordinal(mark.start) - 1


def _paragraph(place: int, text: str) -> Place:
    """The line in which a place lies."""
    start = text.rfind("\n", 0, place) + 1
    end = text.find("\n", place)
    return start, len(text) if end < 0 else end


def as_turtle(found: Located, name: str) -> str:
    """The locator, ready to paste into the file of the figure."""
    section = found.section.replace("\\", "\\\\").replace('"', '\\"') or (
        "TODO: the text names none here; give the part of the text a name, as in Body"
    )
    return "\n".join(
        (
            f":{name}-at",
            "    a oa:TextPositionSelector ;",
            f"    oa:start {found.place[0]} ;",
            f"    oa:end {found.place[1]} ;",
            f'    ag:section "{section}" ;',
            f"    ag:sentence {found.sentence} ;",
            f'    ag:sha256 "{sha256_of(found.span)}" .',
        )
    )


def told(places: Iterable[Place], read: ReadText, known: Iterable[Locator]) -> Iterator[str]:
    """Each place in a line for people: where it is, and some words around it."""
    known = list(known)
    for start, end in places:
        one = located((start, end), read, known)
        section = f"{one.section}, " if one.section else ""
        shown = f"{section}sentence {one.sentence}: {_in_context(start, end, read.prose.text)}"
        yield f"{read.held.file_name}:{one.line}: {shown}"


def _in_context(start: int, end: int, text: str) -> str:
    """The words at a place in brackets, between some whole words before and behind them."""
    before = text[max(0, start - CONTEXT) : start]
    behind = text[end : end + CONTEXT]
    before = before if start <= CONTEXT else before.partition(" ")[2]
    behind = behind if end + CONTEXT >= len(text) else behind.rpartition(" ")[0]
    return " ".join(f"… {before}[{text[start:end]}]{behind} …".split())
