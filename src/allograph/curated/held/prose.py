"""Divide a held text into sections and sentences, as locators count them.

A *section* begins at a heading, which is a short line alone between blank lines and without a full
stop, or at a label of a structured abstract at the start of a line ("Methods: …"). A *sentence*
ends at a full stop, question or exclamation mark before white space and a capital or a figure, at
a blank line, and at the end of a line that a capital follows. Sentences are counted from 1 in their
section; a section goes on over its paragraphs.

Labels: those that the National Library of Medicine maps to the parts of a structured abstract
(https://www.nlm.nih.gov/bsd/policy/structured_abstracts.html), the frequent ones.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from allograph.text.lines import LINE_END, line_ends, with_line_feeds

LONGEST_HEADING = 80
LABELS = (
    "Abstract", "Aim", "Aims", "Background", "Background and Aims", "Conclusion", "Conclusions",
    "Design", "Discussion", "Findings", "Funding", "Interpretation", "Introduction", "Keywords",
    "Limitations", "Material and Methods", "Materials and Methods", "Method", "Methods",
    "Objective", "Objectives", "Participants", "Patients", "Patients and Methods", "Purpose",
    "Results", "Setting", "Significance", "Study Design", "Summary", "Trial Registration",
)  # fmt: skip
ABBREVIATIONS = (
    "al", "approx", "ca", "cf", "Co", "Dr", "e.g", "Eq", "etc", "Fig", "Figs", "i.e", "Inc", "Ltd",
    "Mr", "Mrs", "Ms", "No", "Nos", "pp", "Prof", "resp", "St", "vs",
)  # fmt: skip

_LABEL = re.compile(
    rf"(?P<name>{'|'.join(sorted(LABELS, key=len, reverse=True))})[ \t]*:[ \t]+", re.IGNORECASE
)
_LINE = re.compile(r"[^\r\n]+")
_BREAK = re.compile(LINE_END)
_OPENING = "\"'([\u201c\u2018"
_CLOSING = "\"')\\]\u201d\u2019"
_END = re.compile(
    rf"(?P<word>[\w.]*)(?P<stop>[.?!])[{_CLOSING}]*\s+(?=[{_OPENING}]*(?P<after_stop>\w))"
    rf"|(?P<blank>(?:{LINE_END})\s*(?:{LINE_END})\s*)(?=\S)"
    rf"|(?:{LINE_END})\s*(?=[{_OPENING}]*(?P<after_line>\w))"
)


@dataclass(frozen=True)
class Mark:
    """Where a section begins: its name, and where its first sentence may start."""

    name: str
    start: int
    is_label: bool


@dataclass(frozen=True)
class Prose:
    """A held text, with its sections and sentences; offsets are in Unicode code points."""

    text: str

    @cached_property
    def marks(self) -> list[Mark]:
        """The sections that the text itself names, in order."""
        return list(self._marks())

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

    def _marks(self) -> Iterator[Mark]:
        for match in _LINE.finditer(self.text):
            if label := _LABEL.match(self.text, match.start()):
                name = label["name"]
                yield Mark(name[0].upper() + name[1:], label.end(), is_label=True)
            elif self._is_heading(match):
                end = len(self.text) - len(self.text[match.end() :].lstrip())
                yield Mark(match[0].strip().rstrip(":").rstrip(), end, is_label=False)

    def _is_heading(self, line: re.Match[str]) -> bool:
        text = line[0].strip()
        above = _BREAK.split(self.text[: line.start()])[-2:]
        below = _BREAK.split(self.text[line.end() :], maxsplit=2)[1:2]
        return (
            0 < len(text) <= LONGEST_HEADING
            and re.search(r"[^\W\d_]", text) is not None
            and text[-1] not in ".?!;,"
            and not "".join(above).strip()
            and not "".join(below).strip()
        )


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
