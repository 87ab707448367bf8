"""Reports that update an earlier one, and have fewer people or a shorter follow-up.

Higgins JPT, Thomas J, Chandler J, et al. Cochrane Handbook for Systematic Reviews of
Interventions, section 5.2.1: studies, not reports, as the unit of interest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeAlias, TypeVar

from allograph.doubts.rules.figures.counts import number
from allograph.doubts.rules.rounding import rounding, shown
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Group, Result
from allograph.rdf.vocabularies import OUTCOME

WHOLE = frozenset({"whole-study", "arm", "cohort"})
FOLLOW_UP = OUTCOME["follow-up"]
LASTING = (OUTCOME["death"], OUTCOME["hsct-receipt"])
"""What has happened to somebody has happened in every later report."""
Who: TypeAlias = tuple[object, ...]
Item = TypeVar("Item", Group, Result)


def later_and_smaller(evidence: Evidence) -> Iterator[Doubt]:
    """Groups, follow-up and events of a report that are less than those of what it updates."""
    groups = grouped(evidence.groups.values(), lambda group: group.report)
    results = grouped(evidence.results.values(), lambda result: result.report)
    for report in evidence.reports.values():
        for earlier in report.updates:
            pairs = _pairs(groups.get(report.iri, ()), groups.get(earlier, ()), _who)
            for now, before in pairs:
                if now.size is not None and before.size is not None and now.size < before.size:
                    yield _doubt(now, before, str(now.size), str(before.size))
            what = partial(_what, evidence)
            for later, first in _pairs(results.get(report.iri, ()), results.get(earlier, ()), what):
                if _is_less(later, first):
                    yield _doubt(later, first, _say(later), _say(first))


def _pairs(
    later: Iterable[Item], earlier: Iterable[Item], key: Callable[[Item], Who | None]
) -> Iterator[tuple[Item, Item]]:
    """What both reports count, each once."""
    before = grouped(earlier, key)
    for name, now in grouped(later, key).items():
        if len(now) == len(before.get(name, ())) == 1:
            yield now[0], before[name][0]


def _doubt(now: Group | Result, before: Group | Result, new: str, old: str) -> Doubt:
    return Doubt(now.iri, f"{new}, and {old} in the earlier report.", new, (before.iri,))


def _who(group: Group) -> Who | None:
    """Whole groups that two reports may both count; a selected one may have changed."""
    if group.grouping not in WHOLE or group.selected_by or group.without:
        return None
    return (group.study, group.grouping, group.regimens)


def _what(evidence: Evidence, result: Result) -> Who | None:
    """People and outcome of what can only grow, at no time point of its own."""
    group = evidence.groups.get(result.group or "")
    who = None if group is None else _who(group)
    if who is None or result.bound or result.at_time is not None or result.after_cycle is not None:
        return None
    if result.outcome == FOLLOW_UP and result.statistic == "median":
        return (who, result.outcome)
    is_lasting = not evidence.broader(result.outcome).isdisjoint(LASTING)
    return (who, result.outcome) if is_lasting and number(result) else None


def _is_less(later: Result, earlier: Result) -> bool:
    new, old = number(later), number(earlier)
    if new is not None and old is not None:
        return new < old
    if later.value is None or earlier.value is None or later.outcome != FOLLOW_UP:
        return False
    return later.value + rounding(later) < earlier.value - rounding(earlier)


def _say(result: Result) -> str:
    people = number(result)
    return shown(result) if people is None else str(people)
