"""How far figures may be biased, as people judged it: one tool, its domains, and the whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from allograph.evidence.model import Evidence
from allograph.evidence.values import day, whole
from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import RDFS, SKOS

SCHEME = f"{BASE}bias"
"""The domains of all tools."""
NOT_JUDGED = "not-judged"
"""The answer where nobody has judged; a key of the scheme ``risk``."""
GRAVE = 2
"""Answers of this rank or a graver one: high, serious and critical risk."""

OF_A_FIGURE = (
    "value",
    "numerator",
    "denominator",
    "lowerLimit",
    "upperLimit",
    "confidenceLevel",
    "valueStatus",
    "pValue",
    "atTime",
    "timeOrigin",
    "outcome",
    "outcomeDefinition",
    "statistic",
    "group",
    "comparator",
    "dataCutoff",
    "report",
)
OF_A_STUDY = ("design", "condition", "registration", "primaryOutcome")
"""What a judgement rests on: properties whose change makes it stale."""


@dataclass(frozen=True)
class DomainOfBias:
    """One domain: its key, as ``rob-2-randomisation``, the answer's key, the reason, what was read.

    ``rank`` is that of the answer, 1 for the gravest.
    """

    domain: str
    label: str
    risk: str
    risk_label: str
    rank: int
    reason: str
    reports: tuple[str, ...]


@dataclass(frozen=True)
class RiskOfBias:
    """How far figures of one study, or the study, may be biased; domains in the tool's order."""

    iri: str
    label: str
    judges: tuple[str, ...]
    tool: str
    tool_label: str
    risk: str
    risk_label: str
    rank: int
    reason: str
    domains: tuple[DomainOfBias, ...]
    who: str
    when: date | None
    release: str
    is_stale: bool


def risks_of_bias(evidence: Evidence) -> list[RiskOfBias]:
    """All judgements of bias of a graph, by IRI."""
    nodes = sorted(evidence.instances("RiskOfBias"), key=lambda node: node.iri)
    return [_risk(evidence, node) for node in nodes]


def risk_of(risks: Iterable[RiskOfBias], figure: str, study: str) -> RiskOfBias | None:
    """The judgement that counts for a figure: of it, else of its study; of several the latest.

    A stale one counts only where there is no other.
    """
    found = [risk for risk in risks if figure in risk.judges or study in risk.judges]
    return max(
        found, key=lambda one: (not one.is_stale, figure in one.judges, str(one.when)), default=None
    )


def digest_of_judged(evidence: Evidence, judged: Iterable[str]) -> str:
    """The SHA-256 of what a judgement of bias rests on: the figures, or the design of the study."""
    content = {iri: _stated(evidence, evidence.nodes.of(iri)) for iri in judged}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _stated(evidence: Evidence, node: Node) -> list[list[str]]:
    if node.iri in evidence.studies:
        reports = [one.iri for one in evidence.reports.values() if node.iri in one.studies]
        return [*([name, *sorted(node.texts(name))] for name in OF_A_STUDY), sorted(reports)]
    return [[name, *sorted(node.texts(name))] for name in OF_A_FIGURE]


def _risk(evidence: Evidence, node: Node) -> RiskOfBias:
    tool, risk = (evidence.nodes.of(node.iri_of(name) or "") for name in ("tool", "risk"))
    judges = node.iris("judges")
    return RiskOfBias(
        iri=node.iri,
        label=node.label,
        judges=judges,
        tool=node.key("tool") or "",
        tool_label=tool.label,
        risk=node.key("risk") or NOT_JUDGED,
        risk_label=risk.label,
        rank=whole(risk, "rank") or 0,
        reason=node.value(RDFS.comment),
        domains=tuple(_domains(evidence, node)),
        who=node.value("judgedBy"),
        when=day(node, "judgedOn"),
        release=node.value("judgedRelease"),
        is_stale=node.value("digest") != digest_of_judged(evidence, judges),
    )


def _domains(evidence: Evidence, node: Node) -> list[DomainOfBias]:
    parts = (evidence.nodes.of(iri) for iri in node.iris("domainJudgement"))
    order = domains_of(evidence, node.iri_of("tool") or "")
    found = []
    for part in parts:
        domain, risk = (evidence.nodes.of(part.iri_of(name) or "") for name in ("domain", "risk"))
        found.append(
            DomainOfBias(
                domain=part.key("domain") or "",
                label=domain.label,
                risk=part.key("risk") or NOT_JUDGED,
                risk_label=risk.label,
                rank=whole(risk, "rank") or 0,
                reason=part.value(RDFS.comment),
                reports=part.iris("report"),
            )
        )
    places = {key: place for place, (key, _label) in enumerate(order)}
    return sorted(found, key=lambda one: places.get(one.domain, len(places)))


def domains_of(evidence: Evidence, tool: str) -> list[tuple[str, str]]:
    """The domains of a tool (an IRI) in their order: keys and labels."""
    nodes = [
        node
        for node in evidence.instances(SKOS.Concept)
        if SCHEME in node.iris(SKOS.inScheme) and tool in node.iris("tool")
    ]
    nodes.sort(key=lambda node: whole(node, "rank") or 0)
    return [(key_of(node.iri), node.label) for node in nodes]
