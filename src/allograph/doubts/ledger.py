"""The ledger of doubt: what the rules find, beside the flags that curators asserted.

A rule that *raises* a flag wants it on every node that it doubts; one that *decides* a flag also
wants it on no other node. So arithmetic and curators check each other, and a difference is a
finding; a doubt on which both agree stays in the ledger, beside the figure that it is about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from allograph.curated.loaded import Loaded
from allograph.curated.results import Severity, ValidationResult
from allograph.doubts.rules import RULES, Doubt
from allograph.evidence import Evidence
from allograph.namespaces import BASE
from allograph.rdf.terms import Literal, NamedNode, Quad, Triple
from allograph.rdf.vocabularies import AG, RDF, RDFS, RULE, SH

LEDGER = f"{BASE}quality"
NAMED_GRAPH = NamedNode(f"{BASE}graph/quality")
SEVERITIES = {
    SH.Violation: Severity.VIOLATION,
    SH.Warning: Severity.WARNING,
    SH.Info: Severity.INFO,
}

SEVERITY_IRIS = {severity: iri for iri, severity in SEVERITIES.items()}


@dataclass(frozen=True)
class RuleWords:
    """What ``ontology/rules/<key>.ttl`` says of a rule; flags are keys.

    One of bookkeeping keeps account of work that is left, in the ledger alone.
    """

    key: str
    label: str
    severity: Severity
    cure: str
    raises: frozenset[str]
    decides: frozenset[str]
    is_bookkeeping: bool = False

    @property
    def flags(self) -> frozenset[str]:
        """The flags that a doubt of this rule puts on its node."""
        return self.raises | self.decides


@dataclass(frozen=True)
class Finding:
    """One doubt in the ledger; ``is_asserted`` when a curator flagged the same, or entered it."""

    rule: RuleWords
    doubt: Doubt
    record: str
    is_asserted: bool

    @property
    def iri(self) -> str:
        """The same doubt about the same nodes has the same IRI in every release."""
        nodes = "\n".join((self.doubt.about, *sorted(self.doubt.involves)))
        return f"{LEDGER}#{self.rule.key}-{hashlib.sha256(nodes.encode()).hexdigest()[:12]}"


def find_doubts(evidence: Evidence) -> list[Finding]:
    """What all rules find, by rule and node."""
    words = read_words(evidence)
    return [
        Finding(
            rule=words[key],
            doubt=doubt,
            record=doubt.about.partition("#")[0],
            is_asserted=bool(words[key].flags & _flags(evidence, doubt.about))
            or not evidence.discrepancies.keys().isdisjoint(doubt.involves),
        )
        for key, rule in RULES.items()
        for doubt in sorted(set(rule(evidence)))
    ]


def with_ledger(quads: Iterable[Quad], findings: Iterable[Finding]) -> tuple[Quad, ...]:
    """The curated quads, and those of the ledger in a named graph of its own."""
    found = findings_as_triples(findings)
    return (
        *quads,
        *(Quad(subject, predicate, object_, NAMED_GRAPH) for subject, predicate, object_ in found),
    )


def findings_as_triples(findings: Iterable[Finding]) -> Iterator[Triple]:
    """Findings as ``sh:ValidationResult`` (https://www.w3.org/TR/shacl/#results)."""
    for finding in findings:
        values: list[tuple[str, NamedNode | Literal]] = [
            (RDF.type, NamedNode(SH.ValidationResult)),
            (AG.rule, NamedNode(RULE[finding.rule.key])),
            (SH.focusNode, NamedNode(finding.doubt.about)),
            (SH.resultSeverity, NamedNode(SEVERITY_IRIS[finding.rule.severity])),
            (SH.resultMessage, Literal(finding.doubt.message, language="en")),
            (AG.asserted, Literal(finding.is_asserted)),
            *((AG.involves, NamedNode(iri)) for iri in finding.doubt.involves),
        ]
        if finding.doubt.value is not None:
            values.append((SH.value, Literal(finding.doubt.value)))
        for predicate, value in values:
            yield Triple(NamedNode(finding.iri), NamedNode(predicate), value)


def read_words(evidence: Evidence) -> dict[str, RuleWords]:
    """The words of all rules, by key; where no severity of SHACL is given, it is a warning."""
    return {
        key: RuleWords(
            key=key,
            label=node.text(RDFS.label) or key,
            severity=SEVERITIES.get(node.iri_of(SH.severity) or "", Severity.WARNING),
            cure=node.text("cure") or "",
            raises=node.keys("raises"),
            decides=node.keys("decides"),
            is_bookkeeping=node.is_true("bookkeeping"),
        )
        for key in RULES
        for node in [evidence.nodes.of(RULE[key])]
    }


def check_doubts(
    loaded: Loaded, evidence: Evidence, findings: Collection[Finding]
) -> list[ValidationResult]:
    """What a curator has to look at: doubts without their flag, flags without their doubt.

    Also rules whose words give no severity that is one.
    A doubt that its flag acknowledges is no result here, nor is bookkeeping: the ledger has both.
    """
    return sorted(
        [
            *(
                _unflagged(finding, loaded)
                for finding in findings
                if not finding.is_asserted and not finding.rule.is_bookkeeping
            ),
            *_unfounded(findings, evidence, loaded),
            *_wrong_severities(evidence, loaded),
        ]
    )


def _unflagged(finding: Finding, loaded: Loaded) -> ValidationResult:
    flags = " or ".join(f"flag:{key}" for key in sorted(finding.rule.flags))
    cure = finding.rule.cure + (
        f" If it is printed so, keep it and flag it: ag:flag {flags}." if flags else ""
    )
    return ValidationResult(
        at=loaded.location(finding.doubt.about),
        severity=Severity.VIOLATION if flags else finding.rule.severity,
        focus_node=finding.doubt.about,
        path=None,
        value=finding.doubt.value,
        message=f"{finding.doubt.message} {cure}".rstrip(),
        rule=f"rule:{finding.rule.key}",
        cure=cure.strip() or None,
    )


def _unfounded(
    findings: Iterable[Finding], evidence: Evidence, loaded: Loaded
) -> Iterator[ValidationResult]:
    """Flags that a rule decides, on nodes where it finds nothing."""
    found = {(finding.doubt.about, flag) for finding in findings for flag in finding.rule.decides}
    decided = {flag: words.key for words in read_words(evidence).values() for flag in words.decides}
    for node in evidence.nodes.values():
        for flag in sorted(node.keys("flag") & decided.keys()):
            if (node.iri, flag) not in found:
                yield ValidationResult(
                    at=loaded.location(node.iri),
                    severity=Severity.VIOLATION,
                    focus_node=node.iri,
                    path=None,
                    value=f"flag:{flag}",
                    message="A flag that arithmetic decides stands where arithmetic agrees."
                    " Look at the figures again, or take the flag away.",
                    rule=f"rule:{decided[flag]}",
                )


def _wrong_severities(evidence: Evidence, loaded: Loaded) -> Iterator[ValidationResult]:
    """Severities of rules that are none of SHACL's three (section 2.1.4)."""
    for key in RULES:
        node = evidence.nodes.of(RULE[key])
        for value in node.texts(SH.severity):
            if value not in SEVERITIES:
                yield ValidationResult(
                    at=loaded.location(node.iri),
                    severity=Severity.VIOLATION,
                    focus_node=node.iri,
                    path=SH.severity,
                    value=value,
                    message="A rule is as severe as sh:Violation, sh:Warning or sh:Info.",
                    rule="integrity:severity",
                )


def _flags(evidence: Evidence, iri: str) -> frozenset[str]:
    node = evidence.nodes.get(iri)
    return frozenset() if node is None else node.keys("flag")
