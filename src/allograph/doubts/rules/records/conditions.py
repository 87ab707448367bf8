"""The condition of a study against the words that say whom it was about, and what is broader.

A condition says children or not, with or without the Philadelphia chromosome, in a first relapse,
relapsed or refractory, of the B-cell line. What is narrower says all that the broader one says.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from allograph.doubts.rules.records.designs import reports_of_studies
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.words import KEPT
from allograph.evidence import Evidence, grouped
from allograph.evidence.names import names_of
from allograph.evidence.records import Group, Study
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS, SKOS


@dataclass(frozen=True)
class Quality:
    """Whom a condition is about, as a word says it and as another contradicts it.

    What ``is_told`` has to stand in some words about the study, since it leaves people out. A title
    may say of a part of the people what ``is_of_part``, as that a report is of the Ph-positive.
    """

    name: str
    said: re.Pattern[str]
    contradicted: re.Pattern[str]
    is_told: bool = False
    is_of_part: bool = False


PH = r"\bPh(?:iladelphia)?(?: chromosome)?"
ADULTS = re.compile(r"\b(?:adults?|over 18|18 years (?:and|or) (?:older|over))\b", re.I)
INFANTS = r"infants?|infancy"
QUALITIES = (
    Quality(
        "children",
        re.compile(
            rf"\b(?:{INFANTS}|child(?:ren|hood)?|p(?:a)?ediatric|adolescen\w+|under 18)\b", re.I
        ),
        ADULTS,
        is_told=True,
    ),
    Quality("infants", re.compile(rf"\b(?:{INFANTS})\b", re.I), ADULTS),
    Quality(
        "Philadelphia chromosome negative",
        re.compile(rf"{PH}[- ]negative\b|\bwithout the Philadelphia\b", re.I),
        re.compile(rf"{PH}[- ]positive\b|\b(?:with|carries) the Philadelphia\b", re.I),
        is_told=True,
    ),
    Quality(
        "Philadelphia chromosome positive",
        re.compile(rf"{PH}[- ]positive\b|\bwith the Philadelphia\b", re.I),
        re.compile(rf"{PH}[- ]negative\b|\bwithout the Philadelphia\b", re.I),
        is_told=True,
        is_of_part=True,
    ),
    Quality(
        "in remission with residual disease",
        re.compile(r"\bremission,? with (?:minimal|measurable) residual\b|\bMRD-positive B", re.I),
        re.compile(r"\b(?:newly diagnosed|relapsed or refractory)\b", re.I),
        is_of_part=True,
    ),
    Quality(
        "newly diagnosed",
        re.compile(r"\b(?:newly diagnosed|previously untreated)\b", re.I),
        re.compile(r"\b(?:relaps\w*|refractory|salvage)\b", re.I),
        is_of_part=True,
    ),
    Quality(
        "first relapse",
        re.compile(r"\bfirst[- ](?:relapse|salvage|time)\b(?! (?:or|and|versus)\b)", re.I),
        re.compile(
            r"\b(?:primary refractory|second (?:relapse|salvage|time)|newly diagnosed)\b", re.I
        ),
        is_told=True,
    ),
    Quality(
        "relapsed or refractory",
        re.compile(
            r"\b(?:relaps\w*(?:/| or )(?:refractory|unresponsive)|first relapse|salvage)\b", re.I
        ),
        re.compile(r"\b(?:newly diagnosed|previously untreated)\b", re.I),
    ),
    Quality(
        "of the B-cell line",
        re.compile(r"\bB[- ](?:cell|lineage|ALL|precursor)|\bBCP-ALL\b", re.I),
        re.compile(r"\bT[- ](?:cell|lineage|ALL\b)", re.I),
    ),
)


def conditions_of_studies(evidence: Evidence) -> Iterator[Doubt]:
    """A condition against the titles and labels that say whom the study was about."""
    reports = reports_of_studies(evidence)
    words = _words_of_studies(evidence)
    words_of = cache(partial(_all_words, evidence))
    for study in evidence.studies.values():
        if not study.conditions:
            continue
        qualities = _qualities("; ".join(map(words_of, sorted(study.conditions))))
        titles = [label_of(study)]
        for report in reports.get(study.iri, ()):
            titles += evidence.nodes.of(report).texts(DCTERMS["title"])
        groups = [label_of(group) for group in _own_groups(evidence, study)]
        named = " ".join(sorted(map(key_of, study.conditions)))
        for quality in QUALITIES:
            is_said = quality.name in qualities
            naming = next((text for text in titles if quality.name in _qualities(text)), None)
            against = [text for text in (*titles, *groups) if quality.name in _denied(text)]
            if naming and not is_said and not quality.is_of_part:
                message = f'"{naming}" says {quality.name}, and its condition does not.'
            elif against and is_said and not naming:
                message = f'Its condition says {quality.name}, and "{against[0]}" does not.'
            elif is_said and quality.is_told and not _is_told(quality, words[study.iri]):
                message = f"Its condition says {quality.name}, and no title, label or claim does."
            else:
                continue
            yield Doubt(study.iri, message, named)


def broader_conditions(evidence: Evidence) -> Iterator[Doubt]:
    """A condition whose names contradict each other, or what is broader, or leave that out."""
    conditions = evidence.instances("Condition")
    qualities = {node.iri: _qualities(_own_words(node)) for node in conditions}
    broader = {node.iri: evidence.broader(node.iri) for node in conditions}
    alike = grouped(qualities, lambda iri: qualities[iri] or None)
    for node in conditions:
        own = qualities[node.iri]
        for quality in QUALITIES:
            words = _own_words(node)
            if quality.said.search(words) and (against := quality.contradicted.search(words)):
                message = f'It is called {quality.name}, and "{against[0]}".'
                yield Doubt(node.iri, message, node.label)
        for iri in sorted(broader[node.iri] & qualities.keys() - {node.iri}):
            if beyond := qualities[iri] - own:
                other = evidence.nodes.of(iri).label
                message = f"It is narrower than {other}, and not said to be {_names(beyond)}."
                yield Doubt(node.iri, message, node.label, (iri,))
        for said, others in alike.items():
            for iri in others if said < own else ():
                is_kin = not _roots(evidence, broader[iri]).isdisjoint(
                    _roots(evidence, broader[node.iri])
                )
                if is_kin and iri not in broader[node.iri]:
                    message = f"It is {_names(said)}, and not below {evidence.nodes.of(iri).label}."
                    yield Doubt(node.iri, message, node.label, (iri,))


def _roots(evidence: Evidence, broader: Iterable[str]) -> set[str]:
    return {iri for iri in broader if not evidence.nodes.of(iri).iris(SKOS.broader)}


@lru_cache(KEPT)
def _qualities(words: str) -> frozenset[str]:
    return frozenset(quality.name for quality in QUALITIES if quality.said.search(words))


@lru_cache(KEPT)
def _denied(words: str) -> frozenset[str]:
    return frozenset(quality.name for quality in QUALITIES if quality.contradicted.search(words))


def _is_told(quality: Quality, texts: Iterable[str]) -> bool:
    return any(quality.name in _qualities(text) for text in texts)


def _names(qualities: Iterable[str]) -> str:
    return " and ".join(sorted(qualities))


def _own_words(node: Node) -> str:
    key = key_of(node.iri).replace("-", " ")
    return "; ".join([key, *names_of(node), *node.texts(SKOS.definition)])


def _all_words(evidence: Evidence, iri: str) -> str:
    """The names and the definition of a condition and of all that are broader."""
    return "; ".join(
        _own_words(evidence.nodes.of(broader)) for broader in sorted(evidence.broader(iri))
    )


def _own_groups(evidence: Evidence, study: Study) -> Iterator[Group]:
    return (
        group
        for group in evidence.groups_of_study.get(study.iri, ())
        if group.grouping not in ("background", "external-control", "non-human")
    )


def _words_of_studies(evidence: Evidence) -> dict[str, list[str]]:
    """All titles, labels, claims and printed forms of each study and its reports."""
    found: dict[str, list[str]] = defaultdict(list)
    for study in evidence.studies.values():
        found[study.iri] += [label_of(study), *names_of(evidence.nodes.of(study.iri))]
        for group in _own_groups(evidence, study):
            found[study.iri] += [label_of(group), group.reported_as]
    for claim in evidence.claims.values():
        found[claim.study or ""] += [label_of(claim), claim.reported_as]
    for report in evidence.reports.values():
        node = evidence.nodes.of(report.iri)
        texts = [label_of(report)]
        for name in (DCTERMS["title"], DCTERMS.subject, DCTERMS.source):
            texts += node.texts(name)
        for study_iri in report.studies:
            found[study_iri] += texts
    return found
