"""Take people once: of figures of several studies that may count the same people, one is pooled.

The figure nearest to a study is taken, then the largest: what it counts, no other figure counts
again. That they share people may be told by a family, stated of their studies, or suggested by a
centre, a drug and years in common; only the last may be asked for all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TypeAlias, TypeVar

from allograph.evidence import Evidence
from allograph.evidence.families import in_words
from allograph.evidence.overlap import possible_overlaps
from allograph.evidence.pooling.candidate import Candidate, LeftOut, is_within, may_share
from allograph.evidence.pooling.differences import OVERLAP
from allograph.evidence.populations import Populations
from allograph.evidence.records import SharedPeople
from allograph.rdf.walk import walk

Some = TypeVar("Some", bound=Candidate)
Suggested: TypeAlias = Mapping[frozenset[str], str]
"""Why two studies may share people, by their IRIs."""


def once_of_a_family(
    populations: Populations, figures: Sequence[Some], suggested: Suggested
) -> tuple[list[Some], list[LeftOut]]:
    """The figures of people whom no nearer, or larger, figure counts; and the others.

    Two groups that are known to be apart are both kept.
    """
    evidence = populations.evidence
    circles = _circles(evidence, suggested)
    kept: list[Some] = []
    rest: list[LeftOut] = []
    # Figures of studies that nothing joins are strangers, and need not be held against each other.
    near: dict[str, list[Some]] = defaultdict(list)
    for figure in sorted(figures, key=lambda one: _order(evidence, one)):
        own = {circles.get(study, study) for study in _studies(populations, figure)}
        others = {id(other): other for circle in sorted(own) for other in near[circle]}
        reasons = (
            _counted_again(populations, figure, other, suggested) for other in others.values()
        )
        if why := next(filter(None, reasons), None):
            rest.append(why)
            continue
        kept.append(figure)
        for circle in own:
            near[circle].append(figure)
    return kept, rest


def _studies(populations: Populations, figure: Candidate) -> set[str]:
    """The study of a figure, and those whose groups contain its people."""
    above = (iri for group in figure.groups for iri in populations.nesting.above(group))
    return {iri for iri in above if iri in populations.evidence.studies} | {
        figure.result.study or ""
    }


def _circles(evidence: Evidence, suggested: Suggested) -> dict[str, str]:
    """Of each study that something joins with others, one study of its circle."""
    joined: dict[str, set[str]] = defaultdict(set)
    for study, others in evidence.related_studies.items():
        joined[study].update(others)
    for one, other in map(sorted, suggested):
        joined[one].add(other)
        joined[other].add(one)
    found: dict[str, str] = {}
    for study in sorted(joined):
        if study not in found:
            found.update(dict.fromkeys(walk([study], lambda iri: joined.get(iri, ())), study))
    return found


def suggested_overlaps(evidence: Evidence) -> Suggested:
    """Pairs of studies that may share people, where nobody says so, and why."""
    return {
        frozenset((overlap.study, overlap.other)): overlap.why
        for overlap in possible_overlaps(evidence)
    }


def _order(evidence: Evidence, figure: Candidate) -> tuple[int, int, str]:
    """The nearest to the study first, then the largest."""
    return evidence.distance(figure.result), -figure.people, figure.result.iri


def _counted_again(
    populations: Populations,
    figure: Candidate,
    other: Candidate,
    suggested: Suggested,
) -> LeftOut | None:
    """Why a figure does not count beside one that does, if so."""
    studies = frozenset((figure.result.study or "", other.result.study or ""))
    told = populations.told_by(figure.groups[0], other.groups[0])
    if may_share(populations, figure, other):
        return LeftOut(figure.result, _shared(populations, figure, other, told))
    if not told and len(studies) == 2 and studies in suggested:
        label = populations.evidence.study_label(other.result.study)
        reason = f"it may share people with {label}, which is taken: {suggested[studies]}"
        return LeftOut(figure.result, reason, OVERLAP)
    return None


def _shared(
    populations: Populations, figure: Candidate, other: Candidate, told: Collection[SharedPeople]
) -> str:
    """How a figure may count the people of another one, and how that is known."""
    evidence = populations.evidence
    label = evidence.study_label(other.result.study)
    if is_within(populations, figure, other):
        how = f"its people are among those of {label}"
    elif is_within(populations, other, figure):
        how = f"it counts again the people of {label}, whose figure is taken"
    else:
        how = f"some of its people may be among those of {label}"
    known = f"family {in_words(evidence, told)}" if told else "as their studies state"
    return f"{how} ({known})"
