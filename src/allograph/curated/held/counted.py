"""Compare the section and the sentence that locators say with those that the text tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from allograph.curated.held.locators import Locator
from allograph.curated.held.prose import Prose


def counted_elsewhere(
    section: str, locators: list[Locator], prose: Prose
) -> Iterator[tuple[Locator, str]]:
    """The locators of a section that stand elsewhere by the text, each with what the text tells.

    Of a section that the text does not name, only the distances between sentences can be checked:
    the count that most of its locators share is taken as right.
    """
    is_named = any(mark.name.casefold() == section.casefold() for mark in prose.marks)
    placed = [
        (one, one.start, one.sentence)
        for one in locators
        if one.start is not None and one.sentence is not None
    ]
    before = Counter(prose.ordinal(start) - sentence for _one, start, sentence in placed)
    for locator, start, sentence in placed:
        mark = prose.section_at(start)
        if is_named and mark:
            told = (mark.name, prose.sentence_of(start, mark))
        else:
            told = (section, prose.ordinal(start) - before.most_common(1)[0][0])
        if (told[0].casefold(), told[1]) != (section.casefold(), sentence):
            yield locator, f"{told[0]}, sentence {told[1]}"
