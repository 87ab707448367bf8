"""The grade of an adverse event against the one that its label names: ``grade 3 or higher``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence

ANY = re.compile(r"\bany[- ]grades?\b", re.IGNORECASE)
OR_HIGHER = re.compile(
    r"\bgrades? ?(?:≥ ?([1-5])|>= ?([1-5])|([1-5]) (?:or|and) (?:higher|above|more|worse|greater))",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"\bgrades? ?([1-5])(?:-|\u2013| to | or | and )([1-5])\b", re.IGNORECASE)


def grades_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A label that names another grade than the figure has; CTCAE grades run from 1 to 5."""
    for result in evidence.results.values():
        named = grade_in(label_of(result))
        if named and named != result.grade:
            entered = f"the grade is {result.grade}" if result.grade else "no grade is entered"
            message = f'Its label says grade "{named}", and {entered}.'
            yield Doubt(result.iri, message, named)


def grade_in(text: str) -> str | None:
    """The grade that a text names, as ``ag:grade`` has it: ``any``, ``3-5``, ``3-4``."""
    if ANY.search(text):
        return "any"
    if found := OR_HIGHER.search(text):
        return f"{next(filter(None, found.groups()))}-5"
    if found := BETWEEN.search(text):
        return f"{found[1]}-{found[2]}"
    return None
