"""Show the doubts: every part of a record that carries a flag, with what the flag means."""

from itertools import groupby

from flask import Blueprint, Response, render_template

from allograph.web.description import names_in, text
from allograph.web.evaluate import answer, select
from allograph.web.negotiate import (
    PAGE,
    SOLUTIONS,
    Offer,
    choose,
    offers,
    respond_page,
    respond_pieces,
)
from allograph.web.runs import begin_run
from allograph.workers.jobs import Job

blueprint = Blueprint("quality", __name__)

LEDGER: Offer = (PAGE, *SOLUTIONS)

FLAGGED = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?record ?record_label ?part ?label ?reported_as ?flag ?flag_label ?flag_definition WHERE {
  ?part ag:flag ?flag .
  BIND (IRI(STRBEFORE(CONCAT(STR(?part), "#"), "#")) AS ?record)
  OPTIONAL { ?record rdfs:label ?record_label }
  OPTIONAL { ?part rdfs:label ?label }
  OPTIONAL { ?part ag:reportedAs ?reported_as }
  OPTIONAL { ?flag rdfs:label ?flag_label }
  OPTIONAL { ?flag skos:definition ?flag_definition }
  OPTIONAL { ?record a ?class FILTER (?class = ag:Study) }
} ORDER BY DESC(BOUND(?class)) ?record ?part ?flag
"""


@blueprint.get("/quality")
@blueprint.get("/quality.<suffix>")
@offers(LEDGER)
def show_quality(suffix: str | None = None) -> Response:
    """List everything that carries a flag."""
    chosen = choose(LEDGER, suffix)
    begin_run(FLAGGED)
    if chosen.is_page:
        return respond_page(quality_page())
    return respond_pieces(chosen, ("quality",), lambda: answer(Job(FLAGGED, (chosen.format.name,))))


def quality_page() -> str:
    """Write the page: records one after another, each with its flagged parts."""
    rows = select(FLAGGED)
    flags = {text(row, "flag"): row for row in sorted(rows, key=lambda row: text(row, "flag"))}
    records = [
        (record, [list(part) for _, part in groupby(of_record, lambda row: text(row, "part"))])
        for record, of_record in groupby(rows, lambda row: text(row, "record"))
    ]
    names = names_in([], *(text(row, "record") for row in rows))
    return render_template("quality.html", records=records, flags=flags, names=names)
