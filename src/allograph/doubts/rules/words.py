"""English words by which labels and printed forms speak of outcomes, people, bounds and senses.

All lists of words that rules read stand here, so that a new word has one place. Tokens are lower
case, and words of one family are one token: ``died``, ``deaths`` and ``death`` are ``death``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

TOKEN = re.compile(r"[a-z]+|\d+")
FAMILIES: Mapping[str, str] = {
    word: family
    for family, words in {
        "death": "die dies died dying deaths dead",
        "relapse": "relapsed relapses relapsing",
        "remission": "remissions",
        "response": "respond responded responds responder responders responding responses",
        "transplant": "transplanted transplants transplantation transplantations hsct hct sct",
        "failure": "fail failed fails failing failures",
        "allogeneic": "allo",
        "negativity": "negative",
        "positivity": "positive",
        "stop": "stopped stopping stops discontinued discontinuation discontinuations",
        "occlusive": "occlusion",
        "infection": "infections infectious",
        "child": "children childhood paediatric pediatric",
        "adult": "adults",
    }.items()
    for word in words.split()
}
SAY_NOTHING = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with")
)
"""Words between the words of a name."""

PARTS = re.compile(r"\b(among|after|of the|without|in those|who)\b|[,;:(]", re.IGNORECASE)
"""What stands before the people of a figure, in its label."""
WITHOUT = re.compile(r"\bwithout\b", re.IGNORECASE)
PEOPLE = frozenset({"response", "transplant"})
"""Words that name people by what they had; of remission a label speaks as an outcome, too."""
IN_REMISSION = re.compile(
    r"\b(?:(?:those|people|patients|adults|children|were|arm,)\s+)in\s+(?:complete\s+)?remission",
    re.I,
)
ORDINALS = re.compile(
    r"\b(first|second|third)(?:[\s-]time)?[\s-](?:allogeneic\s)?(?:transplant|hsct)", re.I
)


def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, each as its family, without those that say nothing."""
    found = (FAMILIES.get(word, word) for word in TOKEN.findall(text.lower()))
    return tuple(word for word in found if word not in SAY_NOTHING)


AVERAGE = re.compile(r"\b(?:average|mean)\b", re.I)
MEDIAN = re.compile(r"\bmedian\b", re.I)
INCIDENCE = re.compile(r"\b(?:risk|incidence) of\b", re.I)

ORIGIN_WORDS: Mapping[str, str] = {
    "transplant": "transplant",
    "transplantation": "transplant",
    "hsct": "transplant",
    "response": "response",
    "remission": "response",
    "randomisation": "randomisation",
    "randomization": "randomisation",
    "treatment": "treatment-start",
    "first dose": "treatment-start",
}
"""The origins, by the words for them."""
EVENT = (
    r"(?:the\s|a\s|date of\s|day of\s|start of\s|first\s|allogeneic\s)*("
    + "|".join(sorted(ORIGIN_WORDS, key=len, reverse=True))
    + r")\b"
)
STARTS = re.compile(r"\b(?:from|since|after)\s" + EVENT, re.I)
"""From when on an outcome is counted."""
