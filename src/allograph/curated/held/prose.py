"""Divide a held text into sections and sentences, as locators count them.

A *section* begins at a heading or a label, as ``headings`` says. A *sentence* ends at a full stop,
question or exclamation mark before white space and a capital or a figure, at a blank line, and at
the end of a line that a capital follows. Sentences are counted from 1 in their section; a section
goes on over its paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from allograph.curated.held.headings import Mark, marks_of
from allograph.text.lines import LINE_END, line_ends, with_line_feeds

ABBREVIATIONS = (
    "al", "approx", "ca", "cf", "Co", "Dr", "e.g", "Eq", "etc", "Fig", "Figs", "i.e", "Inc", "Ltd",
    "Mr", "Mrs", "Ms", "No", "Nos", "pp", "Prof", "resp", "St", "vs",
)  # fmt: skip

_OPENING = "\"'([\u201c\u2018"
_CLOSING = "\"')\\]\u201d\u2019"
_END = re.compile(
    rf"(?P<word>[\w.]*)(?P<stop>[.?!])[{_CLOSING}]*\s+(?=[{_OPENING}]*(?P<after_stop>\w))"
    rf"|(?P<blank>(?:{LINE_END})\s*(?:{LINE_END})\s*)(?=\S)"
    rf"|(?:{LINE_END})\s*(?=[{_OPENING}]*(?P<after_line>\w))"
)


@dataclass(frozen=True)
class Prose:
    """A held text, with its sections and sentences; offsets are in Unicode code points."""

    text: str

    @cached_property
    def marks(self) -> list[Mark]:
        """The sections that the text itself names, in order."""
        return list(marks_of(self.text))

    @cached_property
    def _ends(self) -> list[int]:
        """The places at which a next sentence starts."""
        return sorted({match.end() for match in _END.finditer(self.text) if _is_end(match)})

    def section_at(self, offset: int) -> Mark | None:
        """The section in which an offset lies."""
        before = [mark for mark in self.marks if mark.start <= offset]
        return before[-1] if before else None

    def ordinal(self, offset: int) -> int:
        """How many sentences of the whole text have started before or at an offset."""
        return bisect_right(self._ends, offset)

    def sentence_of(self, offset: int, section: Mark | None) -> int:
        """The number of the sentence at an offset, counted in a section."""
        return self.ordinal(offset) - self.ordinal(section.start if section else 0) + 1

    def around(self, start: int, end: int) -> tuple[int, int]:
        """Start and end of the sentences in which a span lies."""
        first = bisect_right(self._ends, start)
        last = bisect_left(self._ends, max(end, start + 1))
        return (
            self._ends[first - 1] if first else 0,
            self._ends[last] if last < len(self._ends) else len(self.text),
        )

    def sentences(self) -> Iterator[str]:
        """The sentences of the text, in order."""
        for start, end in pairwise((0, *self._ends, len(self.text))):
            yield self.text[start:end]

    def line_of(self, offset: int) -> int:
        """The line of an offset, counted from 1."""
        return line_ends(self.text[:offset]) + 1


def _is_end(match: re.Match[str]) -> bool:
    """Tell an end from the full stop of an abbreviation or an initial, and from a wrapped line."""
    if match["blank"] or (match["stop"] and "\n\n" in with_line_feeds(match[0])):
        return True
    if not match["stop"]:
        return match["after_line"].isupper()
    word = match["word"]
    is_short = word in ABBREVIATIONS or (len(word) == 1 and word.isupper())
    follows = match["after_stop"]
    return (follows.isupper() or follows.isdigit()) and not is_short
