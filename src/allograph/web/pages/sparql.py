"""Answer queries at ``/sparql``: data for programs, the same as a page for browsers.

Without a query the address describes itself: a service description (SPARQL 1.1 Service
Description) for programs, a form for browsers.
"""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for

from allograph.errors import QuerySyntaxError
from allograph.rdf.answers import Answer, Boolean, Solutions
from allograph.reading.answers.rows import rows_of
from allograph.reading.answers.table import plain_table
from allograph.reading.reader import text
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
from allograph.web.http.runs import begin_run
from allograph.web.http.triples import respond_triples, turtle
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
    if chosen.is_page:
        return respond_page(answer_page(operation, run))
    job = Job(
        operation.query,
        (chosen.format.name,),
        operation.default_graphs,
        operation.named_graphs,
    )
    return respond_pieces(chosen, operation.key, lambda: answer(run, job))


def evaluate_whole(operation: Operation, run: QueryRun) -> Answer:
    """Evaluate a query over the dataset that its request names."""
    return answer_whole(
        run,
        default_graphs=operation.default_graphs,
        named_graphs=operation.named_graphs,
    )


def answer_page(operation: Operation, run: QueryRun) -> str:
    """Show an answer below its query: a table, a truth value, or Turtle."""
    shown: dict[str, object] = {}
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
    """Write the page with the query form, the examples, and an answer if there is one."""
    reader = current_reader()
    return render_template(
        "sparql.html",
        query=query,
        questions=reader.questions.values(),
        prefixes=reader.namespaces.items(),
        **shown,
    )
