"""Describe the API: for programs as OpenAPI, for people as a page of the same, below the guides."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request

from allograph.reading.documents import documents
from allograph.web.bundle import parts
from allograph.web.http.negotiate import JSON, PAGES, choose, offers, respond_json, respond_page
from allograph.web.pages.openapi import Document, describe_interface
from allograph.web.service import current_reader

blueprint = Blueprint("api", __name__)

SUFFIX = ".{suffix}"
# The topics of the page, in its order, by the blueprints that answer for them.
TOPICS = {
    "questions": "Questions",
    "pool": "Pooled figures",
    "summary": "Summaries of findings",
    "sparql": "SPARQL",
    "editor": "SPARQL",
    "figures": "Records",
    "records": "Records",
    "inspect": "Records",
    "vocabulary": "Ontology and shapes",
    "quality": "Doubts",
    "coverage": "Coverage",
    "downloads": "Downloads",
    "graph_store": "Named graphs",
    "well_known": "Descriptions",
    "documents": "Pages",
    "home": "Pages",
    "search": "Pages",
    "api": "This description",
    "probes": "Operation",
}


@blueprint.get("/openapi.json")
@offers((JSON,))
def openapi() -> Response:
    """Send the description of the API as an OpenAPI 3.1 document."""
    return respond_json(document())


@blueprint.get("/docs")
@offers(PAGES)
def docs() -> Response:
    """List the guides, and show the API as a page."""
    choose(PAGES)
    return respond_page(
        render_template("docs.html", documents=documents(), sections=by_topic(document()["paths"]))
    )


@blueprint.get("/licences")
@offers(PAGES)
def licences() -> Response:
    """List the packages of others in the scripts of the pages, with their licences."""
    choose(PAGES)
    return respond_page(render_template("licences.html", parts=parts()))


def by_topic(paths: Document) -> dict[str, list[Document]]:
    """Put the operations under their topics, each with its method, its path and its suffixes."""
    sections: dict[str, list[Document]] = {title: [] for title in TOPICS.values()}
    for path, operations in paths.items():
        if path.endswith(SUFFIX) and path.removesuffix(SUFFIX) in paths:
            continue
        for method, operation in operations.items():
            shown = {
                **operation,
                "method": method.upper(),
                "path": path,
                "suffixes": suffixes(paths.get(f"{path}{SUFFIX}", {}).get(method)),
            }
            sections[TOPICS[operation["tags"][0]]].append(shown)
    return sections


def suffixes(operation: Document | None) -> list[str]:
    """The suffixes that an operation takes."""
    parameters = operation["parameters"] if operation else ()
    return [
        suffix
        for parameter in parameters
        if parameter["name"] == "suffix"
        for suffix in parameter["schema"]["enum"]
    ]


def document() -> Document:
    """The document for the address at which we are asked."""
    return describe_interface(current_app, current_reader(), request.root_url)
