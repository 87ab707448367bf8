"""The group from which a group was drawn, held against what is printed of both."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.figures.counts import number
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import first_place
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Group, Result


def wholes_of_counts(evidence: Evidence) -> Iterator[Doubt]:
    """A group and the count by which it was drawn, printed as one, of two different wholes.

    Between the group and the people who were counted there may be groups that a broader outcome
    made: everybody in complete remission among all is among the responders.
    """
    printed = grouped(evidence.results.values(), lambda result: (result.report, result.reported_as))
    for group in evidence.groups.values():
        if len(group.selected_by) != 1 or not group.reported_as:
            continue
        counted = [
            result
            for result in printed.get((group.report, group.reported_as), ())
            if _is_count_of(evidence, result, group)
        ]
        if counted and not any(_is_whole(evidence, result.group, group) for result in counted):
            wholes = sorted({result.group or "" for result in counted} & evidence.groups.keys())
            named = " or ".join(f'"{evidence.groups[iri].label}"' for iri in wholes)
            message = f"The count that is printed with the group is of {named}."
            yield Doubt(group.iri, message, group.reported_as, (*wholes,))


def _is_count_of(evidence: Evidence, result: Result, group: Group) -> bool:
    """Whether a result counts, at the same place, those who are in the group."""
    places = [first_place(evidence, node.locators) for node in (result, group)]
    return (
        result.outcome in group.selected_by
        and number(result) == group.size is not None
        and places[0] == places[1]
    )


def _is_whole(evidence: Evidence, whole: str | None, group: Group) -> bool:
    """Whether a group was drawn from a whole, through groups of broader outcomes alone."""
    (outcome,) = group.selected_by
    broader = evidence.broader(outcome)
    for parent in (evidence.groups.get(iri) for iri in group.parents):
        if parent is None:
            continue
        line = [parent, *evidence.ancestors(parent.iri)]
        for above in line:
            if above.iri == whole:
                return True
            if not above.selected_by or not above.selected_by <= broader:
                break
    return False


def outcomes_excluded(evidence: Evidence) -> Iterator[Doubt]:
    """People without an outcome, of whom some are said to have had it."""
    for group in evidence.groups.values():
        for excluded, other in _without(evidence, group):
            if other.iri != group.iri and excluded & group.selected_by:
                message = f'It was drawn by an outcome that nobody of "{other.label}" had.'
                yield Doubt(group.iri, message, None, (other.iri,))
                break
    for result in evidence.results.values():
        own = evidence.groups.get(result.group or "")
        had = number(result) or result.value or 0
        if own is None or result.kind not in ("Count", "Proportion") or had == 0 or result.bound:
            continue
        for excluded, other in _without(evidence, own):
            if result.outcome in excluded:
                message = f'"{other.label}" are the people without this outcome.'
                yield Doubt(result.iri, message, str(had), (other.iri,))
                break


def _without(evidence: Evidence, group: Group) -> Iterator[tuple[frozenset[str], Group]]:
    """The outcomes that nobody of a group had, and the group that says so."""
    for one in (group, *evidence.ancestors(group.iri)):
        if one.without:
            yield one.without, one
