"""Up to when the data were gathered, against ``ag:dataCutoff``.

A date is one of a cut-off when *cut-off*, *data lock* or *as of* stands close before it, or
*cut-off* behind it. A date is as exact as it is printed: June 2019 does not contradict its days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.checks.span.reading import Reading, Told
from allograph.text.dates import printed_dates

BEFORE = re.compile(
    r"(?:\bcut-? ?offs?\b[^.;]{0,30}|\b(?:data|database)[- ]lock\w*\b[^.;]{0,30}"
    r"|\bas of(?: the)?) ?$",
    re.IGNORECASE,
)
BEHIND = re.compile(r"^,? ?\(?(?:the )?(?:data )?cut-? ?off\b", re.IGNORECASE)


def cutoffs(reading: Reading) -> Iterator[Told]:
    """A cut-off other than those that the sentence gives."""
    for place in reading.by_class["Figure"]:
        entered = reading.figure(place).cutoff
        found = given(place.span) or given(place.sentence)
        if entered is None or not found or any(_agree(entered, date) for date in found):
            continue
        message = (
            f"The data cut-off is {entered} here, and the text gives {' and '.join(found)}: "
            "correct ag:dataCutoff."
        )
        yield Told(place.node.iri, "cutoff", message, place.sentence)


def given(text: str) -> tuple[str, ...]:
    """The readings of the dates of a text that are those of a cut-off."""
    return tuple(
        reading
        for date in printed_dates(text)
        if BEFORE.search(text[: date.start]) or BEHIND.search(text[date.end :])
        for reading in date.usual
    )


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
