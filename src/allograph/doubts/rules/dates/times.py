"""Times that the follow-up of people allows: nobody is observed longer than the study lasted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from allograph.doubts.rules.dates.dates import period
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Result
from allograph.rdf.vocabularies import OUTCOME

FOLLOW_UP = OUTCOME["follow-up"]
DAYS = Decimal("30.436875")
"""Days in a month, on average."""
LONGEST = Decimal(600)
"""Months, fifty years: no study of leukaemia has observed people longer."""


@dataclass(frozen=True)
class Limit:
    """The longest time that somebody can have been observed, in months, and why."""

    months: Decimal
    reason: str
    node: str | None = None


def plausible_times(evidence: Evidence) -> Iterator[Doubt]:
    """A time in months beyond the longest follow-up, or beyond the time from accrual to print."""
    follow_up = grouped(
        (r for r in evidence.results.values() if r.outcome == FOLLOW_UP and r.unit == "mo"),
        lambda result: (result.report, result.group),
    )
    for result in evidence.results.values():
        times = [result.at_time, *_months(result)]
        longest = max((time for time in times if time is not None), default=None)
        if longest is None or result.outcome == OUTCOME.age:
            continue
        for limit in _limits(evidence, result, follow_up):
            if longest > limit.months + _slack(limit.months):
                message = f"{longest} months is longer than {limit.reason}."
                involved = (limit.node,) if limit.node else ()
                yield Doubt(result.iri, message, f"{longest} mo", involved)
                break


def _months(result: Result) -> list[Decimal | None]:
    """The values that are times; an upper limit of an interval may reach further than anybody."""
    return [result.value, result.range_high] if result.unit == "mo" else []


def _limits(
    evidence: Evidence,
    result: Result,
    follow_up: Mapping[tuple[str | None, str | None], list[Result]],
) -> Iterator[Limit]:
    groups = [result.group, *(group.iri for group in evidence.ancestors(result.group))]
    for group in groups:
        for other in follow_up.get((result.report, group), ()):
            if other.range_high is not None:
                reason = f"the longest follow-up, {other.range_high} months"
                yield Limit(other.range_high, reason, other.iri)
    study = evidence.studies.get(result.study or "")
    printed = evidence.reports.get(result.report or "")
    issued = period(printed.issued) if printed else None
    if study is not None and study.accrual_start is not None and issued is not None:
        months = Decimal((issued[1] - study.accrual_start).days) / DAYS
        yield Limit(months, f"the {months:.0f} months from the start of accrual to print")
    yield Limit(LONGEST, f"{LONGEST} months, fifty years")


def _slack(months: Decimal) -> Decimal:
    """Half a month, as months are rounded."""
    return Decimal("0.5") if months < LONGEST else Decimal(0)
