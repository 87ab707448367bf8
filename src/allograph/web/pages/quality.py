"""Show the ledger of doubt: what rules compute and what curators flag, and what each rule means.

The page is one list, the gravest doubts first. It is narrowed, sorted and paged by links, with the
arguments of the table of a question: ``f.<name>=``, ``sort=``, ``retellings=no``, ``page=``.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, url_for

from allograph.errors import ParameterError, nearest
from allograph.namespaces import key_of
from allograph.rdf.turtle import read_turtle
from allograph.rdf.vocabularies import SH
from allograph.reading.answers.table import Head
from allograph.reading.answers.wish import COLUMNS, Wish, is_wish, wish_of
from allograph.reading.ledger import DOUBTS, FINDINGS, rules_of
from allograph.reading.names import names_in
from allograph.reading.weighed.doubts import doubts_of
from allograph.reading.weighed.narrowed import (
    HEADS,
    NAMES,
    Page,
    facets_of,
    page_of,
    retellings_in,
    summary,
)
from allograph.reading.weighed.sayings import sayings_of, weights_of
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
from allograph.web.http.problems import Problem
from allograph.web.http.runs import begin_run
from allograph.web.http.triples import respond_triples
from allograph.web.pages.kept import kept_page
from allograph.web.pages.question_page import Here
from allograph.web.service import current_reader
from allograph.workers.jobs import Job

blueprint = Blueprint("quality", __name__)

LEDGER: Offer = (PAGE, *SOLUTIONS, *GRAPHS)

FINDING = "finding"
"""The argument that asks for the doubts about what a rule found something of."""


@dataclass(frozen=True)
class Wanted:
    """What a request wants of the list."""

    wish: Wish
    finding: str = ""

    @property
    def is_plain(self) -> bool:
        """Tell whether it is the first page of everything, as most readers want it."""
        return self == Wanted(Wish())


@blueprint.get("/quality")
@blueprint.get("/quality.<suffix>")
@offers(LEDGER)
def show_quality(suffix: str | None = None) -> Response:
    """List every doubt, the gravest first: for people, as a table or as RDF for programs."""
    chosen = choose(LEDGER, suffix)
    if chosen.is_page:
        wanted = wanted_of_request()
        name = "\n".join(("quality", wanted.finding, *wanted.wish.meaning))
        return respond_page(kept_page(name, lambda: quality_page(wanted)))
    if chosen.representation in GRAPHS:
        path = current_reader().release.quality
        return respond_triples(chosen, ("quality",), lambda: read_turtle(path, path.name).triples)
    run = begin_run(DOUBTS)
    job = Job(DOUBTS, (chosen.format.name,))
    return respond_pieces(chosen, ("quality",), lambda: answer(run, job))


@blueprint.get("/quality/rules")
@offers(PAGES)
def show_rules() -> Response:
    """Explain the rules that look for doubts, each with its weight, its reference, an example."""
    choose(PAGES)
    return respond_page(kept_page("rules", rules_page))


def wanted_of_request() -> Wanted:
    """Read what is wanted of the list.

    Raises:
        ParameterError: for an argument that the list does not have, or a value that is none.

    """
    arguments = dict(request.args.lists())
    for name in arguments:
        if name == COLUMNS or not (is_wish(name) or name == FINDING):
            known = [FINDING, *(f"f.{each}" for each in NAMES), "f.doubt", "sort", "retellings"]
            message = f"{name}: the list of doubts has no such argument{nearest(name, known)}"
            raise ParameterError(name, message)
    return Wanted(wish_of(arguments, [*NAMES, "doubt"]), request.args.get(FINDING, ""))


def quality_page(wanted: Wanted) -> str:
    """Write the page: what there is by weight, then the list."""
    reader = current_reader()
    doubts, wish = doubts_of(reader), wanted.wish
    page = page_of(doubts, wish, wanted.finding)
    if wanted.finding and not page.total:
        raise Problem(HTTPStatus.NOT_FOUND, f"no doubt of this release is '{wanted.finding}'")
    return render_template(
        "quality.html",
        page=page,
        summary=summary(doubts, weights_of(reader)),
        total=len(doubts),
        heads=[Head(key, label, "", (key,), is_numeric=False) for key, label in HEADS],
        facets=() if wanted.finding else facets_of(doubts, wish),
        retellings=0 if wanted.finding else retellings_in(doubts, wish),
        wish=wish,
        wanted=wanted,
        here=Here(wish),
        changes=reader.release.manifest["quality"],
        names=names_in(reader, [], *beside(page)),
    )


def beside(page: Page) -> set[str]:
    """What the doubts of a page were compared with."""
    return {iri for doubt in page.doubts for iri in doubt.beside}


def rules_page() -> str:
    """Write the page: rules and the flags that none computes by weight, then each rule."""
    reader = current_reader()
    read, sayings = rules_of(reader), sayings_of(reader)
    flags_of = {
        rule.iri: {*rule.iris("ag:raises"), *rule.iris("ag:decides")} for rule in read.rules
    }
    computed = {iri for flags in flags_of.values() for iri in flags}
    return render_template(
        "rules.html",
        weights=weights_of(reader),
        sayings=sayings,
        rules=sorted(
            read.rules,
            key=lambda rule: (sayings[rule.iri].weight, -read.found.get(rule.iri, 0)),
        ),
        slips={
            rule.iri
            for rule in read.rules
            if rule.value("sh:severity") == SH.Violation and not flags_of[rule.iri]
        },
        flags=[it for it in sayings.values() if not it.is_rule and it.iri not in computed],
        found=read.found,
        flagged=read.flagged,
        names=read.names,
        question=address_of_findings if FINDINGS in reader.questions else lambda _rule: None,
    )


def address_of_findings(rule: str) -> str:
    """Return the address that lists what a rule finds."""
    return url_for("questions.answer_question", name=FINDINGS, rule=key_of(rule))
