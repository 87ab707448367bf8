"""Studies that may have counted some of the same people, where no curator says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import combinations

from allograph.evidence import Evidence
from allograph.evidence.records import Study
from allograph.rules.rule import Doubt

POOLED = "pooled-analysis"


def suggested_overlaps(evidence: Evidence) -> Iterator[Doubt]:
    """The same centre, drug and years; the same registration; sizes that make a pooled one."""
    drugs, sizes = drugs_of_studies(evidence), sizes_of_studies(evidence)
    reasons: dict[tuple[str, str], list[str]] = defaultdict(list)
    for iris, name in ((_by_site(evidence), "site"), (_by_registration(evidence), "registration")):
        for studies in iris.values():
            for one, other in combinations(sorted(studies, key=lambda study: study.iri), 2):
                if name == "registration":
                    reasons[one.iri, other.iri].append("the same registration")
                elif drugs[one.iri] & drugs[other.iri] and _years_meet(one, other):
                    reasons[one.iri, other.iri].append("a centre, a drug and years in common")
    for pair, reason in _sums(evidence, drugs, sizes):
        reasons[pair].append(reason)
    for (first, second), found in sorted(reasons.items()):
        one, other = evidence.studies[first], evidence.studies[second]
        if second not in evidence.related_studies.get(first, ()):
            named = " and ".join(dict.fromkeys(found))
            counts = f"{sizes.get(first, 'unknown')} and {sizes.get(second, 'unknown')} people"
            message = f"May share people with {other.label}: {named} ({counts})."
            yield Doubt(first, message, involves=(second,))


def one_sided_overlaps(evidence: Evidence) -> Iterator[Doubt]:
    """An overlap that only one of the two studies states."""
    for study in evidence.studies.values():
        for iri in sorted(study.overlaps_with):
            other = evidence.studies.get(iri)
            if other is not None and study.iri not in other.shares_people_with:
                message = f"{study.label} overlaps with it, and it does not say so."
                yield Doubt(other.iri, message, involves=(study.iri,))


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


def _by_site(evidence: Evidence) -> dict[str, list[Study]]:
    found: dict[str, list[Study]] = defaultdict(list)
    for study in evidence.studies.values():
        for site in study.sites:
            found[site].append(study)
    return found


def _by_registration(evidence: Evidence) -> dict[str, list[Study]]:
    found: dict[str, list[Study]] = defaultdict(list)
    for study in evidence.studies.values():
        known = (evidence.registrations.get(iri) for iri in study.registrations)
        for number in {registration.label for registration in known if registration}:
            found[number].append(study)
    return found


def _years_meet(one: Study, other: Study) -> bool:
    """Whether the times of accrual can overlap; dates that are not known can."""
    start = max(one.accrual_start or date.min, other.accrual_start or date.min)
    return start <= min(one.accrual_end or date.max, other.accrual_end or date.max)


def _sums(
    evidence: Evidence, drugs: Mapping[str, set[str]], sizes: Mapping[str, int]
) -> Iterator[tuple[tuple[str, str], str]]:
    """A pooled analysis of as many people as two other studies of its drug have together."""
    for pooled in evidence.studies.values():
        if pooled.design != POOLED or pooled.iri not in sizes:
            continue
        of_size: dict[int, list[str]] = defaultdict(list)
        for iri, size in sizes.items():
            if iri != pooled.iri and drugs[iri] & drugs[pooled.iri]:
                of_size[size].append(iri)
        for size, iris in of_size.items():
            rest = of_size.get(sizes[pooled.iri] - size, [])
            for iri in iris:
                if any(other != iri for other in rest):
                    first, second = sorted((pooled.iri, iri))
                    total = f"{size} + {sizes[pooled.iri] - size} = {sizes[pooled.iri]}"
                    yield (first, second), f"sizes that add up, {total}"
