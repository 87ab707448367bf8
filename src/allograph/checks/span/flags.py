"""Flags that the words of a span refute: what they doubt is not there.

A flag of imprecise words needs the word, one of dates a date, one of a repeated number a number
that the text prints again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from allograph.checks.span.reading import NUMBER, Place, Reading, Told, words

NEEDED: Mapping[str, re.Pattern[str]] = words(
    statistic_imprecise=r"\baverages?d?\b|\btypical\w*|\busual\w*",
    date_format_ambiguous=r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d\b",
)
"""Flags, and the words of the sentence without which they doubt nothing."""
REPEATED = "repeated-number"


def flags(reading: Reading) -> Iterator[Told]:
    """A flag on what the sentence does not have."""
    for place in reading.places:
        for flag in sorted(place.node.keys("flag")):
            pattern = NEEDED.get(flag)
            is_there = pattern is None or bool(pattern.search(place.sentence))
            if not is_there or (flag == REPEATED and not _is_repeated(place)):
                message = f"The text has nothing that flag:{flag} doubts: take it out."
                yield Told(place.node.iri, "flag", message, place.span)


def _is_repeated(place: Place) -> bool:
    own = [match[0] for match in NUMBER.finditer(place.printed)]
    everywhere = [match[0] for match in NUMBER.finditer(place.prose.text)]
    return not own or any(everywhere.count(number) > 1 for number in own)
