"""Higher, lower, better, worse: the words of a comparison against ``ag:direction``."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.checks.span.reading import Place, Reading, Told, words
from allograph.checks.span.treatments import sides_swapped
from allograph.curated.results import Severity
from allograph.evidence.records import Comparison

WORDS = words(
    better=r"\b(?:better|improved?s?|improving|superior|favou?r(?:ed|s|able)?|benefit(?:ed|s)?)\b",
    worse=r"\b(?:worse|inferior|poorer|worsened)\b",
    more=(
        r"\b(?:higher|greater|longer|larger|increased?|prolonged?|raised|more (?:often|frequent)"
        r"(?:ly)?)\b(?! than (?:a|an|half|\d))"
    ),
    less=(
        r"\b(?:lower(?:ed)?|shorter|smaller|reduced|decreased?|fewer"
        r"|less (?:often|frequent)(?:ly)?)\b"
    ),
    equal=(
        r"\b(?:similar|comparable|equal|identical|the same)\b"
        r"|\bno (?:(?:statistically )?significant )?difference"
        r"|\b(?:did|was|were) not (?:significantly )?differ"
    ),
)
"""What the words say of the group that they are about."""
SIGN = {"favours-group": 1, "favours-comparator": -1, "no-difference": 0}


def directions(reading: Reading) -> Iterator[Told]:
    """A direction that the words contradict, that they give, or that nothing gives."""
    claims = _claims_about(reading)
    for place in reading.of("Comparison"):
        comparison = reading.evidence.comparisons[place.node.iri]
        if comparison.direction not in (*SIGN, "not-stated"):
            continue
        said = _said(reading, place, comparison, place.span)
        in_span = bool(said)
        said = said or _said(reading, place, comparison, place.sentence)
        for claim in claims.get(comparison.iri, ()) if not said else ():
            said = said or _said(reading, place, comparison, claim.span)
        if comparison.direction == "not-stated":
            if in_span:
                yield _told(place, comparison, said, Severity.VIOLATION)
        elif said and SIGN[comparison.direction] not in said:
            yield _told(place, comparison, said, Severity.VIOLATION)
        elif not said and not _has_arms(comparison):
            yield _told(place, comparison, said, Severity.WARNING)


def _said(reading: Reading, place: Place, comparison: Comparison, text: str) -> frozenset[int]:
    """What a text says: 1 for the group, -1 for the comparator, 0 for neither; or nothing."""
    found = {key for key, pattern in WORDS.items() if pattern.search(text)}
    if "equal" in found and len(found) == 1:
        return frozenset({0})
    signs = {1 if key == "better" else -1 for key in found & {"better", "worse"}}
    desirable = reading.evidence.is_desirable(comparison.outcome)
    if not signs and desirable is not None:
        good = "more" if desirable else "less"
        signs = {1 if key == good else -1 for key in found & {"more", "less"}}
    turned = -1 if sides_swapped(reading, place, comparison) else 1
    return frozenset(sign * turned for sign in signs)


def _claims_about(reading: Reading) -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in reading.of("Claim"):
        for iri in place.node.iris("about"):
            found.setdefault(iri, []).append(place)
    return found


def _has_arms(comparison: Comparison) -> bool:
    """Whether two results, or an estimate, show the direction."""
    return comparison.value is not None or bool(comparison.index and comparison.reference)


def _told(place: Place, comparison: Comparison, said: frozenset[int], grave: Severity) -> Told:
    names = {1: "favours the group", -1: "favours the comparator", 0: "sees no difference"}
    says = " and ".join(names[sign] for sign in sorted(said)) or "gives none"
    message = f"The direction is {comparison.direction} here, and the text {says}: correct it."
    return Told(place.node.iri, "direction", message, place.sentence, grave)
