"""The design of a study, against its groups, its comparisons, its claims and its papers.

A trial that assigned people by chance has arms and says so; a study of one group has none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Claim, Comparison, Study
from allograph.rdf.vocabularies import DCTERMS

RANDOMISED = "randomised-trial"
WITH_ARMS = frozenset({RANDOMISED, "controlled-trial"})
WITHOUT_ARMS = frozenset({"uncontrolled-cohort", "single-arm-trial"})
BY_CHANCE = re.compile(r"(?<!non-)(?<!not )(?<!non )\brandom(?:ly|i[sz]ed)\b|\bby chance\b", re.I)
TRIAL = re.compile(r"\bclinical trial\b", re.I)
POOLED = re.compile(r"\b(?:pool(?:s|ed|ing)?|meta-?analys[ei]s|individual patient data)\b", re.I)
NO_TRIAL = ("uncontrolled-cohort", "not-stated")
POOLING = ("pooled-analysis", "indirect-comparison", "network-meta-analysis", "not-stated")
"""Designs that may count the people of other studies again."""


def designs_of_studies(evidence: Evidence) -> Iterator[Doubt]:
    """A design that the groups, the comparisons, a claim or a paper of the study contradict."""
    claims = grouped(evidence.claims.values(), lambda claim: claim.study)
    comparisons = grouped(evidence.comparisons.values(), lambda comparison: comparison.study)
    reports = reports_of_studies(evidence)
    for study in evidence.studies.values():
        if study.design is None:
            continue
        groups = evidence.groups_of_study.get(study.iri, [])
        arms = [group for group in groups if group.grouping == "arm"]
        by_chance = [claim for claim in claims.get(study.iri, ()) if _is_by_chance(study, claim)]
        adjusted = _by_randomisation(evidence, comparisons.get(study.iri, ()))
        words = [label_of(study), *(label_of(claim) for claim in claims.get(study.iri, ()))]
        for report in reports.get(study.iri, ()):
            words += evidence.nodes.of(report).texts(DCTERMS["title"])
        reasons = [*_arms(study, len(arms), bool(by_chance)), *_pools(evidence, study, words)]
        if by_chance and study.design != RANDOMISED:
            reasons.append(f'"{by_chance[0].label}" says that chance assigned its people')
        if adjusted and study.design != RANDOMISED:
            reasons.append("chance made the groups of a comparison alike (ag:adjustment)")
        if arms and any(group.grouping == "cohort" for group in groups):
            reasons.append("it has arms, and a cohort, which is everybody where there are no arms")
        for report in reports.get(study.iri, ()):
            types = evidence.nodes.of(report).texts(DCTERMS.type)
            if study.design in NO_TRIAL and any(map(TRIAL.search, types)):
                reasons.append("its report is of the type Clinical Trial")
            if study.design != RANDOMISED and any(map(BY_CHANCE.search, types)):
                reasons.append("its report is of the type of randomised trials")
        for reason in dict.fromkeys(reasons):
            message = f"The design is {study.design}, and {reason}."
            yield Doubt(study.iri, message, study.design)


def _arms(study: Study, arms: int, is_told: bool) -> Iterator[str]:
    if study.design in WITH_ARMS and arms < 2 and not is_told:
        yield f"it has {arms} arms"
    if study.design in WITHOUT_ARMS and arms:
        yield f"it has {arms} arms"


def _pools(evidence: Evidence, study: Study, words: list[str]) -> Iterator[str]:
    """A pooled analysis names what it pools, or some words of it say that it pools."""
    pooled = evidence.nodes.of(study.iri).iris("poolsStudy")
    if study.design == "pooled-analysis" and not pooled and not any(map(POOLED.search, words)):
        yield "it names no study that it pools (ag:poolsStudy), and no words of it speak of pooling"
    if pooled and study.design not in POOLING:
        yield "it pools other studies"


def _is_by_chance(study: Study, claim: Claim) -> bool:
    is_design = claim.kind == "design" and study.iri in claim.about
    return is_design and bool(BY_CHANCE.search(f"{label_of(claim)} {claim.reported_as}"))


def _by_randomisation(evidence: Evidence, comparisons: list[Comparison] | tuple[()]) -> bool:
    return any(
        evidence.nodes.of(comparison.iri).key("adjustment") == "randomisation"
        for comparison in comparisons
    )


def reports_of_studies(evidence: Evidence) -> Mapping[str, list[str]]:
    """The reports of each study but those at second hand."""
    found: dict[str, list[str]] = defaultdict(list)
    for report in evidence.reports.values():
        for study in () if evidence.is_second_hand(report) else report.studies:
            found[study].append(report.iri)
    return found
