"""Document the ontology: classes, properties and closed lists, each at its own anchor."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from allograph import __version__
from allograph.drawings.diagrams.classes import draw_classes
from allograph.namespaces import BASE
from allograph.rdf.turtle import read_turtle
from allograph.reading.ontology import ontology_view
from allograph.release.exports import sorted_triples
from allograph.web.http.negotiate import (
    GRAPHS,
    PAGE,
    Chosen,
    Offer,
    choose,
    offers,
    respond,
    respond_page,
    seen_elsewhere,
)
from allograph.web.http.problems import Problem
from allograph.web.http.triples import respond_triples
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader

blueprint = Blueprint("vocabulary", __name__)

ONTOLOGY: Offer = (PAGE, *GRAPHS)
SOURCE: Offer = (*GRAPHS, PAGE)


@blueprint.get("/ontology")
@blueprint.get("/ontology.<suffix>")
@offers(ONTOLOGY)
def ontology(suffix: str | None = None) -> Response:
    """Explain the terms, or send the curated ontology."""
    chosen = choose(ONTOLOGY, suffix)
    if chosen.is_page:
        return respond_page(kept_page("ontology", ontology_page))
    return respond_source(chosen, current_reader().release.ontology)


@blueprint.get("/ontology/<version>")
def ontology_version(version: str) -> Redirect:
    """Lead from the IRI of the version that is served to the ontology."""
    if version != __version__:
        raise Problem(
            HTTPStatus.NOT_FOUND,
            f"version {version} of the ontology is not served here, but {__version__}",
            near=[url_for(".ontology")],
        )
    return redirect(url_for(".ontology"), HTTPStatus.SEE_OTHER)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
@offers(SOURCE)
def shapes(suffix: str | None = None) -> Response | Redirect:
    """Send the shapes that the graph is checked by; the ontology page tells them in words."""
    chosen = choose(SOURCE, suffix)
    if chosen.is_page:
        return to_page("_classes")
    return respond_source(chosen, current_reader().release.shapes)


@blueprint.get("/prefixes")
@blueprint.get("/prefixes.<suffix>")
@offers(SOURCE)
def prefixes(suffix: str | None = None) -> Response | Redirect:
    """Send the prefixes that are declared for queries and shapes."""
    return respond_part(choose(SOURCE, suffix), "prefixes")


@blueprint.get("/borrowed")
@blueprint.get("/borrowed.<suffix>")
@offers(SOURCE)
def borrowed(suffix: str | None = None) -> Response | Redirect:
    """Send what is told of the terms of other vocabularies."""
    return respond_part(choose(SOURCE, suffix), "borrowed")


def respond_part(chosen: Chosen, name: str) -> Response | Redirect:
    """Send the triples of one file of the ontology, or lead to its place on the page."""
    if chosen.is_page:
        return to_page(f"_{name}")
    graph = f"{BASE}graph/ontology/{name}"
    return respond_triples(
        chosen, (name,), lambda: sorted_triples(current_reader().store.graph(graph))
    )


def to_page(anchor: str) -> Redirect:
    """Lead a browser to a place on the ontology page."""
    return seen_elsewhere(url_for(".ontology", _anchor=anchor))


def respond_source(chosen: Chosen, path: Path) -> Response:
    """Send curated files: as they were written in Turtle, else their triples."""
    if chosen.format.name == "ttl":
        return respond(chosen, (path.name,), lambda body: body.write(path.read_bytes()))
    return respond_triples(
        chosen, (path.name,), lambda: read_turtle(path, path.name, blank_nodes=True).triples
    )


def ontology_page() -> str:
    """Write the page: classes and properties with their rules, then the closed lists."""
    view = ontology_view(current_reader())
    return render_template(
        "ontology.html",
        view=view,
        diagram=draw_classes(view.classes, view.properties, view.names),
        names=view.names,
        formats=GRAPHS,
    )
