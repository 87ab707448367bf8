"""English words by which labels and printed forms speak of outcomes, people, bounds and senses.

All lists of words that rules read stand here, so that a new word has one place. Tokens are lower
case, and words of one family are one token: ``died``, ``deaths`` and ``death`` are ``death``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from allograph.text.number_words import FRACTION

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

PARTS = re.compile(r"\b(among|after|of the|with|without|in those|who)\b|[,;:(]", re.IGNORECASE)
"""What stands before the people of a figure, in its label."""
CAUSE = re.compile(r"\b(?:for|because of|due to|owing to)\b", re.IGNORECASE)
"""What stands before the reason of an outcome, which is another outcome."""
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


KEPT = 100_000
"""How many texts are kept with what was read in them: labels and keys are read by many rules."""


@lru_cache(KEPT)
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

SUPERIOR = re.compile(
    r"\b(?:better|best|optimal|superior|superiority|improv\w+|prolong\w+|outperform\w*|longer|higher"
    r"|raised|lower|fewer|reduc\w+|more effective|favou?r\w*)\b",
    re.I,
)
"""Words that say that one side does better than another."""

_PEOPLE = r"(?:\s+(?:of them|of the|patients?|people|children|adults|responders))*"
PEOPLE_AND_SHARE = re.compile(
    rf"(?<![\d.])(\d+)(?:\s*/\s*\d+| of (?:the )?\d+)?{_PEOPLE}\s*[(\[]\s*(\d+(?:\.\d+)?)\s*%"
)
"""People and their share, as in ``39 (58.2%)`` or ``5 of 48 patients [10%]``."""
SHARE_AND_PEOPLE = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)\s*%\s*[(\[]\s*(?:n\s*=\s*)?(\d+)\s*[)\]/]"
)
"""A share and its people, as in ``43% (101)``."""
NUMERAL = re.compile(rf"\b(?:{FRACTION}|an? (?:month|year))\b", re.I)
"""A word for the value: a share, or the one of a time."""
_AT = r"[\s]*(?:the age of|a|an)?\s*$"
BOUNDS = (
    (
        "at-most",
        re.compile(r"(?:\bup to|\bat most|\bno more than|\bnot more than|≤|<=)" + _AT, re.I),
    ),
    (
        "more-than",
        re.compile(
            r"(?:(?<!\bno )(?<!\bnot )\b(?:more than|over|above|greater than|at least|exceeding)"
            r"|[>≥]|>=)" + _AT,
            re.I,
        ),
    ),
    ("less-than", re.compile(r"(?:\b(?:less than|under|below|fewer than)|<)" + _AT, re.I)),
    (
        "about",
        re.compile(
            r"(?:\b(?:about|approximately|around|nearly|almost|roughly|circa|ca\.)|[~≈])" + _AT,
            re.I,
        ),
    ),
)
"""Words and signs that stand before a value, by the bound that they mean."""
RANGE = re.compile(r"(?<!quartile )\brange\b", re.I)
QUARTILES = re.compile(r"quartiles?\b|\bIQR\b|\bQ[13]\b", re.I)
INTERVAL = re.compile(r"\b(?:CI|CrI|KI|confidence|credible|interval)\b", re.I)

NEGATIONS = frozenset(
    ("not", "no", "never", "neither", "nor", "without", "hardly", "failed", "cannot")
)
GOOD = frozenset(
    (
        *("better", "best", "improve", "improves", "improved", "improving", "superior", "optimal"),
        *("effective", "efficacious", "efficacy", "encouraging", "impressive", "benefit", "good"),
        *("well", "feasible", "promising", "favourable", "favorable", "longer", "prolonged"),
        *("outperformed", "safe", "valuable", "easy"),
    )
)
"""Words that speak well of what was done."""
BAD = frozenset(
    (
        *("worse", "worst", "worsened", "inferior", "ineffective", "disappointing", "discouraging"),
        *("badly", "poorly", "poor", "bad", "shorter", "shortened", "unfavourable", "harmful"),
        *(
            "hard",
            "challenging",
            "difficult",
            "infeasible",
            "futile",
            "unsafe",
            "impaired",
            "useless",
        ),
    )
)
"""Words that speak ill of it."""
MORE = frozenset(("higher", "highest", "raised", "increased", "more", "high", "greater", "raises"))
LESS = frozenset(("lower", "lowest", "lowered", "reduced", "decreased", "fewer", "low", "less"))
GOOD_THINGS = frozenset(
    (
        *("survival", "remission", "remissions", "response", "responses", "mrd", "cr", "effective"),
        *("efficacious", "efficacy", "negativity", "benefit"),
    )
)
BAD_THINGS = frozenset(
    (
        *("mortality", "death", "deaths", "relapse", "relapses", "toxicity", "risk", "harm"),
        *("recurrence", "vod", "infection", "infections", "hepatotoxicity"),
    )
)
"""What people want more of, and less of."""
THINGS_OF = (
    ("survival", frozenset(("survival", "lived"))),
    ("remission", frozenset(("remission", "remissions", "cr"))),
    ("response", frozenset(("response", "responses"))),
    ("mrd", frozenset(("mrd",))),
    ("relapse", frozenset(("relapse", "relapses", "recurrence"))),
    ("death", frozenset(("mortality", "death", "deaths"))),
)
"""Words for outcomes in a sentence, by a part of the keys of these outcomes."""
ALIKE = re.compile(
    r"\b(?:no (?:\w+ )?difference|not differ|did not|similar|same|equal|comparable|alike"
    r"|non.?inferior|equivalent)",
    re.I,
)
"""Words that say that two sides do not differ."""
BEST = re.compile(r"\b(?:best|optimal|highest|longest)\b", re.I)
WORST = re.compile(r"\b(?:worst|poorest|shortest)\b", re.I)

UN = ("un", "in", "im", "non", "dis")
"""What turns a word round, before it."""
