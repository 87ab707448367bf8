"""Numbers and lists of numbers, in figures or in words: ``second and third``, ``1, 8 to 10``.

Days, weeks and cycles are counted with them; the words are those of ``text.number_words``.
"""

from __future__ import annotations

import re

from allograph.text import number_words

CARDINAL = rf"(?:\d{{1,3}}|{number_words.CARDINAL})"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{number_words.ORDINAL})"
_BETWEEN = r"\s*(?:,\s*and|,|;|/|&|and|or|to|through|-)\s*"
CARDINAL_LIST = rf"{CARDINAL}(?:{_BETWEEN}{CARDINAL}(?![\w.%]))*"
ORDINAL_LIST = rf"{ORDINAL}(?:{_BETWEEN}(?:the\s+)?{ORDINAL})*"
_ITEM = re.compile(rf"(?P<to>(?:to|through|-)\s*)?(?P<word>{ORDINAL}|{CARDINAL})", re.IGNORECASE)


def listed(text: str) -> frozenset[int]:
    """The numbers of a list; ``1 to 3`` are three."""
    found: list[int] = []
    for item in _ITEM.finditer(text):
        number = _number_of(item["word"])
        if item["to"] and found and found[-1] < number:
            found += range(found[-1] + 1, number)
        found.append(number)
    return frozenset(found)


def _number_of(word: str) -> int:
    """The number of a word or of figures: 2 for ``second``, ``two``, ``2nd`` and ``2``."""
    digits = re.match(r"\d+", word)
    return int(digits[0] if digits else number_words.readings(word)[0])
