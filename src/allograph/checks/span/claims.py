"""A claim turned round: its label says the contrary of the words that it stands for.

Opposites are those of ``doubts.rules.opposite_words``, unless a text denies its word. What follows
a semicolon in a label is our own remark. A denial in the label needs one in the sentence, or a
condition, and the other way round in the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.checks.span.names import HAZARD_OF_DEATH
from allograph.checks.span.reading import Place, Reading, Told, plain
from allograph.doubts.rules.words.opposite_words import (
    OF_CLAIMS,
    OF_KINDS,
    OF_LABELS,
    Pairs,
    in_sentences,
    opposed,
)

_PAIRS = in_sentences(OF_CLAIMS)
_LABEL_PAIRS, _KIND_PAIRS = in_sentences(OF_LABELS), in_sentences(OF_KINDS)
_DENIED = re.compile(
    r"(?<!or )\b(?:not|no|never|cannot|without|nor|neither)\b(?:[\s,]+(?:yet|other|further|longer"
    r"|the|a|an|do|to|be|been|as|any)\b)*[\s,]+(?P<word>[a-z-]+)",
    re.IGNORECASE,
)
"""A denial, and the word that it denies."""
_LESS = re.compile(
    r"\b(?:less|lower|low|fewer|few|reduced|poor\w*|worse|small|hard|difficult|challenging|without"
    r"|lack\w*|un(?!der|til|ique|it)\w{4,}|rare\w*|seldom)\b",
    re.IGNORECASE,
)
"""Words of a text that a denial can stand for."""
_HAZARD_OF_DEATH = re.compile(HAZARD_OF_DEATH, re.IGNORECASE)
_STEM = 5
_NOT = re.compile(r"\b(?:not|no|never|cannot|neither|nor|fail(?:s|ed)?)\b|n't\b", re.IGNORECASE)
_OF_THE_TEXT = re.compile(
    r"\b(?:print\w*|named?|stated?|given|shown|says?|said|read)\b", re.IGNORECASE
)
"""Words of a label that speaks of the text: what it does not print is no denial of it."""
_IF = re.compile(r"\b(?:if|whether|without)\b", re.IGNORECASE)


def claims(reading: Reading) -> Iterator[Told]:
    """A claim whose label has the opposite of a word of its span, or denies what it says."""
    for place in reading.of("Claim"):
        label = plain(reading.evidence.claims[place.node.iri].label).partition(";")[0]
        opposites = _opposites(label, place.span) or _opposites_around(label, place)
        is_denied = bool(_NOT.search(place.span))
        if opposites:
            ours, theirs = opposites
            message = f'The label says "{ours}", and the text "{theirs}": correct it.'
            yield Told(place.node.iri, "claim", message, place.span)
        elif _denies(label) and not (is_denied or _is_open(place)):
            message = "The label denies, and the text does not: correct it."
            yield Told(place.node.iri, "claim", message, place.span)
        elif word := _denied_on_one_side(label, place.span):
            message = f'"{word}" is denied on one side only, in the label or the text: correct it.'
            yield Told(place.node.iri, "claim", message, place.span)


def labels(reading: Reading) -> Iterator[Told]:
    """A figure, or people, whose label says the opposite of a word of the span."""
    for place in (*reading.by_class["Figure"], *reading.of("StudyGroup")):
        label = plain(place.node.label)
        span, sentence = (
            _HAZARD_OF_DEATH.sub("hazard ratio", text) for text in (place.span, place.sentence)
        )
        found = _opposites(label, span, _LABEL_PAIRS)
        if found := found or _opposites(label, sentence, _KIND_PAIRS):
            message = f'The label says "{found[0]}", and the text "{found[1]}": correct it.'
            yield Told(place.node.iri, "label", message, place.span)


def _is_open(place: Place) -> bool:
    return bool(_IF.search(place.sentence) or _LESS.search(place.span))


def _denied_on_one_side(label: str, span: str) -> str:
    """A word that one of two texts denies, and the other says without a denial."""
    if _OF_THE_TEXT.search(label) or re.search(r"\bif\b", span, re.IGNORECASE):
        return ""
    for one, other in ((label, span), (span, label)):
        denied = {_stem(match["word"]): match["word"] for match in _DENIED.finditer(one)}
        also = {_stem(match["word"]) for match in _DENIED.finditer(other)}
        if len(denied) == len(also) or _LESS.search(other):
            continue
        said = {_stem(word) for word in re.findall(r"[a-z-]{3,}", other.lower())}
        for stem, word in denied.items():
            if stem in said - also:
                return word
    return ""


def _stem(word: str) -> str:
    return "earli" if word.lower() in ("previous", "prior") else word.lower()[:_STEM]


def _opposites_around(label: str, place: Place) -> tuple[str, str] | None:
    """Opposites of a label and the rest of the sentence, where the span has neither side."""
    found = _opposites(label, place.sentence)
    if found and not any(_opposites(word, place.span) or word in place.span for word in found):
        return found
    return None


def _opposites(label: str, span: str, pairs: Pairs = _PAIRS) -> tuple[str, str] | None:
    """A word of a label and one of a span that exclude each other, both denied or neither."""
    return next(
        (
            (mine[0], its[0])
            for mine, its in opposed(label, span, pairs)
            if _is_denied(label, mine.start()) == _is_denied(span, its.start())
        ),
        None,
    )


def _is_denied(text: str, at: int) -> bool:
    """Whether a denial stands at most three words before a place, ``or not`` aside."""
    return bool(
        re.search(
            r"(?<!or )\b(?:not|no|never|cannot|nor|neither)\b(?:\s+\S+){0,2}\s+$",
            text[:at],
            re.IGNORECASE,
        )
    )


def _denies(label: str) -> bool:
    return bool(_NOT.search(label)) and not _OF_THE_TEXT.search(label)
