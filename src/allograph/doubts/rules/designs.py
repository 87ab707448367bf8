"""The design of a study, against its groups, its comparisons, its claims and its papers.

A trial that assigned people by chance has arms and says so; a study of one group has none. Papers
and labels also say whom it was about: children or adults, with or without the Philadelphia
chromosome, in a first relapse.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allograph.doubts.rules.printed_numbers import label_of
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Claim, Comparison, Group, Study
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import DCTERMS, RDFS, SKOS

RANDOMISED = "randomised-trial"
WITH_ARMS = frozenset({RANDOMISED, "controlled-trial"})
WITHOUT_ARMS = frozenset({"uncontrolled-cohort", "single-arm-trial"})
BY_CHANCE = re.compile(r"(?<!non-)(?<!not )(?<!non )\brandom(?:ly|i[sz]ed)\b|\bby chance\b", re.I)
TRIAL = re.compile(r"\bclinical trial\b", re.I)


@dataclass(frozen=True)
class Quality:
    """Whom a study is about, as a word says it and as another contradicts it."""

    name: str
    said: re.Pattern[str]
    contradicted: re.Pattern[str]


QUALITIES = (
    Quality(
        "children",
        re.compile(r"\b(?:child(?:ren|hood)?|p(?:a)?ediatric|under 18)\b", re.I),
        re.compile(r"\badults?\b", re.I),
    ),
    Quality(
        "Philadelphia chromosome negative",
        re.compile(r"\bPh(?:iladelphia)?(?: chromosome)?[- ]negative\b", re.I),
        re.compile(r"\bPh(?:iladelphia)?(?: chromosome)?[- ]positive\b", re.I),
    ),
    Quality(
        "first relapse",
        re.compile(r"\bfirst[- ](?:relapse|salvage)\b", re.I),
        re.compile(r"\b(?:primary refractory|second (?:relapse|salvage)|newly diagnosed)\b", re.I),
    ),
    Quality(
        "relapsed or refractory",
        re.compile(r"\b(?:relaps\w*(?:/| or )(?:refractory|unresponsive)|first relapse)\b", re.I),
        re.compile(r"\b(?:newly diagnosed|previously untreated)\b", re.I),
    ),
    Quality(
        "of the B-cell line",
        re.compile(r"\bB-(?:cell|lineage|ALL|precursor)|\bBCP-ALL\b", re.I),
        re.compile(r"\bT-(?:cell|lineage) (?:acute|ALL|leuk)|\bT-ALL\b", re.I),
    ),
)


def designs_of_studies(evidence: Evidence) -> Iterator[Doubt]:
    """A design that the groups, the comparisons, a claim or a paper of the study contradict."""
    claims = grouped(evidence.claims.values(), lambda claim: claim.study)
    comparisons = grouped(evidence.comparisons.values(), lambda comparison: comparison.study)
    reports = _reports_of_studies(evidence)
    for study in evidence.studies.values():
        if study.design is None:
            continue
        groups = evidence.groups_of_study.get(study.iri, [])
        arms = [group for group in groups if group.grouping == "arm"]
        by_chance = [claim for claim in claims.get(study.iri, ()) if _is_by_chance(study, claim)]
        adjusted = _by_randomisation(evidence, comparisons.get(study.iri, ()))
        reasons = [*_arms(study, len(arms), bool(by_chance)), *_pools(evidence, study)]
        if by_chance and study.design != RANDOMISED:
            reasons.append(f'"{by_chance[0].label}" says that chance assigned its people')
        if adjusted and study.design != RANDOMISED:
            reasons.append("chance made the groups of a comparison alike (ag:adjustment)")
        if arms and any(group.grouping == "cohort" for group in groups):
            reasons.append("it has arms, and a cohort, which is everybody where there are no arms")
        for report in reports.get(study.iri, ()):
            types = evidence.nodes.of(report).texts(DCTERMS.type)
            if study.design == "uncontrolled-cohort" and any(map(TRIAL.search, types)):
                reasons.append("its report is of the type Clinical Trial")
            if study.design != RANDOMISED and any(map(BY_CHANCE.search, types)):
                reasons.append("its report is of the type of randomised trials")
        for reason in dict.fromkeys(reasons):
            message = f"The design is {study.design}, and {reason}."
            yield Doubt(study.iri, message, study.design)


def conditions_of_studies(evidence: Evidence) -> Iterator[Doubt]:
    """A condition against the titles and labels that say whom the study was about."""
    reports = _reports_of_studies(evidence)
    for study in evidence.studies.values():
        if not study.conditions:
            continue
        condition = "; ".join(_condition(evidence, iri) for iri in sorted(study.conditions))
        titles = [label_of(study)]
        for report in reports.get(study.iri, ()):
            titles += evidence.nodes.of(report).texts(DCTERMS["title"])
        groups = [label_of(group) for group in _own_groups(evidence, study)]
        for quality in QUALITIES:
            is_said = bool(quality.said.search(condition))
            naming = next((text for text in titles if quality.said.search(text)), None)
            against = [text for text in (*titles, *groups) if quality.contradicted.search(text)]
            named = sorted(map(key_of, study.conditions))
            if naming and not is_said:
                message = f'"{naming}" says {quality.name}, and its condition does not.'
                yield Doubt(study.iri, message, " ".join(named))
            if against and is_said and not naming:
                message = f'Its condition says {quality.name}, and "{against[0]}" does not.'
                yield Doubt(study.iri, message, " ".join(named))


def _arms(study: Study, arms: int, is_told: bool) -> Iterator[str]:
    if study.design in WITH_ARMS and arms < 2 and not is_told:
        yield f"it has {arms} arms"
    if study.design in WITHOUT_ARMS and arms:
        yield f"it has {arms} arms"


def _pools(evidence: Evidence, study: Study) -> Iterator[str]:
    """A pooled analysis names what it pools, or says that it is inferred."""
    node = evidence.nodes.of(study.iri)
    pooled = node.iris("poolsStudy")
    if study.design == "pooled-analysis" and not pooled and "inferred" not in node.keys("flag"):
        yield "it names no study that it pools (ag:poolsStudy)"
    if pooled and study.design not in ("pooled-analysis", "not-stated"):
        yield "it pools other studies"


def _is_by_chance(study: Study, claim: Claim) -> bool:
    is_design = claim.kind == "design" and study.iri in claim.about
    return is_design and bool(BY_CHANCE.search(f"{label_of(claim)} {claim.reported_as}"))


def _by_randomisation(evidence: Evidence, comparisons: list[Comparison] | tuple[()]) -> bool:
    return any(
        evidence.nodes.of(comparison.iri).key("adjustment") == "randomisation"
        for comparison in comparisons
    )


def _reports_of_studies(evidence: Evidence) -> Mapping[str, list[str]]:
    """The reports of each study but those at second hand."""
    found: dict[str, list[str]] = defaultdict(list)
    for report in evidence.reports.values():
        for study in () if evidence.is_second_hand(report) else report.studies:
            found[study].append(report.iri)
    return found


def _own_groups(evidence: Evidence, study: Study) -> Iterator[Group]:
    return (
        group
        for group in evidence.groups_of_study.get(study.iri, ())
        if group.grouping not in ("background", "external-control", "non-human")
    )


def _condition(evidence: Evidence, iri: str) -> str:
    """The names and the definition of a condition and of all that are broader."""
    nodes = [evidence.nodes.of(broader) for broader in sorted(evidence.broader(iri))]
    texts = [
        text
        for node in nodes
        for name in (RDFS.label, SKOS.altLabel, SKOS.definition)
        for text in node.texts(name)
    ]
    return "; ".join([key_of(iri).replace("-", " "), *texts])
