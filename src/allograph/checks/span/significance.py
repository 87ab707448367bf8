"""Whether a difference is called significant, against ``ag:significance``.

A p-value of 5% or more denies, a smaller one claims. Words that stand in the sentence but not in
the span may be about another comparison, so only a claim or a denial needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.checks.span.reading import Place, Reading, Told

DENIED = re.compile(
    r"\b(?:not|no|non|never|without|neither|nor|n't)\b[\s-]*(?:[\w,/-]+\s+){0,5}?significan\w*"
    r"|\binsignifican\w*|\bnonsignifican\w*|\(n\.?s\.?\)",
    re.IGNORECASE,
)
CLAIMED = re.compile(r"\bsignifican(?:t|tly|ce)\b", re.IGNORECASE)
P_VALUE = re.compile(
    r"\bp(?:[\s-]*values?)?\s*(?P<sign>[=<>≤≥]|of|was|is)\s*(?P<number>0?\.\d+)", re.IGNORECASE
)
THRESHOLD = 0.05


def significance(reading: Reading) -> Iterator[Told]:
    """A comparison that is called significant, or not, otherwise than the text calls it."""
    for place in reading.of("Comparison"):
        stated = reading.evidence.comparisons[place.node.iri].significance
        if stated is None:
            continue
        in_words, in_span = said(place.span), said(place.span) | by_p_values(place.span)
        everywhere = in_span or said(place.sentence) | by_p_values(place.sentence)
        if stated == "not-stated":
            if in_words:
                yield _told(place, stated, in_words)
        elif stated not in everywhere:
            yield _told(place, stated, everywhere)


def said(text: str) -> frozenset[str]:
    """What words say: ``claimed``, ``claimed-not``, both or nothing."""
    denials = {"claimed-not"} if DENIED.search(text) else set()
    claims = {"claimed"} if CLAIMED.search(DENIED.sub("", text)) else set()
    return frozenset(denials | claims)


def by_p_values(text: str) -> frozenset[str]:
    """What the p-values of a text say."""
    return frozenset(
        "claimed"
        if float(match["number"]) < THRESHOLD or (match["sign"] in "<≤" and _at_threshold(match))
        else "claimed-not"
        for match in P_VALUE.finditer(text)
    )


def _at_threshold(match: re.Match[str]) -> bool:
    return float(match["number"]) <= THRESHOLD


def _told(place: Place, stated: str, found: frozenset[str]) -> Told:
    says = {
        frozenset({"claimed"}): "calls the difference significant",
        frozenset({"claimed-not"}): "calls the difference not significant",
        frozenset(): "has neither the word nor a p-value",
    }.get(found, "says both of two differences")
    cure = "correct ag:significance, or locate the words"
    message = f"Significance is {stated} here, and the text {says}: {cure}."
    return Told(place.node.iri, "significance", message, place.sentence)
