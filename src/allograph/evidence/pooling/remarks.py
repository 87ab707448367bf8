"""What is to be known of a pool: in what its studies differ, and what some leave open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from allograph.curated.notices import CONCERN, RETRACTED
from allograph.evidence import Evidence
from allograph.evidence.pooling.candidate import Candidate, report_label
from allograph.evidence.pooling.differences import DEFINITION, DENOMINATOR, DIFFERENCES, OVERLAP
from allograph.evidence.pooling.once import Suggested
from allograph.evidence.pooling.times import LEFT_OPEN
from allograph.evidence.pooling.traits import traits_of


def remarks_on(
    evidence: Evidence,
    figures: Sequence[Candidate],
    across: Collection[str],
    suggested: Suggested,
) -> Iterator[str]:
    """What differs between the studies of a pool, what some leave open, and what was asked for."""
    yield from _asked_for(evidence, figures, across)
    for name, difference, stated in LEFT_OPEN:
        given = {stated(evidence, one) for one in figures}
        said = " ".join(sorted(str(value) for value in given - {None}))
        if difference in across and len(given) > 1:
            if difference in (DEFINITION, DENOMINATOR):
                continue  # said with the traits
            yield f"Pooled across {difference}, as asked: {name} ({said or 'none'})."
        elif None in given and len(given) > 1:
            yield f"Not every figure states this: {name} ({said})."
    for what, found in _differences(evidence, figures):
        if len(found) > 1:
            yield f"{what} are not the same: {'; '.join(sorted(found))}."
    second_hand = [one for one in figures if evidence.is_told_again(one.result)]
    if second_hand:
        named = ", ".join(evidence.study_label(one.result.study) for one in second_hand)
        yield f"Told at second hand: {named}."
    for mark, said in ((RETRACTED, "Retracted"), (CONCERN, "Under an expression of concern")):
        marked = {
            report_label(evidence, one.result)
            for one in figures
            if mark in evidence.marks(one.result)
        }
        if marked:
            yield f"{said}: {', '.join(sorted(marked))}."
    studies = {one.result.study for one in figures}
    for pair, why in suggested.items():
        if pair <= studies:
            label = evidence.study_label(min(pair))
            yield f"Pooled across {OVERLAP}, as asked: {label}: {why}"


def _asked_for(
    evidence: Evidence, figures: Sequence[Candidate], across: Collection[str]
) -> Iterator[str]:
    """What differs in a pool because it was asked for."""
    if not across:
        return
    kinds = [traits_of(evidence, one, is_defined=False) for one in figures]
    for name in DIFFERENCES:
        words = {
            next((trait.words for trait in kind if trait.name == name), "") or "not stated"
            for kind in kinds
        }
        if name in across and len(words) > 1:
            yield f"Pooled across {name}, as asked: {' / '.join(sorted(words))}."


def _differences(
    evidence: Evidence, figures: Sequence[Candidate]
) -> Iterator[tuple[str, frozenset[str]]]:
    """What the studies of a pool may differ in, and what each of them has."""
    groups = [evidence.groups[iri] for one in figures for iri in one.groups[:1]]
    studies = [evidence.studies.get(one.result.study or "") for one in figures]
    conditions = (iri for study in studies if study for iri in study.conditions)
    regimens = (iri for group in groups for iri in group.regimens)
    yield "The diseases", frozenset(evidence.nodes.of(iri).label or iri for iri in conditions)
    yield "The treatments", frozenset(evidence.nodes.of(iri).label or iri for iri in regimens)
    others = {
        iri for one in figures for group in one.groups[1:] for iri in _regimens(evidence, group)
    }
    yield "The comparators", frozenset(evidence.nodes.of(iri).label or iri for iri in others)


def _regimens(evidence: Evidence, group: str) -> frozenset[str]:
    return evidence.groups[group].regimens
