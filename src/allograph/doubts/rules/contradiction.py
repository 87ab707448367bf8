"""Figures of one study that should be the same, and are not, or that are entered twice.

Groups of two reports are taken for the same people when study, size, parents, treatment and what
selected them are the same. All figures stand side by side, nearest to the study first; a time
origin that one report does not state may be that of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Group, Result

TIERS = ("primary", "abstract", "retelling")
"""Nearest to the study first."""
NOT_STATED = "not-stated"
INFINITY = Decimal("Infinity")


def differing_figures(evidence: Evidence) -> Iterator[Doubt]:
    """Figures of the same people, outcome, statistic and time that differ beyond rounding."""
    for results in _alike(evidence):
        for origin in _origins(results):
            together = [result for result in results if _origin(result) in (origin, None)]
            ranges = {result.iri: _range(result) for result in together}
            known = [limits for limits in ranges.values() if limits is not None]
            if not known:
                continue
            highest_low, lowest_high = max(low for low, _ in known), min(high for _, high in known)
            if highest_low <= lowest_high:
                continue
            message = f"Reports differ: {_side_by_side(evidence, together)}."
            for result in together:
                limits = ranges[result.iri]
                if limits and (limits[1] < highest_low or limits[0] > lowest_high):
                    others = tuple(other.iri for other in together if other is not result)
                    yield Doubt(result.iri, message, _say(result), others)


def figures_entered_twice(evidence: Evidence) -> Iterator[Doubt]:
    """The same figure of the same report in two nodes."""
    for results in _alike(evidence):
        same = grouped(results, lambda result: (result.report, result.value, _origin(result)))
        for twice in same.values():
            first, *again = sorted(twice, key=lambda result: result.iri)
            for result in again:
                if result.group == first.group and result.value is not None:
                    message = f'The figure is entered twice: "{first.label}" is the same.'
                    yield Doubt(result.iri, message, _say(result), (first.iri,))


def _alike(evidence: Evidence) -> list[list[Result]]:
    """Results of the same people, outcome, statistic and time, where there is more than one."""
    people = People(evidence)
    found = grouped(
        evidence.results.values(),
        lambda result: (
            people.of(result.group or result.iri),
            result.outcome,
            result.kind,
            result.statistic,
            result.unit,
            result.at_time,
            result.after_cycle,
            result.grade,
        ),
    )
    return [results for results in found.values() if len(results) > 1]


class People:
    """Who the people of a group are, whatever report counts them."""

    def __init__(self, evidence: Evidence) -> None:
        self._groups = evidence.groups
        self._known: dict[str, object] = {}
        self._twins = Counter((group.report, _traits(group)) for group in evidence.groups.values())

    def of(self, iri: str) -> object:
        """Traits of the group and of those above; its IRI where these do not tell who they are."""
        if iri not in self._known:
            self._known[iri] = iri  # a circle of groups ends here
            group = self._groups.get(iri)
            is_told = group is not None and group.size is not None
            if group is not None and is_told and self._twins[group.report, _traits(group)] == 1:
                above = frozenset(self.of(parent) for parent in group.parents)
                self._known[iri] = (*_traits(group), above)
        return self._known[iri]


def _traits(group: Group) -> tuple[object, ...]:
    selected = (group.selected_by, group.without)
    return (group.study, group.size, group.grouping, *selected, group.regimens)


def _origins(results: Sequence[Result]) -> list[str | None]:
    """The origins that are stated, or none where no result states one."""
    stated = {origin for result in results if (origin := _origin(result))}
    return [*sorted(stated)] or [None]


def _origin(result: Result) -> str | None:
    return None if result.time_origin == NOT_STATED else result.time_origin


def _range(result: Result) -> tuple[Decimal, Decimal] | None:
    """The values that the printed one may stand for."""
    value, slack = result.value, result.tolerance or Decimal(0)
    if value is None or result.bound == "about":
        return None
    match result.bound:
        case None:
            return value - slack, value + slack
        case "more-than":
            return value, INFINITY
        case _:
            return -INFINITY, value


def _side_by_side(evidence: Evidence, results: Sequence[Result]) -> str:
    rows = []
    for result in results:
        report = evidence.reports.get(result.report or "")
        tier = report.tier if report else None
        when = (report.issued if report else None) or "no date"
        rank = TIERS.index(tier) if tier in TIERS else len(TIERS)
        label = report.label if report else "no report"
        rows.append((rank, when, result.iri, f"{_say(result)} ({tier}, {label}, {when})"))
    return "; ".join(text for *_order, text in sorted(rows))


def _say(result: Result) -> str:
    words = f"{result.bound.replace('-', ' ')} " if result.bound else ""
    return f"{words}{result.value}{'' if result.unit == '%' else ' '}{result.unit}"
