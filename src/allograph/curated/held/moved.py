"""Find the new spans of locators in a text that has changed, and write them to the files.

A new span is only told when it is proved: its digest is the locator's, as the characters
stand or with each run of white space read as one space. What stands nowhere is not found, what
stands at two places is not unique; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from allograph.curated.formatter.edit import Changes, with_values
from allograph.curated.formatter.fmt import write_whole
from allograph.curated.held.folded import Span
from allograph.curated.held.locators import Locator, ReadText, sha256_of
from allograph.curated.loaded import Loaded
from allograph.curated.sources import Sources
from allograph.rdf.vocabularies import AG, OA
from allograph.text.files import read_text

_SPACE = re.compile(r"\s+")


def spans_of(locator: Locator, text: str) -> list[Span]:
    """Every span of a text whose digest is the locator's."""
    if locator.start is None or locator.end is None:
        return []
    length = locator.end - locator.start
    exact = [
        (start, start + length)
        for start in _starts(text, locator.printed, length)
        if sha256_of(text[start : start + length]) == locator.sha256
    ]
    return exact or _spans_but_for_space(locator, text, length)


def _spans_but_for_space(locator: Locator, text: str, length: int) -> list[Span]:
    characters: list[str] = []
    origins: list[int] = []
    for match in re.finditer(r"\s+|\S", text):
        characters.append(" " if match[0].isspace() else match[0])
        origins.append(match.start())
    origins.append(len(text))
    squeezed = "".join(characters)
    return [
        (origins[start], origins[start + length - 1] + 1)
        for start in _starts(squeezed, _SPACE.sub(" ", locator.printed), length)
        if sha256_of(squeezed[start : start + length]) == locator.sha256
    ]


def _starts(text: str, printed: str, length: int) -> list[int]:
    """Where a span of a length can start that holds what is printed."""
    last = len(text) - length
    if not printed:
        return list(range(last + 1))
    starts: set[int] = set()
    for match in re.finditer(f"(?={re.escape(printed)})", text):
        first = max(0, match.start() + len(printed) - length)
        starts.update(range(first, min(match.start(), last) + 1))
    return sorted(starts)


def changes_for(moved: Mapping[Locator, Span], reads: Mapping[str, ReadText]) -> Changes:
    """What is to be written so that locators stand at their new spans, by triple.

    The number of the sentence follows where the text itself names the section.
    """
    changes: Changes = {}
    for locator, (start, end) in moved.items():
        read = reads[locator.held_text]
        changes[locator.iri, OA.start] = str(start)
        changes[locator.iri, OA.end] = str(end)
        changes[locator.iri, AG.sha256] = f'"{sha256_of(read.prose.text[start:end])}"'
        mark = read.prose.section_at(start)
        if mark and mark.name == locator.section and locator.sentence is not None:
            changes[locator.iri, AG.sentence] = str(read.prose.sentence_of(start, mark))
        changes[read.held.iri, AG.sha256] = f'"{read.sha256}"'
    return changes


def update(changes: Changes, loaded: Loaded, sources: Sources) -> list[str]:
    """Write values into the files that state them, and name these files; all else stays."""
    texts: dict[str, str] = {}
    for shown_as in _files_of(changes, loaded):
        before = read_text(sources.root / shown_as, shown_as)
        after = with_values(before, changes, shown_as)
        if after != before:
            texts[shown_as] = after
    for shown_as, text in texts.items():
        write_whole(sources.root / shown_as, text, shown_as)
    return list(texts)


def _files_of(changes: Changes, loaded: Loaded) -> Iterable[str]:
    return sorted({loaded.location(subject).path for subject, _predicate in changes})
