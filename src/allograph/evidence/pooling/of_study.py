"""Take each study once: of its figures of one kind, those that nothing outdoes.

A figure nearer to the study outdoes a farther one, and all people a part of them. Two figures of
people of whom nobody knows that they are apart leave the study out: nobody can say which counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from allograph.evidence import Evidence
from allograph.evidence.pooling.alike import LeftOut
from allograph.evidence.pooling.share import Share
from allograph.evidence.populations import Populations


def once_of_a_study(
    populations: Populations, shares: Sequence[Share]
) -> tuple[list[Share], list[LeftOut]]:
    """The figures of one study that are pooled, several only if their people are apart."""
    best, rest = _nearest_and_widest(populations, shares)
    best, again = _each_once(best)
    rest.extend(again)
    if all(populations.are_apart(one.group, other.group) for one, other in combinations(best, 2)):
        return best, rest
    named = " and ".join(f'"{share.result.label}"' for share in best)
    label = populations.evidence.study_label(best[0].result.study)
    return [], [
        *rest,
        *((share.result, f"{label} gives more than one figure: {named}") for share in best),
    ]


def without_parts(
    populations: Populations, shares: Sequence[Share]
) -> tuple[list[Share], list[LeftOut]]:
    """Figures of everybody, and the others with the reason.

    A part counts where a family says that it and others are the whole, and each of them has one.
    """
    groups = {share.group for share in shares}
    made_whole = {
        part
        for pools in populations.nesting.pools.values()
        for pool in pools
        if groups.issuperset(pool.parts)
        for part in pool.parts
    }
    kept = [share for share in shares if not share.is_part or share.group in made_whole]
    reason = "its people are a part of those whom the study treated"
    return kept, [(share.result, reason) for share in shares if share not in kept]


def at_first_hand(evidence: Evidence, shares: Sequence[Share]) -> tuple[list[Share], list[LeftOut]]:
    """Figures without those at second hand of studies that have one at first hand.

    A retelling in other words, or of another time, is no further figure of its study.
    """
    first = [share for share in shares if not evidence.is_told_again(share.result)]
    studies = {share.result.study for share in first}
    kept: list[Share] = []
    rest: list[LeftOut] = []
    for share in shares:
        if share in first or share.result.study not in studies:
            kept.append(share)
        else:
            own = [one for one in first if one.result.study == share.result.study]
            rest.append((share.result, _outdone(evidence, share, own)))
    return kept, rest


def _nearest_and_widest(
    populations: Populations, shares: Sequence[Share]
) -> tuple[list[Share], list[LeftOut]]:
    evidence = populations.evidence
    nearest = min((evidence.distance(share.result) for share in shares), default=0)
    groups = {share.group for share in shares if evidence.distance(share.result) == nearest}
    best: list[Share] = []
    rest: list[LeftOut] = []
    for share in shares:
        if evidence.distance(share.result) > nearest:
            rest.append((share.result, _outdone(evidence, share, shares)))
        elif any(_is_wider(populations, other, share.group) for other in groups):
            rest.append((share.result, "its people are among those of another figure"))
        else:
            best.append(share)
    return best, rest


def _is_wider(populations: Populations, other: str, group: str) -> bool:
    """Whether another group has all people of a group, and not the other way round, too."""
    is_within = populations.is_within(group, other)
    return is_within and not populations.is_within(other, group)


def _each_once(shares: Sequence[Share]) -> tuple[list[Share], list[LeftOut]]:
    """One figure for the same number of the same people, however often it is printed."""
    kept: dict[tuple[str, int, int], Share] = {}
    again: list[LeftOut] = []
    for share in sorted(shares, key=lambda one: one.result.iri):
        other = kept.setdefault((share.group, share.numerator, share.denominator), share)
        if other is not share:
            again.append((share.result, f'it is the figure "{other.result.label}" again'))
    return list(kept.values()), again


def _outdone(evidence: Evidence, share: Share, shares: Sequence[Share]) -> str:
    """Why a figure of a study does not count: a report nearer to the study, and its tier."""
    best = min(shares, key=lambda one: (evidence.distance(one.result), one.result.iri))
    report = evidence.reports.get(best.result.report or "")
    label = report.label if report else "another report"
    return (
        f"a report nearer to the study prints it too: {label} ({best.tier}),"
        f" and the {best.tier} is preferred to the {share.tier or 'report without a tier'}"
    )
