"""The ledger of doubt as it is read: every finding of a rule, and every flag of a curator."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import RULE
from allograph.reading.described import nodes_of
from allograph.reading.names import Names, names_in
from allograph.reading.reader import Reader, Row, text

PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

IN_WORDS = """
OPTIONAL { ?flag rdfs:label ?flag_label }
OPTIONAL { ?flag skos:definition ?flag_definition }
"""
# Only where a flag is bound: else whatever has a label would be one.

# One row for each finding, and one for each flag that no rule computes. ?found_by says who sees
# it: both, the rule alone, or the curator alone.
DOUBTS = f"""{PREFIXES}
SELECT ?record ?record_label ?part ?label ?reported_as ?rule ?rule_label ?severity ?message
  ?flag ?flag_label ?flag_definition ?found_by ?finding
WHERE {{
  {{
    ?finding a sh:ValidationResult ;
             sh:focusNode ?part ;
             ag:rule ?rule ;
             sh:resultSeverity ?severity_iri ;
             sh:resultMessage ?message ;
             ag:asserted ?asserted .
    ?rule rdfs:label ?rule_label .
    OPTIONAL {{
      ?rule ag:raises|ag:decides ?flag .
      ?part ag:flag ?flag .
      {IN_WORDS}
    }}
    BIND (LCASE(STRAFTER(STR(?severity_iri), "#")) AS ?severity)
    BIND (IF(?asserted, "rule and curator", "rule") AS ?found_by)
  }} UNION {{
    ?part ag:flag ?flag .
    {IN_WORDS}
    OPTIONAL {{
      ?computed sh:focusNode ?part ;
                ag:rule/(ag:raises|ag:decides) ?flag .
    }}
    FILTER (!BOUND(?computed))
    BIND ("curator" AS ?found_by)
  }}
  # What is doubted of a place stands at what is printed there.
  FILTER NOT EXISTS {{ ?part a ag:CitedPlace }}
  BIND (IRI(STRBEFORE(CONCAT(STR(?part), "#"), "#")) AS ?record)
  OPTIONAL {{ ?record rdfs:label ?record_label }}
  OPTIONAL {{ ?part rdfs:label ?label }}
  OPTIONAL {{ ?part ag:reportedAs ?reported_as }}
  OPTIONAL {{ ?record a ?class FILTER (?class = ag:Study) }}
}} ORDER BY DESC(BOUND(?class)) ?record ?part ?rule ?flag ?finding
"""
INVOLVED = f"{PREFIXES} SELECT ?finding ?other WHERE {{ ?finding ag:involves ?other }}"
REASONS = f"""{PREFIXES}
SELECT DISTINCT ?part ?reason WHERE {{ ?part ag:flag|ag:between ?any ; rdfs:comment ?reason }}
ORDER BY ?part ?reason
"""
SOURCES = f"""{PREFIXES}
SELECT DISTINCT ?side ?report WHERE {{ ?finding ag:involves ?side . ?side ag:report ?report }}
"""
CONTRADICTIONS = (RULE["discrepancy"], RULE["contradiction"])
"""The rules whose findings stand once for all their sides, those with a reason first."""
RULES = f"""{PREFIXES}
CONSTRUCT {{ ?rule ?predicate ?object }} WHERE {{ ?rule a ag:Rule ; ?predicate ?object }}
"""


@dataclass(frozen=True)
class Doubted:
    """One part of a record, and the rows that doubt it."""

    iri: str
    rows: Sequence[Row]

    def text(self, variable: str) -> str:
        """What all its rows say alike: its label, its printed form."""
        return text(self.rows[0], variable)


@dataclass(frozen=True)
class Contradiction:
    """What does not go together, and why: ``title``, or of which record it is; and all sides."""

    iri: str
    title: str
    why: str
    sides: Sequence[Doubted]


@dataclass(frozen=True)
class Ledger:
    """All doubts: by record and part, and how many there are of each rule and of each flag.

    ``rules`` and ``flags`` are an IRI, its label and the number, the commonest first. ``beside``
    is what a finding was compared with, and ``reasons`` what a curator wrote beside a flag.
    """

    records: Sequence[tuple[str, Sequence[Doubted]]]
    rules: Sequence[tuple[str, str, int]]
    flags: Sequence[tuple[str, str, int]]
    contradictions: Sequence[Contradiction]
    beside: Mapping[str, Sequence[str]]
    sources: Mapping[str, str]
    reasons: Mapping[str, str]
    names: Names


def ledger(reader: Reader) -> Ledger:
    """Read all doubts, record after record."""
    rows = reader.select(DOUBTS)
    records = [
        (record, [Doubted(part, list(doubts)) for part, doubts in groupby(of_record, part_of)])
        for record, of_record in groupby(rows, lambda row: text(row, "record"))
    ]
    beside: dict[str, list[str]] = defaultdict(list)
    for row in reader.select(INVOLVED):
        beside[text(row, "finding")].append(text(row, "other"))
    sources = {text(row, "side"): text(row, "report") for row in reader.select(SOURCES)}
    reasons = {text(row, "part"): text(row, "reason") for row in reader.select(REASONS)}
    others = {other for compared in beside.values() for other in compared}
    named = (text(row, "record") for row in rows)
    names = names_in(reader, [], *named, *others, *sources.values())
    return Ledger(
        records,
        counted(rows, "rule", "rule_label"),
        counted(rows, "flag", "flag_label"),
        contradictions(rows, beside, reasons, names),
        {finding: sorted(compared, key=names.label) for finding, compared in beside.items()},
        sources,
        reasons,
        names,
    )


def contradictions(
    rows: Sequence[Row],
    beside: Mapping[str, Sequence[str]],
    reasons: Mapping[str, str],
    names: Names,
) -> list[Contradiction]:
    """Gather the findings that tell of the same sides: each contradiction once, by its title."""
    parts = {text(row, "part"): Doubted(text(row, "part"), [row]) for row in rows}
    found: dict[tuple[str, frozenset[str]], Contradiction] = {}
    for row in rows:
        rule, part = text(row, "rule"), text(row, "part")
        together = (
            {part, *beside.get(text(row, "finding"), ())} if rule in CONTRADICTIONS else set()
        )
        if not together or (rule, frozenset(together)) in found:
            continue
        sides = sorted((parts[iri] for iri in together & parts.keys()), key=lambda side: side.iri)
        record = next(iter(sorted(together - parts.keys())), "")
        why = reasons.get(record) or text(row, "message")
        title = names.label(record or part)
        found[rule, frozenset(together)] = Contradiction(record, title, why, sides)
    order = {rule: place for place, rule in enumerate(CONTRADICTIONS)}
    return [found[key] for key in sorted(found, key=lambda key: (order[key[0]], found[key].title))]


FINDINGS = "rule-findings"
"""The question that lists what a rule finds."""


@dataclass(frozen=True)
class Rules:
    """The rules by their names, and how many doubts each finds, by its IRI."""

    rules: Sequence[Node]
    found: Counter[str]
    names: Names


def rules_of(reader: Reader) -> Rules:
    """Read the rules, each with how much it finds."""
    triples = reader.construct(RULES)
    rules: Nodes = nodes_of(triples, reader.namespaces)
    found = Counter(text(row, "rule") for row in reader.select(DOUBTS) if "rule" in row)
    by_label = sorted(rules.values(), key=lambda rule: rule.label.casefold())
    return Rules(by_label, found, names_in(reader, triples))


def part_of(row: Row) -> str:
    """The IRI of the part that a row doubts."""
    return text(row, "part")


def counted(rows: Sequence[Row], iri: str, label: str) -> list[tuple[str, str, int]]:
    """What doubts have in common, with its label and their number, the commonest first."""
    labels = {text(row, iri): text(row, label) for row in rows if iri in row}
    numbers = Counter(text(row, iri) for row in rows if iri in row)
    return [(found, labels[found], number) for found, number in numbers.most_common()]
