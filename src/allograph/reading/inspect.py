"""The INSPECT-SR worksheet of a study: what the ledger found for each check, for two reviewers.

The tool (Wilkinson et al., medRxiv 2025.09.03.25334905) asks 21 questions of a randomised trial and
leaves each answer to people. So does this: a check that rules look at has their findings, each with
its figure and place, or says which rules ran over how much; no answer and no judgement is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import NamedNode, Term, value_of
from allograph.rdf.vocabularies import AG, RDF
from allograph.reading.described import fragment, nodes_of
from allograph.reading.figures import place_text
from allograph.reading.inspect_checks import CHECKS, Check
from allograph.reading.ledger import PREFIXES
from allograph.reading.names import Names, names_in
from allograph.reading.notices import notices_of_reports
from allograph.reading.reader import Reader, text, values

FOUND = f"""{PREFIXES}
SELECT ?finding ?rule_label ?rule ?part ?message ?asserted WHERE {{{{
  ?finding a sh:ValidationResult ; sh:focusNode ?part ; ag:rule ?rule ;
           sh:resultMessage ?message ; ag:asserted ?asserted .
  ?rule rdfs:label ?rule_label .
  FILTER (?part = <{{iri}}> || STRSTARTS(STR(?part), "{{iri}}#"))
}}}} ORDER BY ?rule ?part ?finding
"""
INVOLVED = f"""{PREFIXES}
SELECT ?finding ?report WHERE {{{{
  VALUES ?finding {{{{ {{findings}} }}}}
  ?finding (sh:focusNode|ag:involves)/ag:between? ?node . ?node ag:report ?report
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
    found, apart = _findings(reader, nodes, names, iri)
    labels = _labels_of_rules(reader)
    manifest = reader.release.manifest if reader.is_release else {}
    return Worksheet(
        iri,
        study.label,
        ", ".join(map(names.label, study.iris("design"))),
        RANDOMISED in study.iris("design"),
        counts,
        tuple(f"{report.label} ({report.key('tier') or 'no tier'})" for report in reports),
        tuple(_inspected(check, found, apart, labels, facts, counts) for check in CHECKS),
        reader.release.id if reader.is_release else "",
        str(manifest.get("issued", "")),
        version,
    )


def _inspected(
    check: Check,
    found: Mapping[str, Sequence[tuple[str, Finding]]],
    apart: frozenset[str],
    labels: Mapping[str, str],
    facts: Mapping[str, Sequence[str]],
    counts: Mapping[str, int],
) -> Inspected:
    findings = tuple(
        finding
        for rule in check.rules
        for iri, finding in found.get(rule, ())
        if (check.across if iri in apart else check.within)
    )
    rules = tuple(labels.get(rule, rule) for rule in check.rules)
    said = tuple(facts.get(check.facts, ()))
    return Inspected(check, findings, rules, said, _computed(rules, findings, counts))


def _computed(rules: Sequence[str], findings: Sequence[Finding], counts: Mapping[str, int]) -> str:
    """How much was found, else which rules ran and over how much."""
    if not rules:
        return ""
    if findings:
        return f"{len(findings)} {'finding' if len(findings) == 1 else 'findings'}, below"
    over = ", ".join(f"{number} {kind}" for kind, number in counts.items())
    ran = f"{len(rules)} {'rule' if len(rules) == 1 else 'rules'}: {'; '.join(rules)}"
    return (
        f"No finding by {ran}. Over {over} of this study, each as far as it has what a rule needs."
    )


def _labels_of_rules(reader: Reader) -> Mapping[str, str]:
    rows = reader.select(
        f"{PREFIXES} SELECT ?rule ?label WHERE {{ ?rule a ag:Rule ; rdfs:label ?label }}"
    )
    return {text(row, "rule").rpartition("/")[2]: text(row, "label") for row in rows}


def _findings(
    reader: Reader, nodes: Nodes, names: Names, iri: str
) -> tuple[Mapping[str, Sequence[tuple[str, Finding]]], frozenset[str]]:
    """The findings of each rule, and the IRIs of those whose sides stand in several reports."""
    found: dict[str, list[tuple[str, Finding]]] = defaultdict(list)
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
            is_asserted=text(row, "asserted") == "true",
        )
        found[rule].append((text(row, "finding"), finding))
    return found, _of_several_reports(reader, found.values())


def _of_several_reports(
    reader: Reader, found: Iterable[Sequence[tuple[str, Finding]]]
) -> frozenset[str]:
    findings = [iri for of_rule in found for iri, _finding in of_rule]
    reports: dict[str, set[str]] = defaultdict(set)
    for row in reader.select(INVOLVED.format(findings=values(findings))):
        reports[text(row, "finding")].add(text(row, "report"))
    return frozenset(iri for iri, of_finding in reports.items() if len(of_finding) > 1)


def _facts(reader: Reader, nodes: Nodes, names: Names, iri: str) -> Mapping[str, Sequence[str]]:
    """What the graph says of a study beside what rules find, by the name that checks use."""
    study = nodes.of(iri)
    retractions, others = _notices(reader, nodes, iri)
    approvals = [f"Approved by {_said(term, names)}." for term in study.all("approvedBy")]
    registrations = [names.label(entry) for entry in study.iris("registration")]
    start = study.value("accrualStart") or "(not stated)"
    end = study.value("accrualEnd") or "(not stated)"
    sizes = [int(size) for node in nodes.values() if (size := node.value("size"))]
    largest = f"{max(sizes)} people" if sizes else "a size that is not stated"
    return {
        "retractions": retractions,
        "notices": others,
        "approvals": approvals or ["No approval is entered."],
        "registrations": registrations or ["No registration is entered."],
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
    none = f"Of {len(reports)} reports none is entered; nobody recorded who looked for one."
    return retractions or [none], others or [none]


def _said(term: Term, names: Names) -> str:
    return names.label(term.value) if isinstance(term, NamedNode) else value_of(term)
