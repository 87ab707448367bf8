"""Read graphs by the SPARQL 1.1 Graph Store HTTP Protocol, section 5.2: GET and HEAD."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, request

from allograph.rdf.store import graph_query
from allograph.web.http.evaluate import answer
from allograph.web.http.negotiate import GRAPHS, choose, offers, respond_pieces
from allograph.web.http.problems import Problem
from allograph.web.http.runs import begin_run
from allograph.web.service import current_reader
from allograph.workers.jobs import Job

blueprint = Blueprint("graph_store", __name__)


@blueprint.get("/store")
@offers(GRAPHS)
def read() -> Response:
    """Return the triples of a named graph, or of the default graph."""
    iri = graph_in_url()
    chosen = choose(GRAPHS)
    query = graph_query(iri)
    run = begin_run(query)
    if iri is not None and not current_reader().store.query(
        f"ASK {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
    ):
        raise Problem(HTTPStatus.NOT_FOUND, f"there is no graph <{iri}>")
    return respond_pieces(
        chosen, ("graph", iri or ""), lambda: answer(run, Job(query, (chosen.format.name,)))
    )


def graph_in_url() -> str | None:
    """Read which graph is meant; ``None`` is the default graph."""
    match request.args.getlist("graph"), request.args.getlist("default"):
        case [iri], []:
            return iri
        case [], [_]:
            return None
        case _:
            raise Problem(HTTPStatus.BAD_REQUEST, "name one graph: ?graph=<iri>, or ?default")
