"""Search a text as a reader would, and answer with the exact spans.

To a reader a line break is a space, a non-breaking space is one too, and a hyphen is a dash; so
both sides are folded (NFKC of https://unicode.org/reports/tr15/, then dashes, quotes and runs of
white space), and every folded character remembers where it came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

Span = tuple[int, int]
"""Start and end in Unicode code points of the text as it is."""

_VARIANTS = dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-") | {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2032": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u2033": '"',
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
}  # fmt: skip
LEAST_LIKENESS = 0.6


@dataclass(frozen=True)
class Folded:
    """A text, to be searched."""

    text: str

    @cached_property
    def _folded(self) -> tuple[str, list[int]]:
        characters: list[str] = []
        origins: list[int] = []
        for origin, character in enumerate(self.text):
            for one in _fold(character):
                if one == " " and (not characters or characters[-1] == " "):
                    continue
                characters.append(one)
                origins.append(origin)
        return "".join(characters), origins

    def find(self, words: str) -> list[Span]:
        """Every span in which the words stand."""
        folded, origins = self._folded
        wanted = Folded(words)._folded[0].strip()
        if not wanted:
            return []
        starts = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", folded)]
        return [(origins[start], origins[start + len(wanted) - 1] + 1) for start in starts]

    def near(self, words: str, most: int = 3) -> list[Span]:
        """The spans that are most like the words, the likest first."""
        wanted = Folded(words)._folded[0].strip()
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(wanted.casefold())
        rated: list[tuple[float, Span]] = []
        for start, end in self._windows(len(wanted.split())):
            matcher.set_seq1(self._shown(start, end).casefold())
            if (
                matcher.real_quick_ratio() < LEAST_LIKENESS
                or matcher.quick_ratio() < LEAST_LIKENESS
            ):
                continue
            if (likeness := matcher.ratio()) >= LEAST_LIKENESS:
                rated.append((likeness, (start, end)))
        chosen: list[Span] = []
        for _likeness, span in sorted(rated, key=lambda one: (-one[0], one[1])):
            if len(chosen) < most and all(span[1] <= a or span[0] >= b for a, b in chosen):
                chosen.append(span)
        return chosen

    def _windows(self, count: int) -> Iterator[Span]:
        """As many words as were wanted, one less and one more, from each word on."""
        words = [match.span() for match in re.finditer(r"\S+", self.text)]
        for first in range(len(words)):
            for last in {max(count - 2, 0), count - 1, count}:
                if last >= 0 and first + last < len(words):
                    yield words[first][0], words[first + last][1]

    def _shown(self, start: int, end: int) -> str:
        return Folded(self.text[start:end])._folded[0]


def _fold(character: str) -> str:
    if character.isspace():
        return " "
    folded = "".join(_VARIANTS.get(one, one) for one in unicodedata.normalize("NFKC", character))
    return _VARIANTS.get(character, folded)
