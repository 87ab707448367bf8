"""The unit that an outcome is given in: an age in years, follow-up in months."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import names_unit
from allograph.evidence import Evidence


def units_of_outcomes(evidence: Evidence) -> Iterator[Doubt]:
    """An amount in another unit than its outcome is usually in, where that unit is not printed."""
    for result in evidence.results.values():
        if result.kind != "Summary" or result.unit is None:
            continue
        outcome = evidence.nodes.get(result.outcome or "")
        usual = None if outcome is None else outcome.text("usualUnit")
        if usual and result.unit != usual and not names_unit(result.reported_as, result.unit):
            message = f'The outcome is usually in "{usual}", and "{result.unit}" is not printed.'
            yield Doubt(result.iri, message, result.unit)
