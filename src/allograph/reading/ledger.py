"""The ledger of doubt as it is read: every finding of a rule, and every flag of a curator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.rdf.nodes import Node, Nodes
from allograph.reading.described import nodes_of
from allograph.reading.names import Names, names_in
from allograph.reading.reader import Reader, text

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
# Of each rule and flag how often it says something, as DOUBTS counts it.
FOUND = f"""{PREFIXES}
SELECT ?what (COUNT(?finding) AS ?number) WHERE {{
  ?finding a sh:ValidationResult ; ag:rule ?what ; sh:focusNode ?part .
  FILTER NOT EXISTS {{ ?part a ag:CitedPlace }}
}} GROUP BY ?what
"""
FLAGGED = f"""{PREFIXES}
SELECT ?what (COUNT(?part) AS ?number) WHERE {{
  ?part ag:flag ?what .
  FILTER NOT EXISTS {{ ?part a ag:CitedPlace }}
}} GROUP BY ?what
"""
RULES = f"""{PREFIXES}
CONSTRUCT {{ ?rule ?predicate ?object }} WHERE {{ ?rule a ag:Rule ; ?predicate ?object }}
"""


FINDINGS = "rule-findings"
"""The question that lists what a rule finds."""


@dataclass(frozen=True)
class Rules:
    """The rules by their names, how much each finds, and how often each flag stands, by IRI."""

    rules: Sequence[Node]
    found: Mapping[str, int]
    flagged: Mapping[str, int]
    names: Names


def rules_of(reader: Reader) -> Rules:
    """Read the rules, each with how much it finds."""
    triples = reader.construct(RULES)
    rules: Nodes = nodes_of(triples, reader.namespaces)
    found, flagged = (
        {text(row, "what"): int(text(row, "number")) for row in reader.select(query)}
        for query in (FOUND, FLAGGED)
    )
    by_label = sorted(rules.values(), key=lambda rule: rule.label.casefold())
    return Rules(by_label, found, flagged, names_in(reader, triples))
