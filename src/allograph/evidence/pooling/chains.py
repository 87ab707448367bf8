"""Bring a share to all who were treated, where both ends of the chain are printed.

39 of 67 responders, of 100 treated, are 39 of 100 treated: derived, and said so. That holds for an
outcome that comes after the one which chose the people, and only for that: veno-occlusive disease
after a transplant is no share of all treated, for others had it without one. A part of the people,
an analysis set or a kind of disease is never climbed over: nobody counted those outside of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from allograph.evidence import Evidence, grouped
from allograph.evidence.pooling.candidate import is_part
from allograph.evidence.pooling.share import Share
from allograph.evidence.populations import Populations
from allograph.evidence.records import Group
from allograph.namespaces import BASE

_OUTCOME = f"{BASE}outcome/"
RESPONSE = frozenset(
    _OUTCOME + key for key in ("overall-response", "complete-remission", "mrd-negativity")
)
STEPS: Mapping[str, frozenset[str]] = {
    f"{_OUTCOME}transplant": RESPONSE,
    f"{_OUTCOME}mrd-negativity": RESPONSE - {f"{_OUTCOME}mrd-negativity"},
}
"""An outcome, with those narrower, and the outcomes on the way to it."""


def brought_to_all(populations: Populations, shares: Sequence[Share]) -> list[Share]:
    """The shares of all treated that follow from shares of those whom a step on the way chose.

    A study that prints the share of all at first hand needs none. Of several shares that may count
    the same people the largest counts, and at most their sum.
    """
    evidence = populations.evidence
    climbed = [found for share in shares if (found := of_all(evidence, share))]
    alike = grouped(
        climbed, lambda one: (one.group, one.result.outcome, evidence.distance(one.result))
    )
    printed = {share.group for share in shares if not evidence.is_told_again(share.result)}
    return [
        _together(populations, found) for (root, *_), found in alike.items() if root not in printed
    ]


def of_all(evidence: Evidence, share: Share) -> Share | None:
    """The share of those from whom its people were chosen by steps on the way, if they were."""
    steps = {
        step
        for outcome in evidence.broader(share.result.outcome)
        for step in STEPS.get(outcome, ())
    }
    line = (evidence.groups[share.group], *evidence.ancestors(share.group))
    place = next((at for at, group in enumerate(line) if not _is_step(evidence, group, steps)), 0)
    whole = line[place]
    if share.is_narrow or not place or whole.size is None or whole.size < share.denominator:
        return None
    derivation = f"{share.numerator} of {share.denominator}, of {whole.size} ({whole.label})"
    return replace(
        share,
        group=whole.iri,
        denominator=whole.size,
        is_part=any(map(is_part, line[place:])),
        derivation="; ".join(filter(None, (share.derivation, derivation))),
    )


def _is_step(evidence: Evidence, group: Group, steps: set[str]) -> bool:
    """Whether only steps on the way chose a group."""
    is_chosen = bool(group.selected_by) and not group.without
    return is_chosen and all(evidence.broader(outcome) & steps for outcome in group.selected_by)


def _together(populations: Populations, found: Sequence[Share]) -> Share:
    """One share of all from several: their sum if their people are apart, else its two ends."""
    largest = max(found, key=lambda share: (share.numerator, share.result.iri))
    counts = [
        share
        for share in found
        if not any(
            populations.is_within(share.result.group or "", other.result.group or "")
            for other in found
            if other is not share
        )
    ]
    if len(counts) < 2:
        return largest
    most = min(sum(share.numerator for share in counts), largest.denominator)
    derivation = " + ".join(f"{share.derivation}" for share in counts)
    further = tuple(share.result.iri for share in counts if share is not largest)
    largest = replace(largest, derivation=derivation, further=further)
    pairs = combinations((share.result.group or "" for share in counts), 2)
    if all(populations.are_apart(*pair) for pair in pairs):
        return replace(largest, numerator=most)
    return replace(largest, at_most=most)
