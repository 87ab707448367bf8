"""Studies that may have counted some of the same people, where no curator says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import TypeAlias

from allograph.evidence import Evidence
from allograph.evidence.records import Study

POOLED = "pooled-analysis"
NEIGHBOURS = 5
"""With how many others a study is paired for one reason: a list of hundreds helps nobody."""
Reason: TypeAlias = tuple[tuple[str, str], str]
"""Two studies, by IRI and in order, and why they may share people."""


@dataclass(frozen=True, order=True)
class Overlap:
    """Two studies, by IRI, that may share people; ``why`` is a sentence about the second."""

    study: str
    other: str
    why: str


def possible_overlaps(evidence: Evidence) -> Iterator[Overlap]:
    """The same centre, drug and years; the same registration; sizes that make a pooled one.

    Of studies that share people, or have nobody in common, as somebody says, nothing is told.
    """
    drugs, sizes = drugs_of_studies(evidence), sizes_of_studies(evidence)
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for pair, reason in chain(
        _same_centre(evidence, drugs), _same_registration(evidence), _sums(evidence, drugs, sizes)
    ):
        reasons[pair].append(reason)
    for (first, second), found in sorted(reasons.items()):
        is_settled = (first, second) in evidence.studies_apart
        if not is_settled and second not in evidence.related_studies.get(first, ()):
            named = " and ".join(dict.fromkeys(found))
            counts = f"{sizes.get(first, 'unknown')} and {sizes.get(second, 'unknown')} people"
            label = evidence.studies[second].label
            yield Overlap(first, second, f"May share people with {label}: {named} ({counts}).")


def drugs_of_studies(evidence: Evidence) -> Mapping[str, set[str]]:
    """The drugs of the regimens that the groups of each study were given."""
    found: dict[str, set[str]] = defaultdict(set)
    for group in evidence.groups.values():
        found[group.study or ""].update(evidence.drugs(group))
    return found


def sizes_of_studies(evidence: Evidence) -> Mapping[str, int]:
    """The largest group of each study: everybody, as far as the graph knows."""
    found: dict[str, int] = {}
    for group in evidence.groups.values():
        if group.study and group.size is not None:
            found[group.study] = max(found.get(group.study, 0), group.size)
    return found


def _same_centre(evidence: Evidence, drugs: Mapping[str, set[str]]) -> Iterator[Reason]:
    """Studies of a drug at a centre whose accrual can overlap; unknown dates can."""
    places: dict[tuple[str, str], list[Study]] = defaultdict(list)
    for study in evidence.studies.values():
        for site in study.sites:
            for drug in drugs.get(study.iri, ()):
                places[site, drug].append(study)
    for studies in places.values():
        studies.sort(key=lambda study: (study.accrual_start or date.min, study.iri))
        for one, other in _next_ones(studies):
            if (one.accrual_end or date.max) >= (other.accrual_start or date.min):
                yield _pair(one, other), "a centre, a drug and years in common"


def _same_registration(evidence: Evidence) -> Iterator[Reason]:
    registered: dict[str, list[Study]] = defaultdict(list)
    for study in evidence.studies.values():
        known = (evidence.registrations.get(iri) for iri in study.registrations)
        for number in {registration.label for registration in known if registration}:
            registered[number].append(study)
    for studies in registered.values():
        for one, other in _next_ones(studies):
            yield _pair(one, other), "the same registration"


def _sums(
    evidence: Evidence, drugs: Mapping[str, set[str]], sizes: Mapping[str, int]
) -> Iterator[Reason]:
    """A pooled analysis of as many people as two other studies of its drug have together."""
    of_size: dict[tuple[str, int], list[Study]] = defaultdict(list)
    sizes_of_drug: dict[str, set[int]] = defaultdict(set)
    for study in evidence.studies.values():
        if study.iri in sizes and study.design != POOLED:
            for drug in drugs.get(study.iri, ()):
                of_size[drug, sizes[study.iri]].append(study)
                sizes_of_drug[drug].add(sizes[study.iri])
    for pooled in evidence.studies.values():
        if pooled.design != POOLED or pooled.iri not in sizes:
            continue
        for drug in sorted(drugs.get(pooled.iri, ())):
            for size in sorted(sizes_of_drug[drug]):
                rest = sizes[pooled.iri] - size
                others = of_size.get((drug, rest), [])
                for study in of_size[drug, size][:NEIGHBOURS] if others else ():
                    if others != [study]:
                        total = f"{size} + {rest} = {sizes[pooled.iri]}"
                        yield _pair(pooled, study), f"sizes that add up, {total}"


def _next_ones(studies: list[Study]) -> Iterator[tuple[Study, Study]]:
    """Each study with those that follow it, but not with all where there are many."""
    for place, one in enumerate(studies):
        for other in studies[place + 1 : place + 1 + NEIGHBOURS]:
            yield one, other


def _pair(one: Study, other: Study) -> tuple[str, str]:
    first, second = sorted((one.iri, other.iri))
    return first, second
