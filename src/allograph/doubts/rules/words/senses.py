"""Whether a sentence speaks well or ill, clause by clause, and of which outcomes.

A clause has a sense when it has a word for good or bad (``better``, ``worse``), or a word for more
or less beside something good or bad (``raised remission``, ``higher mortality``); a negation
before the word turns it round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from allograph.doubts.rules.words.words import (
    BAD,
    BAD_THINGS,
    GOOD,
    GOOD_THINGS,
    KEPT,
    LESS,
    MORE,
    NEGATIONS,
)

CLAUSE = re.compile(r"[,;:]|\band\b|\bbut\b|\bwhile\b", re.IGNORECASE)
WORD = re.compile(r"[a-z]+")
NEAR = 3
"""Words between a negation and what it turns round."""
BEFORE, BEHIND = 5, 4
"""Words before and behind a word for more or less among which the thing stands."""


@dataclass(frozen=True)
class Sense:
    """A clause: 1 where it speaks well, -1 where it speaks ill; and its words."""

    sign: int
    words: frozenset[str]
    first: str


@lru_cache(KEPT)
def senses(text: str) -> tuple[Sense, ...]:
    """The senses of the clauses of a text; clauses without one are left out."""
    found = []
    for clause in CLAUSE.split(text.lower()):
        words = WORD.findall(clause)
        signs = {sign for sign, _word in _signs(words)}
        if len(signs) == 1:
            word = next(word for _sign, word in _signs(words))
            found.append(Sense(signs.pop(), frozenset(words), word))
    return tuple(found)


def sign_of(text: str) -> int:
    """1 where all clauses with a sense speak well, -1 where all speak ill, else 0."""
    signs = {sense.sign for sense in senses(text)}
    return signs.pop() if len(signs) == 1 else 0


def _signs(words: list[str]) -> Iterator[tuple[int, str]]:
    for place, word in enumerate(words):
        sign = 1 if word in GOOD else -1 if word in BAD else 0
        amount = 1 if word in MORE else -1 if word in LESS else 0
        if amount:
            near = (*words[place + 1 : place + 1 + BEHIND], *words[max(0, place - BEFORE) : place])
            thing = next((w for w in near if w in GOOD_THINGS or w in BAD_THINGS), None)
            sign = 0 if thing is None else amount if thing in GOOD_THINGS else -amount
        is_measured = place > 0 and words[place - 1] in MORE | LESS  # ``less effective``
        if sign and not is_measured:
            is_turned = not NEGATIONS.isdisjoint(words[max(0, place - NEAR) : place])
            yield (-sign if is_turned else sign), word
