"""Take each study once: of its figures of one kind, those that nothing outdoes.

A figure nearer to the study outdoes a farther one, and all people a part of them. Two figures of
people of whom nobody knows that they are apart leave the study out: nobody can say which counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TypeVar

from allograph.evidence import Evidence, grouped
from allograph.evidence.pooling.candidate import (
    Candidate,
    LeftOut,
    Unusable,
    are_apart,
    is_within,
    report_label,
)
from allograph.evidence.pooling.nearest import nearest, outdone_by
from allograph.evidence.populations import Populations

Some = TypeVar("Some", bound=Candidate)


def once_of_a_study(
    populations: Populations, figures: Sequence[Some]
) -> tuple[list[Some], list[LeftOut]]:
    """The figures of one study that are pooled, several only if their people are apart."""
    best, rest = _nearest_and_widest(populations, figures)
    for choose in (_latest, _each_once):
        best, others = choose(best)
        rest.extend(others)
    if all(are_apart(populations, one, other) for one, other in combinations(best, 2)):
        return best, rest
    named = " and ".join(f'"{one.result.label}"' for one in best)
    label = populations.evidence.study_label(best[0].result.study)
    reason = f"{label} gives more than one figure: {named}"
    return [], [*rest, *(LeftOut(one.result, reason) for one in best)]


def without_parts(
    populations: Populations, figures: Sequence[Some]
) -> tuple[list[Some], list[LeftOut]]:
    """Figures of everybody, and the others with the reason.

    A part counts where a family says that it and others are the whole, and each of them has one.
    """
    groups = {group for one in figures for group in one.groups}
    made_whole = {
        part
        for pools in populations.nesting.pools.values()
        for pool in pools
        if groups.issuperset(pool.parts)
        for part in pool.parts
    }
    reason = "its people are a part of those whom the study treated"
    kept: list[Some] = []
    rest: list[LeftOut] = []
    for one in figures:
        if not one.is_part or made_whole.issuperset(one.groups):
            kept.append(one)
        else:
            rest.append(LeftOut(one.result, reason))
    return kept, rest


def at_first_hand(
    evidence: Evidence, figures: Sequence[Some], unusable: Sequence[Unusable]
) -> tuple[list[Some], list[LeftOut]]:
    """Figures without those at second hand of studies that have one at first hand.

    A retelling in other words, or of another time, is no further figure of its study; and it never
    stands for a primary that is there and is ``unusable``.
    """
    own = grouped(
        (one for one in figures if not evidence.is_told_again(one.result)),
        lambda one: one.result.study,
    )
    there = {one.result.study: one for one in unusable}
    kept: list[Some] = []
    rest: list[LeftOut] = []
    for figure in figures:
        study = figure.result.study
        if not evidence.is_told_again(figure.result):
            kept.append(figure)
        elif study in own:
            rest.append(LeftOut(figure.result, outdone_by(evidence, figure, own[study])))
        elif study in there:
            primary = there[study]
            label = report_label(evidence, primary.result)
            reason = f"its primary is there ({label}), and cannot be pooled: {primary.reason}"
            rest.append(LeftOut(figure.result, reason))
        else:
            kept.append(figure)
    return kept, rest


def without_retellings(
    evidence: Evidence, figures: Sequence[Some]
) -> tuple[list[Some], list[LeftOut]]:
    """Figures without those at second hand that say the same of the same people as a first one.

    Whatever words a retelling puts to it, its primary is there.
    """
    first = {
        (one.groups, one.number): one for one in figures if not evidence.is_told_again(one.result)
    }
    kept: list[Some] = []
    rest: list[LeftOut] = []
    for figure in figures:
        own = first.get((figure.groups, figure.number))
        if own is None or own is figure or not evidence.is_told_again(figure.result):
            kept.append(figure)
        else:
            rest.append(LeftOut(figure.result, outdone_by(evidence, figure, [own])))
    return kept, rest


def _nearest_and_widest(
    populations: Populations, figures: Sequence[Some]
) -> tuple[list[Some], list[LeftOut]]:
    near, rest = nearest(populations.evidence, figures)
    best: list[Some] = []
    for figure in near:
        if any(_is_wider(populations, other, figure) for other in near):
            rest.append(LeftOut(figure.result, "its people are among those of another figure"))
        else:
            best.append(figure)
    return best, rest


def _is_wider(populations: Populations, other: Candidate, figure: Candidate) -> bool:
    """Whether another figure has all people of a figure, and not the other way round, too."""
    return is_within(populations, figure, other) and not is_within(populations, other, figure)


def _latest(figures: Sequence[Some]) -> tuple[list[Some], list[LeftOut]]:
    """Of the same people the figure with the latest data cut-off, where one is stated.

    A cut-off that is printed as a year or a month is earlier than its days.
    """
    latest: dict[tuple[str, ...], str] = {}
    for one in figures:
        latest[one.groups] = max(latest.get(one.groups, ""), one.result.cutoff or "")
    kept = [one for one in figures if (one.result.cutoff or "") == latest[one.groups]]
    return kept, [
        LeftOut(one.result, f"its study has a later data cut-off: {latest[one.groups]}")
        for one in figures
        if one not in kept
    ]


def _each_once(figures: Sequence[Some]) -> tuple[list[Some], list[LeftOut]]:
    """One figure for the same number of the same people, however often it is printed."""
    kept: dict[object, Some] = {}
    again: list[LeftOut] = []
    for figure in sorted(figures, key=lambda one: one.result.iri):
        other = kept.setdefault((figure.groups, figure.number), figure)
        if other is not figure:
            again.append(LeftOut(figure.result, f'it is the figure "{other.result.label}" again'))
    return list(kept.values()), again
