"""More than, less than, up to, about: the words that stand directly before a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from allograph.checks.span.reading import NUMBER, Place, Reading, Told, shown, words

_CLOSE = r"\s*(?:(?:a|an|the|only|age|aged?|of|just|one)\s+){0,3}$"
BOUNDS = words(
    at_most=rf"(?:\b(?:up to|at (?:the )?most|no more than|not more than|a maximum of)|≤){_CLOSE}",
    at_least=rf"(?:\b(?:at least|no (?:less|fewer) than|not less than|a minimum of)|≥){_CLOSE}",
    more_than=(
        rf"(?:(?<!no )(?<!not )\b(?:more than|over|above|greater than|higher than|older than"
        rf"|exceeding|in excess of)|>){_CLOSE}"
    ),
    less_than=(
        rf"(?:(?<!no )(?<!not )\b(?:less than|under|below|fewer than|lower than|younger than)|<)"
        rf"{_CLOSE}"
    ),
    about=(
        rf"(?:\b(?:about|approximately|around|nearly|almost|roughly|some|circa|ca\.)|[~≈])"
        rf"{_CLOSE}"
    ),
)
_WORDED = re.compile(r"\b(?:half|a month|a year|a third|a quarter|two-thirds)\b", re.I)


def bounds(reading: Reading) -> Iterator[Told]:
    """A bound that the words before the number do not say, or one that they say."""
    for place in reading.by_class["Figure"]:
        figure = reading.figure(place)
        if figure.value is None:
            continue
        said = _said(place, figure.value)
        if said is None:
            continue
        if figure.bound is None and said:
            yield _told(place, "is entered without a bound", said)
        elif figure.bound is not None and figure.bound not in said:
            yield _told(place, f"is {figure.bound} here", said)


def _said(place: Place, value: Decimal) -> frozenset[str] | None:
    """The bounds of a value; None where its number is not in the printed form."""
    starts = [
        match.start() for match in NUMBER.finditer(place.printed) if Decimal(match[0]) == value
    ] or [match.start() for match in _WORDED.finditer(place.printed)]
    if not starts:
        return None
    before = f"{place.before}{place.printed[: starts[0]]}"
    found = frozenset(key for key, pattern in BOUNDS.items() if pattern.search(before))
    return found - {"about"} if found - {"about"} else found


def _told(place: Place, entered: str, said: frozenset[str]) -> Told:
    says = f'says "{shown(said)}"' if said else "does not say so"
    message = f"The value {entered}, and the text {says}: correct ag:bound."
    return Told(place.node.iri, "bound", message, place.sentence)
