"""Families of populations: sizes that speak against what is said of shared people."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.curated.shared_people import Fit, arithmetic_of
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence


def sizes_of_families(evidence: Evidence) -> Iterator[Doubt]:
    """Parts that miss their pool, or exceed their whole; the same people, counted differently."""
    for shared in evidence.shared_people.values():
        arithmetic = arithmetic_of(evidence.nodes, evidence.nodes[shared.iri])
        if arithmetic.fit is Fit.CONTRADICTS:
            message = f'The sizes of "{shared.label}" speak against it: {arithmetic.words}.'
            yield Doubt(shared.iri, message, arithmetic.words, tuple(sorted(shared.members)))
