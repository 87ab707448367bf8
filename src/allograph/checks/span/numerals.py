"""Numbers that a text writes as words, and lists of numbers: ``second and third``, ``1, 8 to 10``.

The words are those of small numbers: days, weeks, cycles and years are counted with them.
"""

from __future__ import annotations

import re

CARDINALS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
)  # fmt: skip
NUMBER_OF = {word: place + 1 for words in (CARDINALS, ORDINALS) for place, word in enumerate(words)}
"""What each word counts."""

CARDINAL = rf"(?:\d{{1,3}}|{'|'.join(CARDINALS)})"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})"
_BETWEEN = r"\s*(?:,\s*and|,|;|/|&|and|or|to|through|-)\s*"
CARDINAL_LIST = rf"{CARDINAL}(?:{_BETWEEN}{CARDINAL}(?![\w.%]))*"
ORDINAL_LIST = rf"{ORDINAL}(?:{_BETWEEN}(?:the\s+)?{ORDINAL})*"
_ITEM = re.compile(rf"(?P<to>(?:to|through|-)\s*)?(?P<word>{ORDINAL}|{CARDINAL})", re.IGNORECASE)
_TIME = re.compile(rf"\b({'|'.join(CARDINALS)})(?=[\s-]+(?:years?|months?|weeks?|days?)\b)", re.I)


def number_of(word: str) -> int:
    """The number of a word or of figures: 2 for ``second``, ``two``, ``2nd`` and ``2``."""
    return NUMBER_OF.get(word.lower()) or int(re.sub(r"\D", "", word))


def listed(text: str) -> frozenset[int]:
    """The numbers of a list; ``1 to 3`` are three."""
    found: list[int] = []
    for item in _ITEM.finditer(text):
        number = number_of(item["word"])
        if item["to"] and found and found[-1] < number:
            found += range(found[-1] + 1, number)
        found.append(number)
    return frozenset(found)


def in_figures(text: str) -> str:
    """A text in which the number of a time is in figures: ``1-year`` for ``one-year``."""
    return _TIME.sub(lambda match: str(number_of(match[1])), text)
