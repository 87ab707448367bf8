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
    """Whether they share a parent, or one is of the other and is called so."""
    if set(one.parents) & set(other.parents):
        return True
    for narrow, broad in ((one, other), (other, one)):
        if broad in line(evidence, narrow.iri):
            return set(tokens(label_of(broad))) <= set(tokens(label_of(narrow)))
    return False


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
