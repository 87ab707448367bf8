"""What families of populations say of two groups, in words."""

from __future__ import annotations

from collections.abc import Iterable

from allograph.curated.shared_people import arithmetic_of
from allograph.evidence.model import Evidence
from allograph.evidence.records import SharedPeople

IN_WORDS = {
    "nested": "all within the other",
    "growing": "a growing series",
    "pooled": "a pool of the other",
    "partial": "some in common",
    "same": "the same people",
    "apart": "nobody in common",
}


def in_words(evidence: Evidence, told: Iterable[SharedPeople]) -> str:
    """The families that tell of shared people, and their arithmetic.

    As in ``INO-VATE, InO 1010 and their pool: 164 + 72 = 236 treated; 77 + 24 = 101 transplanted``.
    """
    by_family: dict[str, list[str]] = {}
    for shared in told:
        label = evidence.nodes.of(shared.family or "").label or shared.family or "a family"
        by_family.setdefault(label, []).append(_words(evidence, shared))
    return ". ".join(f"{label}: {'; '.join(words)}" for label, words in by_family.items())


def _words(evidence: Evidence, shared: SharedPeople) -> str:
    arithmetic = arithmetic_of(evidence.nodes, evidence.nodes.of(shared.iri)).words
    who = shared.label[:1].lower() + shared.label[1:]
    if arithmetic:
        return f"{arithmetic} {who}"
    return f"{who}, {IN_WORDS.get(shared.sharing or '', 'shared')}"
