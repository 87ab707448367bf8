"""Curves: shares at several times, and medians, that are points of one survival curve.

Two figures are points of one curve when report, group, outcome, origin of the clock and data
cut-off are the same. Who is alive without progression is alive, so overall survival is never below
the others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import pairwise

from allograph.doubts.rules.rounding import HUNDRED, rounding, shown
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Result
from allograph.rdf.vocabularies import OUTCOME

OVERALL = OUTCOME["overall-survival"]
SURVIVAL = OUTCOME.survival
HALF = Decimal(50)
AVERAGE = "unspecified-average"
TENTH = Decimal("0.1")


def falling_survival(evidence: Evidence) -> Iterator[Doubt]:
    """Survival that rises with time, incidence that falls, and overall survival below another."""
    points = [result for result in evidence.results.values() if _is_point(result)]
    for curve in grouped(points, lambda point: (*curve_of(point), point.statistic)).values():
        curve.sort(key=lambda point: (point.at_time or 0, point.iri))
        for earlier, later in pairwise(curve):
            if earlier.at_time != later.at_time:
                yield from _against_time(earlier, later)
    yield from _above_overall(evidence, [point for point in points if _is_survival(point)])
    yield from _above_overall(evidence, [m for m in evidence.results.values() if _is_median(m)])


def _against_time(earlier: Result, later: Result) -> Iterator[Doubt]:
    lower, higher = (later, earlier) if _is_survival(later) else (earlier, later)
    if not _is_above(lower, higher):
        return
    yield Doubt(
        about=later.iri,
        message=f"{earlier.value}% at {earlier.at_time} months and {later.value}% at"
        f" {later.at_time}: {'survival falls' if _is_survival(later) else 'incidence rises'}"
        " with time.",
        value=f"{later.value}%",
        involves=(earlier.iri,),
    )


def _above_overall(evidence: Evidence, results: list[Result]) -> Iterator[Doubt]:
    """Medians, or shares at a time, of a kind of survival that exceed overall survival."""
    for alike in grouped(results, _whom_and_when).values():
        overall = [result for result in alike if result.outcome == OVERALL]
        for result in alike if overall else ():
            if result.outcome == OVERALL or SURVIVAL not in evidence.broader(result.outcome):
                continue
            for limit in overall:
                if _is_above(result, limit):
                    yield Doubt(
                        about=result.iri,
                        message=f"{shown(result)}, above overall survival of"
                        f" {shown(limit)}: nobody is free of events and dead.",
                        value=f"{shown(result)}",
                        involves=(limit.iri,),
                    )


def medians_and_curves(evidence: Evidence) -> Iterator[Doubt]:
    """A median that is not where the curve crosses one half."""
    for median, point in _beside(evidence, _is_median):
        at, share, slack = point.at_time, point.value, rounding(point)
        if at is None or share is None or median.bound:
            continue
        is_after = median.value is not None and at > median.value + rounding(median)
        is_before = median.status == "not-reached" or (
            median.value is not None and at < median.value - rounding(median)
        )
        if (is_after and share - slack > HALF) or (is_before and share + slack < HALF):
            said = "was not reached" if median.value is None else f"is {shown(median)}"
            yield Doubt(
                about=median.iri,
                message=f"The median {said}, and {share}% are free of the event at {at} months.",
                value=None if median.value is None else shown(median),
                involves=(point.iri,),
            )


def averages_and_curves(evidence: Evidence) -> Iterator[Doubt]:
    """An average, its kind not stated, that cannot be the mean: survivors alone give more time."""
    for average, point in _beside(evidence, lambda result: result.statistic == AVERAGE):
        if point.at_time is None or point.value is None or average.value is None or average.bound:
            continue
        least = point.at_time * (point.value - rounding(point)) / HUNDRED
        if least > average.value + rounding(average):
            yield Doubt(
                about=average.iri,
                message=f"{point.value}% at {point.at_time} months make a mean of at least"
                f" {least.quantize(TENTH)} months: {shown(average)} are no mean.",
                value=shown(average),
                involves=(point.iri,),
            )


def _beside(
    evidence: Evidence, is_wanted: Callable[[Result], bool]
) -> Iterator[tuple[Result, Result]]:
    """Each wanted time with each survival probability of its curve."""
    points = grouped((r for r in evidence.results.values() if _is_survival(r)), curve_of)
    for result in evidence.results.values():
        if is_wanted(result):
            for point in points.get(curve_of(result), ()):
                yield result, point


def curve_of(result: Result) -> tuple[str | None, ...]:
    """What the points of one curve have in common."""
    return (result.report, result.group, result.outcome, result.time_origin, *result.counting)


def _whom_and_when(result: Result) -> tuple[object, ...]:
    whom = (result.report, result.group, result.time_origin, result.assessor, result.cutoff)
    return (*whom, result.at_time, result.statistic)


def _is_point(result: Result) -> bool:
    return (
        result.at_time is not None
        and result.value is not None
        and not result.bound
        and (result.statistic in ("survival-probability", "cumulative-incidence"))
    )


def _is_survival(result: Result) -> bool:
    return _is_point(result) and result.statistic == "survival-probability"


def _is_median(result: Result) -> bool:
    return result.statistic == "median-time-to-event" and not result.bound


def _is_above(higher: Result, lower: Result) -> bool:
    """Whether one value lies above the other, beyond the rounding of both."""
    if higher.value is None or lower.value is None:
        return False
    return higher.value - rounding(higher) > lower.value + rounding(lower)
