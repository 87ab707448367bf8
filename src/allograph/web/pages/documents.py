"""Serve what is to be read: the documents of the program, and what this service says of itself."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, render_template, url_for

from allograph.reading.documents import CHANGES, Document, changes, documents, render
from allograph.reading.listing import near
from allograph.reading.methods import read_methods
from allograph.web.http.negotiate import PAGES, choose, offers, respond_page
from allograph.web.http.problems import Problem
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader

blueprint = Blueprint("documents", __name__)


@blueprint.get("/about")
@offers(PAGES)
def about() -> Response:
    """Say what this is, who curates it, and what is not known of it."""
    choose(PAGES)
    return respond_page(kept_page("about", lambda: render_template("about.html", **in_figures())))


@blueprint.get("/methods")
@offers(PAGES)
def methods() -> Response:
    """Say how studies are chosen, read, doubted and pooled, with the figures of this release."""
    choose(PAGES)
    return respond_page(
        kept_page("methods", lambda: render_template("methods.html", **in_figures()))
    )


@blueprint.get("/contact")
@offers(PAGES)
def contact() -> Response:
    """Say whom to write to, and what to write of an error."""
    choose(PAGES)
    return respond_page(render_template("contact.html"))


@blueprint.get("/changes")
@offers(PAGES)
def show_changes() -> Response:
    """Say what changed from release to release."""
    choose(PAGES)
    document = changes()
    if document is None:
        raise Problem(HTTPStatus.NOT_FOUND, "this copy came without its list of changes")
    return respond_page(kept_page("changes", lambda: written(document)))


@blueprint.get("/docs/<path:name>")
@offers(PAGES)
def show_document(name: str) -> Response:
    """Show a document that comes with the program."""
    choose(PAGES)
    known = documents()
    if name not in known:
        close = near(name, known)
        raise Problem(
            HTTPStatus.NOT_FOUND,
            f"there is no document '{name}'",
            near=[url_for(".show_document", name=each) for each in close],
        )
    return respond_page(kept_page(f"docs/{name}", lambda: written(known[name])))


def written(document: Document) -> str:
    """Write the page of a document, with its headings as a list of contents."""
    rendered = render(document, {*documents(), CHANGES}, address_of)
    return render_template("document.html", document=document, rendered=rendered)


def address_of(name: str) -> str:
    """Where a document is served."""
    if name == CHANGES:
        return url_for("documents.show_changes")
    return url_for("documents.show_document", name=name)


def in_figures() -> dict[str, object]:
    """What the release says of itself."""
    return {"methods": read_methods(current_reader())}
