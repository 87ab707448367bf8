"""Show the ledger of doubt: what rules compute and what curators flag, and what each rule means."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, Response, render_template, url_for

from allograph.namespaces import key_of
from allograph.rdf.turtle import read_turtle
from allograph.web.description import Node, names_in, nodes_of, text
from allograph.web.evaluate import Row, answer, construct, select
from allograph.web.negotiate import (
    GRAPHS,
    PAGE,
    PAGES,
    SOLUTIONS,
    Offer,
    choose,
    offers,
    respond_page,
    respond_pieces,
)
from allograph.web.pages import kept_page
from allograph.web.rdf import respond_triples
from allograph.web.runs import begin_run
from allograph.web.service import current_service
from allograph.workers.jobs import Job

blueprint = Blueprint("quality", __name__)

LEDGER: Offer = (PAGE, *SOLUTIONS, *GRAPHS)

PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

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
    OPTIONAL {{ ?rule ag:raises|ag:decides ?flag . ?part ag:flag ?flag }}
    BIND (LCASE(STRAFTER(STR(?severity_iri), "#")) AS ?severity)
    BIND (IF(?asserted, "rule and curator", "rule") AS ?found_by)
  }} UNION {{
    ?part ag:flag ?flag .
    OPTIONAL {{
      ?computed sh:focusNode ?part ;
                ag:rule/(ag:raises|ag:decides) ?flag .
    }}
    FILTER (!BOUND(?computed))
    BIND ("curator" AS ?found_by)
  }}
  BIND (IRI(STRBEFORE(CONCAT(STR(?part), "#"), "#")) AS ?record)
  OPTIONAL {{ ?record rdfs:label ?record_label }}
  OPTIONAL {{ ?part rdfs:label ?label }}
  OPTIONAL {{ ?part ag:reportedAs ?reported_as }}
  OPTIONAL {{ ?flag rdfs:label ?flag_label }}
  OPTIONAL {{ ?flag skos:definition ?flag_definition }}
  OPTIONAL {{ ?record a ?class FILTER (?class = ag:Study) }}
}} ORDER BY DESC(BOUND(?class)) ?record ?part ?rule ?flag ?finding
"""
FINDINGS = "rule-findings"
"""The question that lists what a rule finds."""

RULES = f"""{PREFIXES}
CONSTRUCT {{ ?rule ?predicate ?object }} WHERE {{ ?rule a ag:Rule ; ?predicate ?object }}
"""


@dataclass(frozen=True)
class Doubted:
    """One part of a record, and the rows that doubt it."""

    iri: str
    rows: Sequence[Row]

    def text(self, variable: str) -> str:
        """Return what all its rows say alike: its label, its printed form."""
        return text(self.rows[0], variable)


@blueprint.get("/quality")
@blueprint.get("/quality.<suffix>")
@offers(LEDGER)
def show_quality(suffix: str | None = None) -> Response:
    """List every doubt: by record and figure for people, as a table or as RDF for programs."""
    chosen = choose(LEDGER, suffix)
    if chosen.is_page:
        return respond_page(kept_page("quality", quality_page))
    if chosen.representation in GRAPHS:
        path = current_service().release.quality
        return respond_triples(chosen, ("quality",), lambda: read_turtle(path, path.name).triples)
    begin_run(DOUBTS)
    return respond_pieces(chosen, ("quality",), lambda: answer(Job(DOUBTS, (chosen.format.name,))))


@blueprint.get("/quality/rules")
@offers(PAGES)
def show_rules() -> Response:
    """Explain the rules that look for doubts, each with its reference and an example."""
    choose(PAGES)
    return respond_page(kept_page("rules", rules_page))


def rules_page() -> str:
    """Write the page: the rules by their names, each with how much it finds."""
    rules = nodes_of(triples := construct(RULES))
    found = Counter(text(row, "rule") for row in select(DOUBTS) if "rule" in row)
    by_label = sorted(rules.values(), key=lambda rule: rule.text("rdfs:label").casefold())
    return render_template(
        "rules.html", rules=by_label, found=found, names=names_in(triples), question=question_of
    )


def quality_page() -> str:
    """Write the page: the rules and flags with their numbers, then record after record."""
    rows = select(DOUBTS)
    records = [
        (record, [Doubted(part, list(doubts)) for part, doubts in groupby(of_record, part_of)])
        for record, of_record in groupby(rows, lambda row: text(row, "record"))
    ]
    return render_template(
        "quality.html",
        records=records,
        rules=counted(rows, "rule", "rule_label"),
        flags=counted(rows, "flag", "flag_label"),
        changes=current_service().release.manifest["quality"],
        names=names_in([], *(text(row, "record") for row in rows)),
    )


def part_of(row: Row) -> str:
    """Return the IRI of the part that a row doubts."""
    return text(row, "part")


def counted(rows: Sequence[Row], iri: str, label: str) -> list[tuple[str, str, int]]:
    """Return what doubts have in common, with its label and their number, the commonest first."""
    labels = {text(row, iri): text(row, label) for row in rows if iri in row}
    numbers = Counter(text(row, iri) for row in rows if iri in row)
    return [(found, labels[found], number) for found, number in numbers.most_common()]


def question_of(rule: Node) -> str | None:
    """Return the address that lists what a rule finds, if the release has the question."""
    if FINDINGS not in current_service().questions:
        return None
    return url_for("questions.answer_question", name=FINDINGS, rule=key_of(rule.iri))
