"""The two sides of a comparison, and the analysis sets that they are parts of.

Schulz KF, Altman DG, Moher D. CONSORT 2010 statement. BMJ 2010;340:c332, item 16.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Group

SETS = frozenset({"whole-study", "analysis-set"})
Arms: TypeAlias = Mapping[tuple[str | None, frozenset[str], int], set[str]]
"""Study, regimens and size of an arm: the sets in which it has this size."""


def analysis_sets_mixed(evidence: Evidence) -> Iterator[Doubt]:
    """Sides that were drawn from two sets, or whose denominators are of two sets."""
    arms = _arms(evidence)
    for comparison in evidence.comparisons.values():
        group = evidence.groups.get(comparison.group or "")
        comparator = evidence.groups.get(comparison.comparator or "")
        if group is None or comparator is None or group.regimens == comparator.regimens:
            continue
        yield from _drawn(evidence, comparison, group, comparator) or _counted(
            evidence, comparison, (group, comparator), arms
        )


def _drawn(
    evidence: Evidence, comparison: Comparison, group: Group, comparator: Group
) -> list[Doubt]:
    """Of one study, and not of the same analysis sets."""
    lines = [(side, *evidence.ancestors(side.iri)) for side in (group, comparator)]
    if {one.iri for one in lines[0]}.isdisjoint(one.iri for one in lines[1]):
        return []
    sets = [{one.iri for one in line if _is_of_both(one)} for line in lines]
    apart = sorted(sets[0] ^ sets[1])
    if not apart:
        return []
    named = " and ".join(f'"{evidence.groups[iri].label}"' for iri in apart)
    message = f"Only one of the sides is drawn from {named}."
    return [Doubt(comparison.iri, message, None, (*apart,))]


def _is_of_both(group: Group) -> bool:
    """Whether people of every arm are in it; the set of one arm has a treatment."""
    return group.grouping == "analysis-set" and not group.regimens


def _counted(
    evidence: Evidence, comparison: Comparison, sides: tuple[Group, Group], arms: Arms
) -> list[Doubt]:
    """Denominators that are sizes of the arms, and in no set together."""
    figures = [evidence.results.get(iri or "") for iri in (comparison.index, comparison.reference)]
    people = [
        figure.denominator if figure and figure.denominator else side.size
        for figure, side in zip(figures, sides, strict=True)
    ]
    sets = [
        arms.get((side.study, side.regimens, number or 0), set())
        for side, number in zip(sides, people, strict=True)
    ]
    if not all(sets) or sets[0] & sets[1]:
        return []
    named = [f'"{evidence.groups[min(one)].label}"' for one in sets]
    message = f"{people[0]} are the arm in {named[0]}, and {people[1]} the other arm in {named[1]}."
    involved = tuple(sorted({min(one) for one in sets}))
    return [Doubt(comparison.iri, message, f"{people[0]} and {people[1]}", involved)]


def _arms(evidence: Evidence) -> Arms:
    found: dict[tuple[str | None, frozenset[str], int], set[str]] = defaultdict(set)
    for group in evidence.groups.values():
        if group.size is None or not group.regimens or group.selected_by or group.without:
            continue
        for iri in group.parents:
            parent = evidence.groups.get(iri)
            if parent is not None and parent.grouping in SETS and not parent.regimens:
                found[group.study, group.regimens, group.size].add(iri)
    return found
