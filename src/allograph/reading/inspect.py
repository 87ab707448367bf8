"""The INSPECT-SR worksheet of a study: what the ledger found for each check, for two reviewers.

The tool (Wilkinson et al., medRxiv 2025.09.03.25334905) asks 21 questions of a randomised trial and
leaves each answer to people. So does this: a check that rules look at has their findings, each with
its figure and place, or says which rules ran over how much; no answer and no judgement is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import NamedNode, Term, value_of
from allograph.rdf.vocabularies import AG, RDF
from allograph.reading.described import fragment, nodes_of
from allograph.reading.figures import place_text
from allograph.reading.inspect_checks import (
    CHECKS,
    IN_ONE_REPORT,
    IN_TWO_REPORTS,
    IN_TWO_STUDIES,
    Check,
)
from allograph.reading.ledger import PREFIXES
from allograph.reading.names import Names, names_in
from allograph.reading.notices import notices_of_reports
from allograph.reading.reader import Reader, text, values

FOUND = f"""{PREFIXES}
SELECT ?finding ?rule_label ?rule ?part ?message ?asserted WHERE {{{{
  ?finding a sh:ValidationResult ; sh:focusNode ?part ; ag:rule ?rule ;
           sh:resultMessage ?message ; ag:asserted ?asserted .
  ?rule rdfs:label ?rule_label .
  OPTIONAL {{{{ ?part ag:reports ?reported FILTER (?reported = <{{iri}}>) }}}}
  FILTER (BOUND(?reported) || ?part = <{{iri}}> || STRSTARTS(STR(?part), "{{iri}}#"))
}}}} ORDER BY ?rule ?part ?finding
"""
INVOLVED = f"""{PREFIXES}
SELECT ?finding ?report ?study WHERE {{{{
  VALUES ?finding {{{{ {{findings}} }}}}
  ?finding (sh:focusNode|ag:involves)/ag:between? ?node .
  ?node ag:report ?report ; ag:study ?study
}}}}
"""
# The study, its parts with their places, and the reports about it.
OF_STUDY = f"""{PREFIXES}
CONSTRUCT {{{{ ?node ?property ?value }}}} WHERE {{{{
  {{{{ SELECT DISTINCT ?node WHERE {{{{
    {{{{ VALUES ?node {{{{ <{{iri}}> }}}} }}}} UNION
    {{{{ ?node ag:study <{{iri}}> }}}} UNION
    {{{{ ?any ag:study <{{iri}}> ; ag:locator ?node }}}} UNION
    {{{{ ?node ag:reports <{{iri}}> }}}} UNION
    {{{{ <{{iri}}> ag:registration ?node }}}}
  }}}} }}}}
  ?node ?property ?value .
}}}}
"""
KINDS = (("figures", AG.Result), ("comparisons", AG.Comparison), ("groups", AG.StudyGroup),
         ("statements", AG.Claim))  # fmt: skip
RETRACTION = "retraction"
RANDOMISED = "https://w3id.org/allograph/design/randomised-trial"


@dataclass(frozen=True)
class Finding:
    """What a rule found in one sentence: of which figure, as printed, in which report and where."""

    rule: str
    rule_label: str
    figure: str
    label: str
    reported_as: str
    sentence: str
    report: str
    place: str
    is_told_again: bool
    """Whether the report tells what others found, so that a slip may be its own."""
    is_asserted: bool
    """Whether a curator saw the same, and flagged it."""


@dataclass(frozen=True)
class Inspected:
    """One check, what was found, the rules that ran, and what the graph says beside them."""

    check: Check
    findings: tuple[Finding, ...]
    rules: tuple[str, ...]
    facts: tuple[str, ...]
    computed: str
    """What was computed, in a sentence; empty where nothing was."""


@dataclass(frozen=True)
class Worksheet:
    """The checks of one study, and how much there was to look at."""

    iri: str
    label: str
    design: str
    is_randomised: bool
    counts: Mapping[str, int]
    reports: tuple[str, ...]
    checks: tuple[Inspected, ...]
    release: str
    issued: str
    version: str


def inspect(reader: Reader, iri: str, version: str) -> Worksheet:
    """Fill in the worksheet of a study, by its IRI; ``version`` is that of the program."""
    triples = reader.construct(OF_STUDY.format(iri=iri))
    nodes, names = nodes_of(triples, reader.namespaces), names_in(reader, triples)
    study = nodes.of(iri)
    counts = {
        kind: sum(1 for node in nodes.values() if class_ in node.iris(RDF.type))
        for kind, class_ in KINDS
    }
    reports = [node for node in nodes.values() if iri in node.iris("reports")]
    reports.sort(key=lambda node: node.iri)
    facts = _facts(reader, nodes, names, iri)
    found = _findings(reader, nodes, names, iri)
    sides = _sides(reader, found)
    labels = _labels_of_rules(reader)
    manifest = reader.release.manifest if reader.is_release else {}
    return Worksheet(
        iri,
        study.label,
        ", ".join(map(names.label, study.iris("design"))),
        RANDOMISED in study.iris("design"),
        counts,
        tuple(f"{report.label} ({report.key('tier') or 'no tier'})" for report in reports),
        tuple(_inspected(check, found, sides, labels, facts, counts) for check in CHECKS),
        reader.release.id if reader.is_release else "",
        str(manifest.get("issued", "")),
        version,
    )


Found = Mapping[str, Sequence[tuple[str, Finding]]]
"""The findings of each rule, with their IRIs."""


def _inspected(
    check: Check,
    found: Found,
    sides: Mapping[str, str],
    labels: Mapping[str, str],
    facts: Mapping[str, Sequence[str]],
    counts: Mapping[str, int],
) -> Inspected:
    findings = tuple(
        finding
        for rule in check.rules
        for iri, finding in found.get(rule, ())
        if sides.get(iri, IN_ONE_REPORT) in check.sides
    )
    rules = tuple(labels.get(rule, rule) for rule in check.rules)
    said = tuple(facts.get(check.facts, ()))
    return Inspected(check, findings, rules, said, _computed(rules, findings, counts))


def _computed(rules: Sequence[str], findings: Sequence[Finding], counts: Mapping[str, int]) -> str:
    """How much was found, else which rules ran and over how much."""
    if not rules:
        return ""
    if findings:
        told = sum(finding.is_told_again for finding in findings)
        again = f", {told} of them in what tells of the study at second hand" if told else ""
        return f"{len(findings)} {'finding' if len(findings) == 1 else 'findings'}{again}."
    over = ", ".join(counted(number, kind) for kind, number in counts.items())
    ran = f"{len(rules)} {'rule' if len(rules) == 1 else 'rules'} ({'; '.join(rules)})"
    return f"No finding by {ran} over {over} of this study, as far as each has what a rule needs."


def counted(number: int, kind: str) -> str:
    """How many of a kind, which is given in the plural."""
    return f"{number} {kind.removesuffix('s') if number == 1 else kind}"


def _labels_of_rules(reader: Reader) -> Mapping[str, str]:
    rows = reader.select(
        f"{PREFIXES} SELECT ?rule ?label WHERE {{ ?rule a ag:Rule ; rdfs:label ?label }}"
    )
    return {text(row, "rule").rpartition("/")[2]: text(row, "label") for row in rows}


def _findings(reader: Reader, nodes: Nodes, names: Names, iri: str) -> Found:
    found: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
    second_hand = _second_hand(reader)
    for row in reader.select(FOUND.format(iri=iri)):
        part = text(row, "part")
        node = nodes.of(part)
        places = [place_text(nodes.of(place)) for place in node.iris("locator")]
        rule = text(row, "rule").rpartition("/")[2]
        finding = Finding(
            rule=rule,
            rule_label=text(row, "rule_label"),
            figure=part,
            label=node.label or fragment(part),
            reported_as=node.value("reportedAs"),
            sentence=text(row, "message"),
            report=", ".join(map(names.label, node.iris("report"))),
            place="; ".join(places),
            is_told_again=not second_hand.isdisjoint(node.iris("report")),
            is_asserted=text(row, "asserted") == "true",
        )
        found[rule].append((text(row, "finding"), finding))
    return found


def _second_hand(reader: Reader) -> frozenset[str]:
    """The reports that tell what others found."""
    rows = reader.select(
        f"{PREFIXES} SELECT ?report WHERE {{ ?report ag:tier ?tier . ?tier ag:secondHand true }}"
    )
    return frozenset(text(row, "report") for row in rows)


def _sides(reader: Reader, found: Found) -> Mapping[str, str]:
    """Where the sides of each finding stand, by its IRI."""
    findings = [iri for of_rule in found.values() for iri, _finding in of_rule]
    reports: dict[str, set[str]] = defaultdict(set)
    studies: dict[str, set[str]] = defaultdict(set)
    for row in reader.select(INVOLVED.format(findings=values(findings))):
        reports[text(row, "finding")].add(text(row, "report"))
        studies[text(row, "finding")].add(text(row, "study"))
    return {
        iri: IN_TWO_STUDIES
        if len(studies[iri]) > 1
        else (IN_TWO_REPORTS if len(of_finding) > 1 else IN_ONE_REPORT)
        for iri, of_finding in reports.items()
    }


def _facts(reader: Reader, nodes: Nodes, names: Names, iri: str) -> Mapping[str, Sequence[str]]:
    """What the graph says of a study beside what rules find, by the name that checks use."""
    study = nodes.of(iri)
    retractions, others = _notices(reader, nodes, iri)
    approvals = [f"Approved by {_said(term, names)}." for term in study.all("approvedBy")]
    registrations = [names.label(entry) for entry in study.iris("registration")]
    start = study.value("accrualStart") or "(not stated)"
    end = study.value("accrualEnd") or "(not stated)"
    groups = [node for node in nodes.values() if AG.StudyGroup in node.iris(RDF.type)]
    unknown = sum(1 for group in groups if not group.value("size"))
    sizes = [int(size) for node in nodes.values() if (size := node.value("size"))]
    largest = f"{max(sizes)} people" if sizes else "a size that is not stated"
    return {
        "retractions": retractions,
        "notices": others,
        "approvals": approvals or ["No approval is entered."],
        "registrations": registrations or ["No registration is entered."],
        "sizes": [
            f"{unknown} of {len(groups)} groups have no size: nothing of them can be checked."
        ]
        if unknown
        else [],
        "accrual": [f"Entered or treated from {start} to {end}; the largest group has {largest}."],
    }


def _notices(reader: Reader, nodes: Nodes, iri: str) -> tuple[list[str], list[str]]:
    """The retractions of reports of a study, and other notices; or that none is entered."""
    reports = [node for node in nodes.values() if iri in node.iris("reports")]
    told = reader.once(notices_of_reports)
    retractions: list[str] = []
    others: list[str] = []
    for report in reports:
        for notice in told.get(report.iri, ()):
            seen = f", seen {notice.seen_on}" if notice.seen_on else ""
            line = f"{notice.kind} of {report.label}: {notice.label}{seen}"
            (retractions if notice.kind.casefold() == RETRACTION else others).append(line)
    none = f"is entered of {len(reports)} reports, which does not show that there is none."
    return retractions or [f"No retraction {none}"], others or [f"No other notice {none}"]


def _said(term: Term, names: Names) -> str:
    return names.label(term.value) if isinstance(term, NamedNode) else value_of(term)
