"""Document the ontology: classes, properties and closed lists, each at its own anchor."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, render_template

from allograph.drawings.diagrams.classes import draw_classes
from allograph.rdf.turtle import read_turtle
from allograph.reading.ontology import ontology_view
from allograph.web.http.negotiate import (
    GRAPHS,
    PAGE,
    Chosen,
    Offer,
    choose,
    offers,
    respond,
    respond_page,
)
from allograph.web.http.triples import respond_triples
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader

blueprint = Blueprint("vocabulary", __name__)

ONTOLOGY: Offer = (PAGE, *GRAPHS)


@blueprint.get("/ontology")
@blueprint.get("/ontology.<suffix>")
@offers(ONTOLOGY)
def ontology(suffix: str | None = None) -> Response:
    """Explain the terms, or send the curated ontology."""
    chosen = choose(ONTOLOGY, suffix)
    if chosen.is_page:
        return respond_page(kept_page("ontology", ontology_page))
    return respond_source(chosen, current_reader().release.ontology)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
@offers(GRAPHS)
def shapes(suffix: str | None = None) -> Response:
    """Send the shapes that the graph is checked by."""
    return respond_source(choose(GRAPHS, suffix), current_reader().release.shapes)


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
