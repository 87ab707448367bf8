"""How many have an outcome without the treatment: what the comparators of a pool print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Pool, Row
from allograph.evidence.records import Result
from allograph.reading.summary.absolute import HAZARDS, middle_of
from allograph.reading.summary.table import Risk

PERCENT = "%"


@dataclass(frozen=True)
class _Printed:
    """The share of one comparator: of how many, in which figure, at which time in months."""

    study: str
    share: float
    said: str
    figure: str
    at_time: float | None = None


def risk_without(evidence: Evidence, pool: Pool) -> Risk | None:
    """The share of the comparators of a pool with its outcome, if all of them print one.

    Of a hazard ratio it is the share at one time: the latest at which most of the comparators
    print it. Of several comparators it is their median.
    """
    if pool.measure in HAZARDS:
        return _at_a_time([_over_time(evidence, row) for row in pool.rows])
    printed = [_counted(evidence, row) for row in pool.rows]
    known = [one for one in printed if one is not None]
    return _risk(known) if known and len(known) == len(printed) else None


def printed_with(evidence: Evidence, pool: Pool, risk: Risk) -> str:
    """What the studies print of those with the treatment at the time of a risk; empty, if nothing.

    It stands beside what a hazard ratio gives, which holds only if hazards stay proportional.
    """
    said = [
        f"{one.study.partition(':')[0]} prints {one.said}"
        for row in pool.rows
        for one in _over_time(evidence, row, is_index=True)
        if one.at_time == risk.at_time
    ]
    return "; ".join(dict.fromkeys(said))


def _counted(evidence: Evidence, row: Row) -> _Printed | None:
    """The share of a comparator by its counts, else as the figure of its side prints it."""
    events, people = row.comparator_events, row.comparator_people
    if events is not None and people:
        said = f"{events} of {people}"
        return _Printed(row.label, events / people, said, _reference(evidence, row) or row.figure)
    result = evidence.results.get(_reference(evidence, row))
    if result is None or result.value is None or result.unit != PERCENT or result.bound:
        return None
    return _Printed(row.label, float(result.value) / 100, f"{result.value}%", result.iri)


def _reference(evidence: Evidence, row: Row) -> str:
    comparison = evidence.comparisons.get(row.figure)
    return (comparison.reference if comparison else None) or ""


def _over_time(evidence: Evidence, row: Row, *, is_index: bool = False) -> list[_Printed]:
    """What is printed of the comparator at times: of the report of the effect, else of any.

    Of the group itself if ``is_index``.
    """
    comparison = evidence.comparisons.get(row.figure)
    if comparison is None:
        return []
    found = [
        result
        for group in _same_people(evidence, comparison.group if is_index else comparison.comparator)
        for result in evidence.results_of_group.get(group, ())
        if _is_share_at_a_time(result) and result.outcome == comparison.outcome
    ]
    own = [result for result in found if result.report == comparison.report]
    return [
        _Printed(
            row.label,
            float(result.value) / 100,
            f"{result.value}%",
            result.iri,
            float(result.at_time),
        )
        for result in own or _nearest(evidence, found)
        if result.value is not None and result.at_time is not None
    ]


def _is_share_at_a_time(result: Result) -> bool:
    is_known = result.value is not None and result.at_time is not None
    return is_known and result.unit == PERCENT and not result.bound


def _nearest(evidence: Evidence, results: Sequence[Result]) -> list[Result]:
    """Those in the report that stands nearest to the study."""
    best = min((evidence.distance(result) for result in results), default=0)
    return [result for result in results if evidence.distance(result) == best]


def _same_people(evidence: Evidence, iri: str | None) -> Iterable[str]:
    """A group, and groups of its study that are as large and were given the same."""
    group = evidence.groups.get(iri or "")
    if group is None:
        return ()
    others = (
        other.iri
        for other in evidence.groups_of_study.get(group.study or "", ())
        if other.size == group.size and other.size and other.regimens == group.regimens
    )
    return dict.fromkeys((group.iri, *others))


def _at_a_time(of_rows: Sequence[Sequence[_Printed]]) -> Risk | None:
    """The share at the latest of the times at which most comparators print one."""
    times = Counter(time for printed in of_rows for time in {one.at_time for one in printed})
    if not times:
        return None
    best = max(times, key=lambda time: (times[time], time or 0))
    found = [
        next(one for one in printed if one.at_time == best)
        for printed in of_rows
        if any(one.at_time == best for one in printed)
    ]
    return _risk(found, best)


def _risk(printed: Sequence[_Printed], at_time: float | None = None) -> Risk:
    share = middle_of([one.share for one in printed])
    if len(printed) == 1:
        source = f"{printed[0].study}, {printed[0].said}"
    else:
        low, high = min(printed, key=_share), max(printed, key=_share)
        source = (
            f"the median of {len(printed)} comparators, from {low.said} ({low.study})"
            f" to {high.said} ({high.study})"
        )
    return Risk(share, source, tuple(one.figure for one in printed), at_time)


def _share(printed: _Printed) -> float:
    return printed.share
