"""Show the ledger of doubt: what rules compute and what curators flag, and what each rule means."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for

from allograph.namespaces import key_of
from allograph.rdf.turtle import read_turtle
from allograph.reading.ledger import DOUBTS, FINDINGS, ledger, rules_of
from allograph.web.http.evaluate import answer
from allograph.web.http.negotiate import (
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
from allograph.web.http.runs import begin_run
from allograph.web.http.triples import respond_triples
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader
from allograph.workers.jobs import Job

blueprint = Blueprint("quality", __name__)

LEDGER: Offer = (PAGE, *SOLUTIONS, *GRAPHS)


@blueprint.get("/quality")
@blueprint.get("/quality.<suffix>")
@offers(LEDGER)
def show_quality(suffix: str | None = None) -> Response:
    """List every doubt: by record and figure for people, as a table or as RDF for programs."""
    chosen = choose(LEDGER, suffix)
    if chosen.is_page:
        return respond_page(kept_page("quality", quality_page))
    if chosen.representation in GRAPHS:
        path = current_reader().release.quality
        return respond_triples(chosen, ("quality",), lambda: read_turtle(path, path.name).triples)
    run = begin_run(DOUBTS)
    job = Job(DOUBTS, (chosen.format.name,))
    return respond_pieces(chosen, ("quality",), lambda: answer(run, job))


@blueprint.get("/quality/rules")
@offers(PAGES)
def show_rules() -> Response:
    """Explain the rules that look for doubts, each with its reference and an example."""
    choose(PAGES)
    return respond_page(kept_page("rules", rules_page))


def rules_page() -> str:
    """Write the page: the rules by their names, each with how much it finds."""
    reader = current_reader()
    read = rules_of(reader)
    return render_template(
        "rules.html",
        rules=read.rules,
        found=read.found,
        names=read.names,
        question=address_of_findings if FINDINGS in reader.questions else lambda _rule: None,
    )


def address_of_findings(rule: str) -> str:
    """Return the address that lists what a rule finds."""
    return url_for("questions.answer_question", name=FINDINGS, rule=key_of(rule))


def quality_page() -> str:
    """Write the page: the rules and flags with their numbers, then record after record."""
    reader = current_reader()
    read = ledger(reader)
    return render_template(
        "quality.html",
        records=read.records,
        rules=read.rules,
        flags=read.flags,
        contradictions=read.contradictions,
        beside=read.beside,
        sources=read.sources,
        reasons=read.reasons,
        changes=reader.release.manifest["quality"],
        names=read.names,
    )
