"""What is to be known of a pool: in what its studies differ, and what some leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from allograph.curated.notices import CONCERN, RETRACTED
from allograph.evidence import Evidence
from allograph.evidence.overlap import possible_overlaps
from allograph.evidence.pooling.alike import LEFT_OPEN
from allograph.evidence.pooling.share import Share
from allograph.evidence.records import Result


def remarks_on(evidence: Evidence, shares: Sequence[Share]) -> Iterator[str]:
    """What differs between the studies of a pool, and what some leave open."""
    for name, stated in LEFT_OPEN:
        given = {stated(evidence, share.result) for share in shares}
        if None in given and len(given) > 1:
            said = " ".join(str(value) for value in given - {None})
            yield f"Not every figure states this: {name} ({said})."
    for what, found in _differences(evidence, shares):
        if len(found) > 1:
            yield f"{what} are not the same: {'; '.join(sorted(found))}."
    second_hand = [share for share in shares if evidence.is_told_again(share.result)]
    if second_hand:
        named = ", ".join(evidence.study_label(share.result.study) for share in second_hand)
        yield f"Told at second hand: {named}."
    for mark, said in ((RETRACTED, "Retracted"), (CONCERN, "Under an expression of concern")):
        marked = {
            report_label(evidence, one.result)
            for one in shares
            if mark in evidence.marks(one.result)
        }
        if marked:
            yield f"{said}: {', '.join(sorted(marked))}."
    studies = {share.result.study for share in shares}
    for overlap in possible_overlaps(evidence):
        if {overlap.study, overlap.other} <= studies:
            yield f"{evidence.study_label(overlap.study)}: {overlap.why}"


def _differences(
    evidence: Evidence, shares: Sequence[Share]
) -> Iterator[tuple[str, frozenset[str]]]:
    """What the studies of a pool may differ in, and what each of them has."""
    groups = [evidence.groups[share.group] for share in shares]
    studies = [evidence.studies.get(share.result.study or "") for share in shares]
    conditions = (iri for study in studies if study for iri in study.conditions)
    regimens = (iri for group in groups for iri in group.regimens)
    yield "The diseases", frozenset(evidence.nodes.of(iri).label or iri for iri in conditions)
    yield "The treatments", frozenset(evidence.nodes.of(iri).label or iri for iri in regimens)


def report_label(evidence: Evidence, result: Result) -> str:
    """What the report of a figure is called."""
    report = evidence.reports.get(result.report or "")
    return report.label if report else result.report or "not named"
