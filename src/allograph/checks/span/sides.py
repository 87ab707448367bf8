"""Whether a test has one side or two, against ``ag:pSides``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.checks.span.reading import Reading, Told, decided

SIDES = {
    "1": re.compile(r"\b(?:one|1)[- ]?(?:sided|tailed)\b", re.IGNORECASE),
    "2": re.compile(r"\b(?:two|2)[- ]?(?:sided|tailed)\b", re.IGNORECASE),
}


def sides(reading: Reading) -> Iterator[Told]:
    """Sides other than the text says, or none where the span says them."""
    for place in reading.of("Comparison"):
        comparison = reading.evidence.comparisons[place.node.iri]
        if comparison.p_value is None:
            continue
        entered = comparison.p_sides
        found = decided((place.printed, place.span) if entered is None else place.scopes, SIDES)
        if len(found) != 1 or str(entered) in found:
            continue
        (printed,) = found
        said = "no sides are entered" if entered is None else f"the p-value has {entered} side(s)"
        message = f"Here {said}, and the text says {printed}-sided: correct ag:pSides."
        yield Told(place.node.iri, "sides", message, place.sentence)
