"""Figures that stand in one sentence and seem to compare, at time points that do not meet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import first_place
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Result


def time_points_differ(evidence: Evidence) -> Iterator[Doubt]:
    """One outcome of two groups in one sentence, each at times at which the other has nothing."""
    timed = (result for result in evidence.results.values() if result.at_time is not None)
    for results in grouped(timed, lambda result: _sentence(evidence, result)).values():
        times: dict[str | None, set[Decimal | None]] = defaultdict(set)
        for result in results:
            times[result.group].add(result.at_time)
        for result in results:
            apart = [
                other
                for other in results
                if other.group != result.group and not times[other.group] & times[result.group]
            ]
            if apart:
                named = " and ".join(sorted({f"month {other.at_time}" for other in apart}))
                message = f"It is of month {result.at_time}, and beside it stands one of {named}."
                involved = tuple(sorted(other.iri for other in apart))
                yield Doubt(result.iri, message, str(result.at_time), involved)


def _sentence(evidence: Evidence, result: Result) -> tuple[object, ...] | None:
    place = first_place(evidence, result.locators)
    return None if place is None else (result.report, *place, result.outcome, result.statistic)
