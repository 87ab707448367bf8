"""Dates in digits that can be read day first or month first, and the studies dated by them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Printed
from allograph.text.dates import printed_dates


def dates_of_two_readings(evidence: Evidence) -> Iterator[Doubt]:
    """A printed date whose day can be the month, and a study that such dates bound."""
    everything: Iterator[Printed] = chain(
        evidence.claims.values(), evidence.groups.values(), evidence.results.values()
    )
    of_study: dict[str | None, dict[date, str]] = {}
    for node in everything:
        found = list(_ambiguous(node.reported_as))
        if found:
            printed = " and ".join(printed for printed, _readings in found)
            yield Doubt(node.iri, f"{printed} can be read day first and month first.", printed)
        for _printed, readings in found:
            for reading in readings:
                of_study.setdefault(node.study, {})[reading] = node.iri
    for study in evidence.studies.values():
        known = of_study.get(study.iri, {})
        involved = tuple(
            sorted({known[day] for day in (study.accrual_start, study.accrual_end) if day in known})
        )
        if involved:
            yield Doubt(
                study.iri, "Its dates can be read day first and month first.", None, involved
            )


def _ambiguous(text: str) -> Iterator[tuple[str, list[date]]]:
    for printed in printed_dates(text):
        if len(printed.readings) > 1:
            yield printed.text, [date.fromisoformat(reading) for reading in printed.readings]
