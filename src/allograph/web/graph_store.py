"""Read graphs by the SPARQL 1.1 Graph Store HTTP Protocol, section 5.2: GET and HEAD."""

from http import HTTPStatus

from flask import Blueprint, Response, request

from allograph.web.negotiate import GRAPHS, choose, offers
from allograph.web.problems import Problem
from allograph.web.rdf import respond_triples
from allograph.web.service import current_service

blueprint = Blueprint("graph_store", __name__)


@blueprint.get("/store")
@offers(GRAPHS)
def read() -> Response:
    """Return the triples of a named graph, or of the default graph."""
    store = current_service().store
    iri = graph_in_url()
    chosen = choose(GRAPHS)
    if iri is not None and next(iter(store.graph(iri)), None) is None:
        raise Problem(HTTPStatus.NOT_FOUND, f"there is no graph <{iri}>")
    return respond_triples(chosen, ("graph", iri or ""), lambda: store.graph(iri))


def graph_in_url() -> str | None:
    """Read which graph is meant; ``None`` is the default graph."""
    graphs = request.args.getlist("graph")
    is_default = "default" in request.args
    if len(graphs) == 1 and not is_default:
        return graphs[0]
    if is_default and not graphs:
        return None
    raise Problem(HTTPStatus.BAD_REQUEST, "name one graph: ?graph=<iri>, or ?default")
