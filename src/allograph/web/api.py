"""Describe the interface: for programs as OpenAPI, for people as a page of the same."""

from flask import Blueprint, Response, current_app, render_template, request

from allograph.web.negotiate import JSON, PAGES, choose, offers, respond_json, respond_page
from allograph.web.openapi import Document, describe_interface
from allograph.web.service import current_service

blueprint = Blueprint("api", __name__)


@blueprint.get("/openapi.json")
@offers((JSON,))
def openapi() -> Response:
    """Send the interface as an OpenAPI 3.1 document."""
    return respond_json(document())


@blueprint.get("/docs")
@offers(PAGES)
def docs() -> Response:
    """Show the interface as a page."""
    choose(PAGES)
    return respond_page(render_template("docs.html", sections=by_tag(document())))


def by_tag(described: Document) -> dict[str, list[Document]]:
    """Put the operations of a document under their tags, each with its method and path."""
    sections: dict[str, list[Document]] = {}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            shown = {**operation, "method": method.upper(), "path": path}
            sections.setdefault(operation["tags"][0], []).append(shown)
    return sections


def document() -> Document:
    """Return the document for the address at which we are asked."""
    return describe_interface(current_app, current_service(), request.root_url)
