"""Find where words are printed in a held text, and write the locator of them.

The section is the one that the text names, or the one that curators gave its paragraph; sentences
are counted as ``prose`` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.curated.held.folded import Folded, Span
from allograph.curated.held.headings import Mark
from allograph.curated.held.locators import Locator, ReadText, sha256_of
from allograph.curated.held.prose import Prose
from allograph.text.lines import line_around

MOST_PRINTED = 60
"""How many characters ``ag:reportedAs`` may have: a figure, never a sentence."""

CONTEXT = 30
"""How many characters around a span are shown."""


@dataclass(frozen=True)
class Located:
    """A span of a held text, as a locator tells it; ``text`` is what stands there.

    ``guess`` says why the section may be another one; it is empty where the text, a curator or a
    locator beside it says which it is.
    """

    span: Span
    text: str
    section: str
    sentence: int
    line: int
    guess: str = ""


def find(words: str, read: ReadText) -> list[Span]:
    """Every span in which the words stand."""
    return Folded(read.prose.text).find(words)


def find_near(words: str, read: ReadText) -> list[Span]:
    """The spans that are most like the words."""
    return Folded(read.prose.text).near(words)


def located(span: Span, read: ReadText, known: Iterable[Locator], section: str = "") -> Located:
    """Tell a span; ``known`` are the locators of the same text, ``section`` a name to give it."""
    prose, (start, end) = read.prose, span
    name, before, guess = _section(start, prose, list(known), section)
    sentence, line = prose.ordinal(start) - before, prose.line_of(start)
    return Located(span, prose.text[start:end], name, sentence, line, guess)


def _section(offset: int, prose: Prose, known: list[Locator], wanted: str) -> tuple[str, int, str]:
    """The name of a section, how many sentences come before its first, and why it is a guess."""
    paragraph = line_around(prose.text, offset)
    mark = prose.section_at(offset)
    if not wanted and mark and mark.is_label and paragraph[0] <= mark.start <= paragraph[1]:
        return mark.name, _before(mark, prose), mark.guess
    near = [
        one
        for one in known
        if one.start is not None
        and one.sentence is not None
        and (one.section == wanted if wanted else paragraph[0] <= one.start <= paragraph[1])
    ]
    for one in near:
        if one.start is not None and one.sentence is not None:
            return one.section, prose.ordinal(one.start) - one.sentence, ""
    if wanted and (not mark or mark.name.casefold() != wanted.casefold()):
        return wanted, prose.ordinal(paragraph[0]) - 1, ""
    if mark is None:
        return "", -1, "the text names none before it"
    return mark.name, _before(mark, prose), "" if wanted else mark.guess


def _before(mark: Mark, prose: Prose) -> int:
    return prose.ordinal(mark.start) - 1


def as_turtle(found: Located, name: str) -> str:
    """The locator, ready to paste into the file of the figure."""
    return "\n".join((f":{name}-at", *as_selector(found)))


def as_selector(found: Located) -> tuple[str, ...]:
    """The lines of a locator behind its name."""
    return ("    a oa:TextPositionSelector ;", *_place(found))


def as_passage(found: Located, name: str, reason: str) -> str:
    """The same place as a passage whose numbers are passed over, for the file of the report."""
    return "\n".join(
        (
            f":{name}",
            "    a ag:PassedOver , oa:TextPositionSelector ;",
            '    rdfs:label "TODO: what stands there, as in Number of comments"@en ;',
            "    ag:passageOf :text ;",
            f"    ag:reason reason:{reason} ;",
            *_place(found),
        )
    )


def _place(found: Located) -> Iterator[str]:
    section = found.section.replace("\\", "\\\\").replace('"', '\\"') or (
        "TODO: the text names none here; give the part of the text a name, as in Body"
    )
    yield f"    oa:start {found.span[0]} ;"
    yield f"    oa:end {found.span[1]} ;"
    yield f'    ag:section "{section}" ;'
    yield f"    ag:sentence {found.sentence} ;"
    yield f'    ag:sha256 "{sha256_of(found.text)}" .'


def told(spans: Iterable[Span], read: ReadText, known: Iterable[Locator]) -> Iterator[str]:
    """Each span in a line for people: where it is, and some words around it."""
    known = list(known)
    for start, end in spans:
        one = located((start, end), read, known)
        section = f"{one.section}, " if one.section else ""
        shown = f"{section}sentence {one.sentence}: {in_context(start, end, read.prose.text)}"
        yield f"{read.held.file_name}:{one.line}: {shown}"


def in_context(start: int, end: int, text: str) -> str:
    """The words of a span in brackets, between some whole words before and behind them."""
    before = text[max(0, start - CONTEXT) : start]
    behind = text[end : end + CONTEXT]
    before = before if start <= CONTEXT else before.partition(" ")[2]
    behind = behind if end + CONTEXT >= len(text) else behind.rpartition(" ")[0]
    return " ".join(f"… {before}[{text[start:end]}]{behind} …".split())
