"""Figures of one study that should be the same, and are not, or that are entered twice.

Groups of two reports are taken for the same people when study, size, parents, treatment and what
selected them are the same. All figures stand side by side, nearest to the study first; a time
origin or a data cut-off that one report does not state may be that of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from allograph.doubts.rules.counting import may_be_one, same_counting
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.side_by_side import source_of, value_of
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Group, Result
from allograph.text.numerals import half_unit

NOT_STATED = "not-stated"
INFINITY = Decimal("Infinity")


def differing_figures(evidence: Evidence) -> Iterator[Doubt]:
    """Figures of the same people, outcome, statistic and time that differ beyond rounding."""
    for results in _alike(evidence):
        together = {
            result.iri: [other for other in results if _is_comparable(evidence, result, other)]
            for result in results
        }
        agreed = {
            result.iri: {o.report for o in together[result.iri] if not _differ(result, o)}
            for result in results
        }
        for result in results:
            others = together[result.iri]
            if any(_is_at_odds(result, other, agreed) for other in others):
                message = f"Reports differ: {_side_by_side(evidence, [result, *others])}."
                involved = tuple(other.iri for other in others)
                yield Doubt(result.iri, message, value_of(result), involved)


def figures_entered_twice(evidence: Evidence) -> Iterator[Doubt]:
    """The same figure of the same report in two nodes."""
    for results in _alike(evidence):
        same = grouped(results, lambda result: (result.report, result.value, _origin(result)))
        for twice in same.values():
            first, *again = sorted(twice, key=lambda result: result.iri)
            for result in again:
                is_known = result.group == first.group and result.value is not None
                is_one = may_be_one(result, first) and not _in_two_rows(evidence, result, first)
                if is_known and is_one:
                    message = f'The figure is entered twice: "{first.label}" is the same.'
                    yield Doubt(result.iri, message, value_of(result), (first.iri,))


def _in_two_rows(evidence: Evidence, one: Result, other: Result) -> bool:
    """Whether a table prints both, each in a row of its own: of another analysis, for one."""
    first, second = (
        {
            (place.text("table"), place.text("row"))
            for place in map(evidence.nodes.of, result.locators)
            if place.text("table") and place.text("row")
        }
        for result in (one, other)
    )
    shared = {table for table, _row in first} & {table for table, _row in second}
    return bool(shared) and not first & second


def _is_comparable(evidence: Evidence, one: Result, other: Result) -> bool:
    """Whether two figures say the same thing; an origin that one does not state may be any."""
    origins = {_origin(one), _origin(other)} - {None}
    return one is not other and len(origins) < 2 and same_counting(evidence, one, other)


def _is_at_odds(one: Result, other: Result, agreed: Mapping[str, set[str | None]]) -> bool:
    """Whether two figures differ, and none beside them of another definition explains it.

    A retelling prints 81% and no definition; its source prints 81% CR/CRi and 36% CR: these agree.
    """
    if not _differ(one, other):
        return False
    is_stated_alike = (one.definition, one.assessor) == (other.definition, other.assessor)
    is_explained = other.report in agreed[one.iri] or one.report in agreed[other.iri]
    return is_stated_alike or not is_explained


def _differ(one: Result, other: Result) -> bool:
    first, second = _range(one), _range(other)
    if first is None or second is None:
        return False
    return first[1] < second[0] or second[1] < first[0] or _is_of_other_limits(one, other)


def _is_of_other_limits(one: Result, other: Result) -> bool:
    """Whether two intervals of one level have a limit that differs beyond rounding."""
    pairs = ((one.lower, other.lower), (one.upper, other.upper))
    return one.level == other.level and any(
        abs(first - second) > half_unit(first) + half_unit(second)
        for first, second in pairs
        if first is not None and second is not None
    )


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
        about = list(source_of(evidence, result))
        when = about[-1]
        if any(other.cutoff for other in results):
            about.append(f"data up to {result.cutoff}" if result.cutoff else "cut-off not stated")
        rank = evidence.distance(result)
        rows.append((rank, when, result.iri, f"{value_of(result)} ({', '.join(about)})"))
    return "; ".join(text for *_order, text in sorted(rows))
