"""Answer queries at ``/sparql``: data for programs, the same as a page for browsers.

Without a query the address describes itself: a service description (SPARQL 1.1 Service
Description) for programs, a form for browsers.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, render_template, url_for

from allograph.errors import AllographError, QuerySyntaxError
from allograph.rdf.answers import Answer, Boolean, Solutions
from allograph.reading.answers.rows import rows_of
from allograph.reading.answers.table import plain_table
from allograph.reading.listing import by_topic
from allograph.reading.reader import text
from allograph.reading.schema_in_use import classes_to_ask_for, members_of
from allograph.reading.starters import STARTERS
from allograph.reading.terms_in_use import terms_in_use
from allograph.reading.unknown_terms import Unknown, existing, standing_in, unknown_terms
from allograph.release.describe import describe_service
from allograph.release.exports import sorted_triples
from allograph.web.http.evaluate import answer, answer_whole
from allograph.web.http.negotiate import (
    DATASETS,
    GRAPHS,
    PAGE,
    SOLUTIONS,
    Offer,
    choose,
    offers,
    respond_page,
    respond_pieces,
)
from allograph.web.http.protocol import Operation, operation_in_body, operation_in_url
from allograph.web.http.query_run import QueryRun
from allograph.web.http.runs import ask_beside, begin_run
from allograph.web.http.triples import respond_triples, turtle
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader
from allograph.workers.jobs import Job

blueprint = Blueprint("sparql", __name__)

DESCRIPTION: Offer = (*GRAPHS, PAGE)
ANSWERS: Offer = (*SOLUTIONS, *DATASETS, PAGE)
ANSWERS_BY_FORM: dict[str, Offer] = {
    "SELECT": (*SOLUTIONS, PAGE),
    "ASK": (*SOLUTIONS, PAGE),
    "CONSTRUCT": (*DATASETS, PAGE),
    "DESCRIBE": (*DATASETS, PAGE),
}

FIRST_CLASSES = 12
"""Classes that the page shows at once: those that our questions ask for most."""

NAMED_GRAPHS = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"


@blueprint.get("/sparql")
@offers(ANSWERS)
def query_by_get() -> Response:
    """Answer the query in the URL; without one, describe this endpoint."""
    operation = operation_in_url()
    return answer_operation(operation) if operation else describe_endpoint()


@blueprint.post("/sparql")
@offers(ANSWERS)
def query_by_post() -> Response:
    """Answer the query in the body: a form, or the query itself."""
    return answer_operation(operation_in_body())


def answer_operation(operation: Operation) -> Response:
    """Choose the representation of an answer, and only then evaluate its query."""
    run = begin_run(operation.query)
    if operation.form not in ANSWERS_BY_FORM:
        evaluate_whole(operation, run)
        raise QuerySyntaxError("a query is a SELECT, an ASK, a CONSTRUCT or a DESCRIBE")
    chosen = choose(ANSWERS_BY_FORM[operation.form])
    remarks = remarks_on(operation.query)
    if chosen.is_page:
        return respond_page(answer_page(operation, run, remarks))
    job = Job(
        operation.query,
        (chosen.format.name,),
        operation.default_graphs,
        operation.named_graphs,
    )
    response = respond_pieces(chosen, operation.key, lambda: answer(run, job))
    if remarks:
        # No format of an answer has room for it; a header holds ASCII (RFC 9110, section 5.5).
        said = " ".join(map(str, remarks))
        response.headers["Query-Remark"] = said.encode("ascii", "backslashreplace").decode()
    return response


def remarks_on(query: str) -> list[Unknown]:
    """The names of a query that stand nowhere; none where that cannot be told now."""
    reader = current_reader()

    def exist(names: Sequence[str]) -> list[str]:
        return ask_beside(existing(names), lambda store: standing_in(store, names))

    try:
        return unknown_terms(reader, query, exist)
    except AllographError:
        # The answer itself may be had, or say why not.
        return []


def evaluate_whole(operation: Operation, run: QueryRun) -> Answer:
    """Evaluate a query over the dataset that its request names."""
    return answer_whole(
        run,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
    )


def answer_page(operation: Operation, run: QueryRun, remarks: Sequence[Unknown]) -> str:
    """Show an answer below its query: a table, a truth value, or Turtle."""
    shown: dict[str, object] = {"remarks": remarks}
    match evaluate_whole(operation, run):
        case Solutions() as solutions:
            shown["table"] = plain_table(rows_of(current_reader(), solutions))
        case Boolean() as truth:
            shown["truth"] = bool(truth)
        case triples:
            shown["turtle"] = turtle(sorted_triples(triples))
    return form_page(operation.query, **shown)


def describe_endpoint() -> Response:
    """Describe the endpoint, or show the form."""
    chosen = choose(DESCRIPTION)
    if chosen.is_page:
        return respond_page(form_page(""))
    endpoint = url_for("sparql.query_by_get", _external=True)
    return respond_triples(
        chosen, ("service", endpoint), lambda: describe_service(endpoint, named_graphs())
    )


def named_graphs() -> list[str]:
    """The named graphs of the store."""
    return [text(row, "graph") for row in current_reader().select(NAMED_GRAPHS)]


def form_page(query: str, **shown: object) -> str:
    """Write the page: the form, its answer if there is one, queries to start from, the schema."""
    reader = current_reader()
    return render_template(
        "sparql.html",
        query=query or STARTERS[0].text(reader.namespaces),
        is_asked=bool(query),
        starters=[(each, each.text(reader.namespaces)) for each in STARTERS],
        examples=kept_page("examples", examples),
        schema=kept_page("schema", schema_panel),
        prefixes=reader.namespaces.items(),
        **shown,
    )


def examples() -> str:
    """Write the questions as queries."""
    return render_template("_examples.html", topics=by_topic(current_reader().questions))


def schema_panel() -> str:
    """Write the classes with their properties, as they are used in the release."""
    reader = current_reader()
    return render_template(
        "_schema.html",
        classes=[(term, list(members_of(reader, term.iri))) for term in classes_to_ask_for(reader)],
        first_classes=FIRST_CLASSES,
        label_of={term.iri: term.label for term in terms_in_use(reader).classes},
    )
