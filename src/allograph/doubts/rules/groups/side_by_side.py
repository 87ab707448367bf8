"""Groups that no outcome made, and that one sentence tells apart: parts of one whole.

``Early relapse`` and ``later relapse``, ``patients 1 to 38`` and ``patient 39 onward``: whoever
divides people in a sentence divides one group, and tells of each part what it was given.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import line
from allograph.doubts.rules.words.printed_numbers import first_place, label_of
from allograph.doubts.rules.words.words import tokens
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Group


def groups_side_by_side(evidence: Evidence) -> Iterator[Doubt]:
    """A group that was drawn from another whole than the one beside it, or treated as the whole."""
    unmade = (
        group
        for group in evidence.groups.values()
        if group.parents and not (group.selected_by or group.without)
    )
    for groups in grouped(unmade, lambda group: _sentence(evidence, group)).values():
        for one, other in permutations(groups, 2):
            if not _is_of_one_whole(evidence, one, other):
                message = f'"{label_of(other)}" stands beside it, and was drawn from another group.'
                yield Doubt(one.iri, message, None, (other.iri,))
                break
            if _is_given_all(evidence, one, other):
                message = f'It was given what all were, and "{label_of(other)}" only a part of it.'
                yield Doubt(one.iri, message, None, (other.iri,))
                break


def _sentence(evidence: Evidence, group: Group) -> tuple[object, ...] | None:
    place = first_place(evidence, group.locators)
    return None if place is None else (group.study, group.report, *place)


def _is_of_one_whole(evidence: Evidence, one: Group, other: Group) -> bool:
    """Whether they share a parent, are parts of two arms, or one is of the other and called so."""
    if set(one.parents) & set(other.parents) or _is_of_two_arms(evidence, one, other):
        return True
    for narrow, broad in ((one, other), (other, one)):
        above = line(evidence, narrow.iri)
        if narrow.regimens and not broad.regimens and {*broad.parents} & {one.iri for one in above}:
            return True  # part of an arm, and a set of people of all arms
        if broad in above:
            return set(tokens(label_of(broad))) <= set(tokens(label_of(narrow)))
    return False


def _is_of_two_arms(evidence: Evidence, one: Group, other: Group) -> bool:
    """Whether they were given other treatments, and are of two arms of one whole.

    A sentence may divide each arm alike, or tell of an arm beside those of it who were treated.
    """
    if not (one.regimens and other.regimens):
        return False
    wider = [
        {broader for regimen in group.regimens for broader in evidence.broader(regimen)}
        for group in (one, other)
    ]
    wholes = [_wholes_of_arm(evidence, group) for group in (one, other)]
    return wider[0].isdisjoint(wider[1]) and not wholes[0].isdisjoint(wholes[1])


def _wholes_of_arm(evidence: Evidence, group: Group) -> frozenset[str]:
    """What a group, and those above it that were given the same, were drawn from."""
    arm = [one for one in line(evidence, group.iri) if one.regimens == group.regimens]
    return frozenset(parent for one in (group, *arm) for parent in one.parents)


def _is_given_all(evidence: Evidence, one: Group, other: Group) -> bool:
    """Whether one has the regimen of the whole, and the other a narrower one."""
    return any(
        bool(one.regimens)
        and one.regimens == evidence.groups[whole].regimens
        and bool(other.regimens)
        and all(
            one.regimens & (evidence.broader(regimen) - {regimen}) for regimen in other.regimens
        )
        for whole in set(one.parents) & set(other.parents) & evidence.groups.keys()
    )
