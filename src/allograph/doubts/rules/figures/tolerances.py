"""How far a figure was rounded, by the digits with which it is entered."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.text.numerals import half_unit


def tolerances_of_digits(evidence: Evidence) -> Iterator[Doubt]:
    """A tolerance that is not half a unit of the last digit of its value."""
    for result in evidence.results.values():
        value, tolerance = result.value, result.tolerance
        if value is not None and tolerance is not None and tolerance != half_unit(value):
            message = f"Half a unit of the last digit of {value} is {half_unit(value)}."
            yield Doubt(result.iri, message, str(tolerance))
