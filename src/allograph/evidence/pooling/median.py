"""One median time with its interval, or why it has none that can be pooled."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from allograph.evidence import Evidence
from allograph.evidence.pooling.candidate import OTHER_PEOPLE, is_part
from allograph.evidence.pooling.share import IMPOSSIBLE, OF_WHOM
from allograph.evidence.records import Result
from allograph.synthesis.medians import Median

MEDIAN_TIME = "median-time-to-event"
"""The statistic of a median from censored data; a median of ages is another thing."""
NOT_REACHED = "not-reached"
MONTHS = "mo"


@dataclass(frozen=True)
class MedianTime:
    """One median in months with the limits that its source prints; ``None`` is not reached."""

    result: Result
    groups: tuple[str, ...]
    people: int
    median: Median
    is_part: bool = False

    @property
    def number(self) -> Hashable:
        """The median and its limits."""
        return self.median.months, self.median.lower, self.median.upper


def median_of(evidence: Evidence, result: Result) -> MedianTime | str:
    """The median with its interval, or why it cannot be pooled."""
    group = evidence.groups.get(result.group or "")
    if group is None:
        return "its people are not known"
    line = (group, *evidence.ancestors(group.iri))
    if any(one.grouping in OTHER_PEOPLE for one in line):
        return "its people are not those whom the study treated"
    if result.bound or IMPOSSIBLE in result.flags:
        return "it is no exact figure"
    if result.unit != MONTHS:
        return f"it is not in months: {result.unit}"
    if flag := next((flag for flag in OF_WHOM if flag in result.flags), None):
        return f"the source does not say of whom it is (flag:{flag})"
    is_reached = result.status != NOT_REACHED
    if is_reached and (result.value is None or (result.lower is None and result.upper is None)):
        return "it prints no interval, so its weight is not known"
    if result.level is None and result.lower is not None:
        return "it does not print the level of its interval"
    months, lower, upper = (
        None if one is None else float(one) for one in (result.value, result.lower, result.upper)
    )
    label = evidence.study_label(result.study)
    level = float(result.level) if result.level is not None else 95.0
    median = Median(label, months if is_reached else None, lower, upper, level, group.size)
    return MedianTime(result, (group.iri,), group.size or 0, median, any(map(is_part, line)))
