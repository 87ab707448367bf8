"""What kind of group it is, against the whole from which it was drawn and what it was given.

Parts (subgroups, arms, analysis sets) have a whole wherever the whole of the study is entered;
wholes, and people from elsewhere, have none. Controls differ by what they were given;
a sheet may not say what an arm was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence
from allograph.evidence.records import Group

PART, ARM, EXTERNAL, CELLS = "subgroup", "arm", "external-control", "non-human"
PARTS = frozenset({PART, ARM, "analysis-set"})
WHOLES = frozenset({"whole-study", "cohort"})
IS_ARM = re.compile(r"\barm$", re.IGNORECASE)


def kinds_of_groups(evidence: Evidence) -> Iterator[Doubt]:
    """A group that is not of the kind that is stated."""
    indexes = {comparison.group for comparison in evidence.comparisons.values()}
    comparators = {comparison.comparator for comparison in evidence.comparisons.values()}
    for groups in evidence.groups_of_study.values():
        has_whole = any(group.grouping in WHOLES for group in groups)
        for group in groups:
            is_compared = group.iri in comparators or group.iri not in evidence.results_of_group
            is_control = is_compared and group.iri not in indexes
            said = (
                _of_whole(group, evidence.ancestors(group.iri), has_whole=has_whole)
                or _of_treatment(evidence, group)
                or _of_strangers(evidence, group, is_control=is_control)
            )
            if said:
                yield Doubt(group.iri, said, group.grouping)
            for result in evidence.results_of_group.get(group.iri, ()):
                if group.grouping == CELLS and evidence.is_desirable(result.outcome) is not None:
                    message = f'It is an outcome of people, and "{group.label}" are none.'
                    yield Doubt(result.iri, message, None, (group.iri,))


def _of_whole(group: Group, parents: list[Group], *, has_whole: bool) -> str:
    if group.parents and group.grouping is not None and group.grouping not in PARTS:
        return "It was drawn from another group, and is no subgroup, arm or analysis set."
    if group.grouping == ARM and any(above.grouping == ARM for above in parents):
        return "It was drawn from an arm, and is no arm of its own."
    is_part = group.grouping == PART or (has_whole and group.grouping in PARTS)
    if is_part and not group.parents:
        return "It is a part of a group, and from which it was drawn is not said."
    return ""


def _of_treatment(evidence: Evidence, group: Group) -> str:
    if IS_ARM.search(label_of(group)) and group.grouping not in (ARM, None):
        return "Its label says that it is an arm."
    if group.grouping == EXTERNAL and not group.regimens:
        return "It is told apart by what it was given, and that is not said."
    if not group.regimens and _common(evidence, evidence.subgroups.get(group.iri, ())):
        return "All its parts were given the same, and what it was given is not said."
    return ""


def _common(evidence: Evidence, parts: Iterable[Group]) -> frozenset[str]:
    """The regimens, broader ones among them, that all of some groups were given."""
    given = [
        frozenset(broad for regimen in part.regimens for broad in evidence.broader(regimen))
        for part in parts
    ]
    return frozenset.intersection(*given) if given else frozenset()


def _of_strangers(evidence: Evidence, group: Group, *, is_control: bool) -> str:
    """Controls from elsewhere are compared with others, and cells are not treated."""
    if group.grouping == EXTERNAL and (evidence.subgroups.get(group.iri) or not is_control):
        return "It is a control from elsewhere, and nobody of the study is compared with it."
    if group.grouping == CELLS and (group.regimens or evidence.subgroups.get(group.iri)):
        return "It is not of people, and was treated, or divided."
    return ""
