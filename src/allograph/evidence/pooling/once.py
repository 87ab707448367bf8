"""Take each family of populations once: of figures that count the same people, one is pooled.

The figure nearest to a study is taken, then the largest: what it counts, no other figure counts
again. Of a pool and its trials that is whichever was read in the nearer report.
"""

from __future__ import annotations

from collections.abc import Collection

from allograph.evidence import Evidence
from allograph.evidence.families import in_words
from allograph.evidence.pooling.share import Share
from allograph.evidence.populations import Populations
from allograph.evidence.records import Result, SharedPeople


def once_of_a_family(
    populations: Populations, shares: list[Share]
) -> tuple[list[Share], list[tuple[Result, str]]]:
    """The figures of people whom no nearer, or larger, figure of a family counts; and the others.

    Two groups of a family that are known to be apart are both kept.
    """
    evidence = populations.evidence
    kept: list[Share] = []
    rest: list[tuple[Result, str]] = []
    for share in sorted(shares, key=lambda one: _order(evidence, one)):
        for other in kept:
            told = populations.told_by(*_groups(share, other))
            if told and may_share(populations, share, other):
                rest.append((share.result, _counted_again(populations, share, other, told)))
                break
        else:
            kept.append(share)
    return kept, rest


def _order(evidence: Evidence, share: Share) -> tuple[int, int, str]:
    """The nearest to the study first, then the largest."""
    return evidence.distance(share.result), -share.denominator, share.result.iri


def _counted_again(
    populations: Populations, share: Share, other: Share, told: Collection[SharedPeople]
) -> str:
    """Why a figure of a family does not count beside one that does."""
    evidence, (own, theirs) = populations.evidence, _groups(share, other)
    label = evidence.study_label(other.result.study)
    if populations.is_within(own, theirs):
        how = f"its people are among those of {label}"
    elif populations.is_within(theirs, own):
        how = f"it counts again the people of {label}, whose figure is taken"
    else:
        how = f"some of its people may be among those of {label}"
    return f"{how} (family {in_words(evidence, told)})"


def may_share(populations: Populations, one: Share, other: Share) -> bool:
    """Whether two figures of different studies may be of the same people."""
    return one.result.study != other.result.study and not populations.are_apart(
        *_groups(one, other)
    )


def _groups(one: Share, other: Share) -> tuple[str, str]:
    return one.result.group or "", other.result.group or ""
