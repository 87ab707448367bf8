"""Document the ontology: classes, properties and closed lists, each at its own anchor."""

from pathlib import Path

from flask import Blueprint, Response, render_template

from allograph.namespaces import BASE
from allograph.turtle import read_turtle
from allograph.web.description import Node, names_in, nodes_of
from allograph.web.evaluate import construct
from allograph.web.negotiate import (
    GRAPHS,
    PAGE,
    Chosen,
    Offer,
    choose,
    offers,
    respond,
    respond_page,
)
from allograph.web.rdf import respond_triples
from allograph.web.service import current_service

blueprint = Blueprint("vocabulary", __name__)

ONTOLOGY: Offer = (PAGE, *GRAPHS)

TERMS = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT {{ ?term ?predicate ?object }} WHERE {{
  {{ ?term rdfs:isDefinedBy <{BASE}ontology> }} UNION
  {{ ?term a skos:ConceptScheme }} UNION
  {{ ?term skos:inScheme ?scheme }}
  ?term ?predicate ?object .
}}
"""


@blueprint.get("/ontology")
@blueprint.get("/ontology.<suffix>")
@offers(ONTOLOGY)
def ontology(suffix: str | None = None) -> Response:
    """Explain the terms, or send the curated ontology."""
    chosen = choose(ONTOLOGY, suffix)
    if chosen.is_page:
        return respond_page(ontology_page())
    return respond_source(chosen, current_service().release.ontology)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
@offers(GRAPHS)
def shapes(suffix: str | None = None) -> Response:
    """Send the shapes that the graph is checked by."""
    return respond_source(choose(GRAPHS, suffix), current_service().release.shapes)


def respond_source(chosen: Chosen, path: Path) -> Response:
    """Send curated files: as they were written in Turtle, else their triples."""
    if chosen.format.name == "ttl":
        return respond(chosen, (path.name,), lambda body: body.write(path.read_bytes()))
    return respond_triples(
        chosen, (path.name,), lambda: read_turtle(path, path.name, blank_nodes=True).triples
    )


def ontology_page() -> str:
    """Write the page: classes, then properties, then the closed lists with their concepts."""
    triples = construct(TERMS)
    nodes = nodes_of(triples)
    classes = with_type(nodes, "owl:Class")
    properties = with_type(nodes, "owl:ObjectProperty", "owl:DatatypeProperty")
    schemes = with_type(nodes, "skos:ConceptScheme")
    concepts = {
        scheme.iri: [node for node in nodes.values() if scheme.iri in node.iris("skos:inScheme")]
        for scheme in schemes
    }
    return render_template(
        "ontology.html",
        classes=classes,
        properties=properties,
        schemes=schemes,
        concepts=concepts,
        names=names_in(triples),
    )


def with_type(nodes: dict[str, Node], *curies: str) -> list[Node]:
    """Return the nodes of one of some classes, by IRI."""
    expand = current_service().namespaces.expand
    wanted = {expand(curie) for curie in curies}
    return [node for _, node in sorted(nodes.items()) if wanted & set(node.iris("rdf:type"))]
