"""A claim turned round: its label says the contrary of the words that it stands for.

Opposites are pairs of word families. A claim is told when, of one pair, its label has one side only
and its span the other side only; what follows a semicolon in a label is our own remark. A denial in
the label needs one in the sentence, or a condition, and the other way round in the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.checks.span.reading import Reading, Told, plain

OPPOSITES: tuple[tuple[str, str], ...] = (
    (r"more|higher|high|highly|raised|raises|increas\w+|greater|most",
     r"less|lower|lowered|low|reduc\w+|decreas\w+"),
    (r"better|best|optimal|improv\w+|superior|good|encouraging|impressive|valuable",
     r"worse|worst|poor|poorly|inferior|bad|badly|disappointing|useless|discouraging"),
    (r"effective|efficacy|active|works?", r"ineffective|inefficacy|inactive|futile"),
    (r"longer|long|long-term", r"shorter|short|short-term"),
    (r"well", r"poorly|badly"),
    (r"feasible|possible|safe", r"infeasible|impossible|unsafe"),
    (r"small|few", r"large|many|great"),
    (r"hard|difficult|challenging|aggressive", r"easy|easily|simple|harmless"),
    (r"before|prior", r"after|afterwards|following"),
    (r"all|every|everybody", r"none|nobody"),
    (r"some", r"none|nobody|all|every"),
    (r"up|gain|gained", r"loss|lost"),
    (r"alive|live|lived", r"dead|died|dies"),
    (r"negative", r"positive"),
    (r"related|similar", r"unrelated|dissimilar"),
    (r"identical", r"different"),
    (r"randomly|random|chance|randomi\w+", r"choice|chosen|non-?randomi\w+"),
    (r"approved", r"rejected|refused|unapproved"),
    (r"allogeneic|allo-\w+", r"autologous|auto-\w+"),
    (r"first", r"last|second"),
    (r"unexpectedly", r"expectedly"),
    (r"free|charge", r"paid|sold"),
    (r"in|inside", r"outside|out"),
)  # fmt: skip
"""Families of words that exclude each other; whole words, small or capital."""
_PAIRS = tuple(
    tuple(re.compile(rf"(?<![\w-])(?:{side})(?![\w-])", re.IGNORECASE) for side in pair)
    for pair in OPPOSITES
)
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
        opposites = _opposites(label, place.span)
        is_denied = bool(_NOT.search(place.span))
        if opposites and _denies(label) == is_denied:
            message = f'The label says "{opposites[0]}", and the text "{opposites[1]}": correct it.'
            yield Told(place.node.iri, "claim", message, place.span)
        elif not opposites and _denies(label) and not (is_denied or _IF.search(place.sentence)):
            message = "The label denies, and the text does not: correct it."
            yield Told(place.node.iri, "claim", message, place.span)


def _opposites(label: str, span: str) -> tuple[str, str] | None:
    """A word of a label and one of a span that exclude each other, if neither has both."""
    for one, other in _PAIRS:
        here, there = (
            (one.search(label), other.search(label)),
            (one.search(span), other.search(span)),
        )
        if here[0] and there[1] and not (here[1] or there[0]):
            return here[0][0], there[1][0]
        if here[1] and there[0] and not (here[0] or there[1]):
            return here[1][0], there[0][0]
    return None


def _denies(label: str) -> bool:
    return bool(_NOT.search(label)) and not _OF_THE_TEXT.search(label)
