"""A claim whose words are the opposite of what it was printed as, or of another claim's.

Only plain opposites are read (``before`` and ``after``, ``small`` and ``large``, a negation that is
on one side alone), and a word counts only where the other text has nothing of its own side. What
stands behind a semicolon is a remark of the curator.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.opposite_words import OF_CLAIMS, in_names, opposed
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.words import FAMILIES, KEPT, LESS, MORE, NEGATIONS, UN
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Claim

WORD = re.compile(r"[a-z]+")
STOPS = frozenset(",;:.")
WORD_OR_STOP = re.compile(r"[a-z]+|[,;:.]")
CONDITIONS = re.compile(r"\b(?:if|whether|unless)\b", re.IGNORECASE)
NEAR = 3
"""Words behind a negation that it turns round."""
STEM = 6
"""Letters by which ``intensity`` and ``intense`` are alike."""
LONG = 4
"""Letters of a word that means something by itself."""
AMOUNTS = {**dict.fromkeys(MORE, 1), **dict.fromkeys(LESS, -1)}

PAIRS = in_names(OF_CLAIMS)


def claims_and_words(evidence: Evidence) -> Iterator[Doubt]:
    """A claim in words opposite to its printed form, or to a claim about the same thing."""
    for claim in evidence.claims.values():
        opposite = opposites(label_of(claim).partition(";")[0], claim.reported_as)
        if opposite:
            yield Doubt(claim.iri, f"It is printed with {opposite}.", claim.reported_as)
    amounts = [
        (claim, about, thing, sign)
        for claim in evidence.claims.values()
        for thing, sign in _amounts(label_of(claim).partition(";")[0])
        for about in claim.about
    ]
    alike = grouped(amounts, lambda found: (found[0].study, found[0].report, *found[1:3]))
    for same in alike.values():
        for (one, _about, _thing, sign), (other, *_rest, opposite_sign) in combinations(same, 2):
            if sign != opposite_sign:
                yield from _against(one, other)
                yield from _against(other, one)


@lru_cache(KEPT)
def opposites(said: str, printed: str) -> str:
    """In which words a text is the opposite of another; empty where in none."""
    for _word, opposite in opposed(said, printed, PAIRS):
        return _quoted(frozenset({opposite[0].lower()}))
    if denied := _denied(said, printed):
        return denied
    words, others = frozenset(_words(said)), frozenset(_words(printed))
    for ours, theirs in ((words - others, others - words), (others - words, words - others)):
        for word in sorted(ours):
            plain = next((word[len(un) :] for un in UN if word.startswith(un)), "")
            if len(plain) >= LONG and plain in theirs:
                return _quoted(frozenset((word, plain)) & others)
    return ""


def _denied(said: str, printed: str) -> str:
    """What one text denies, and the other says; nothing where they deny a thing alike."""
    turned, kept = _negated(said)
    their_turned, their_kept = _negated(printed)
    if turned & their_turned or CONDITIONS.search(printed):
        return ""
    if lost := (turned - kept) & (their_kept - their_turned):
        return f"{_quoted(_whole(lost, printed))} not denied"
    if lost := (kept - turned) & (their_turned - their_kept):
        return f"{_quoted(_whole(lost, printed))} denied"
    return ""


def _against(one: Claim, other: Claim) -> Iterator[Doubt]:
    yield Doubt(one.iri, f'Another claim says the opposite: "{other.label}"', None, (other.iri,))


@lru_cache(KEPT)
def _words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.lower()))


@lru_cache(KEPT)
def _negated(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words that a text denies, and those that it does not; by families, without small ones."""
    turned, kept, reach = set[str](), set[str](), 0
    for word in WORD_OR_STOP.findall(text.lower()):
        if word in NEGATIONS or word in STOPS:
            reach = NEAR if word in NEGATIONS else 0
            continue
        (turned if reach else kept).add(FAMILIES.get(word, word))
        reach = max(0, reach - 1)
    return _long(turned), _long(kept)


def _long(words: set[str]) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words if len(word) >= LONG)


def _whole(stems: frozenset[str], text: str) -> frozenset[str]:
    """The words of a text that have these stems."""
    words = ((FAMILIES.get(word, word)[:STEM], word) for word in _words(text))
    return frozenset(word for stem, word in words if stem in stems)


@lru_cache(KEPT)
def _amounts(text: str) -> frozenset[tuple[str, int]]:
    """The things of which a text says more, or less: ``(intens, -1)`` for ``less intense``."""
    words = _words(text)
    return frozenset(
        (behind[:STEM], AMOUNTS[word])
        for word, behind in pairwise(words)
        if word in AMOUNTS and len(behind) >= STEM
    )


def _quoted(words: frozenset[str]) -> str:
    return " and ".join(f'"{word}"' for word in sorted(words))
