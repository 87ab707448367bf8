"""Overlaps of studies that no curator states, or that only one of the two studies states."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.overlap import possible_overlaps


def suggested_overlaps(evidence: Evidence) -> Iterator[Doubt]:
    """The same centre, drug and years; the same registration; sizes that make a pooled one."""
    for overlap in possible_overlaps(evidence):
        yield Doubt(overlap.study, overlap.why, involves=(overlap.other,))


def one_sided_overlaps(evidence: Evidence) -> Iterator[Doubt]:
    """An overlap that only one of the two studies states."""
    for study in evidence.studies.values():
        for iri in sorted(study.overlaps_with):
            other = evidence.studies.get(iri)
            if other is not None and study.iri not in other.shares_people_with:
                message = f"{study.label} overlaps with it, and it does not say so."
                yield Doubt(other.iri, message, involves=(study.iri,))
