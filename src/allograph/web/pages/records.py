"""Show a record at its own address: a page by its parts, or RDF by suffix or ``Accept``.

``/study/ino-vate`` answers for ``https://w3id.org/allograph/study/ino-vate`` with everything in the
record's named graph. A concept of a closed list has no file of its own: what is said of it answers
for it. ``/study`` and ``/flag`` list what there is.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from allograph.drawings.diagrams.flow import draw_flow
from allograph.drawings.diagrams.schedule import Schedule, draw_schedule
from allograph.namespaces import BASE, KINDS
from allograph.reading.glance import overview
from allograph.reading.listing import entries, entries_of, near
from allograph.reading.record import RecordView, record_triples, record_view, with_labels
from allograph.reading.schema_org import structured_data
from allograph.web.http.negotiate import GRAPHS, PAGE, PAGES, Offer, choose, offers, respond_page
from allograph.web.http.problems import Problem
from allograph.web.http.triples import respond_triples
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader

blueprint = Blueprint("records", __name__)

RECORD: Offer = (PAGE, *GRAPHS)


@blueprint.get("/<kind>/<key>")
@blueprint.get("/<kind>/<key>.<suffix>")
@offers(RECORD)
def show_record(kind: str, key: str, suffix: str | None = None) -> Response:
    """Tell everything about a record."""
    reader = current_reader()
    iri = f"{BASE}{kind}/{key}"
    chosen = choose(RECORD, suffix)
    if not any(entry.iri == iri for entry in entries(reader)):
        raise unknown_record(kind, key)
    if chosen.is_page:
        response = respond_page(kept_page(iri, lambda: record_page(kind, key, iri)))
    else:
        response = respond_triples(
            chosen, (iri,), lambda: with_labels(reader, record_triples(reader, iri))
        )
    for format in GRAPHS:
        address = url_for(".show_record", kind=kind, key=key, suffix=format.name)
        alternate = f'<{address}>; rel="alternate"; type="{format.media_type}"'
        response.headers.add("Link", alternate)
    return response


def record_page(kind: str, key: str, iri: str) -> str:
    """Write the page of a record."""
    reader = current_reader()
    view = record_view(reader, iri, record_triples(reader, iri))
    template = f"records/{kind}.html" if kind in KINDS else "record.html"
    return render_template(
        template,
        view=view,
        kind=kind,
        key=key,
        formats=GRAPHS,
        structured=structured_data(kind, view),
        flow=draw_flow(view.groups, view.names, view.partitions()),
        schedules=schedules(view),
    )


def schedules(view: RecordView) -> dict[str, Schedule]:
    """Draw the dose steps that the page knows, by the IRI of their regimen."""
    return {iri: draw_schedule(steps, view.names) for iri, steps in view.steps_by_regimen().items()}


@blueprint.get("/<kind>")
@offers(PAGES)
def list_records(kind: str) -> Response:
    """List the records of a kind, or the concepts of a closed list."""
    choose(PAGES)
    reader = current_reader()
    listed = entries_of(reader, kind)
    if not listed:
        raise unknown_kind(kind)
    scheme = next((entry for entry in entries(reader) if entry.iri == f"{BASE}{kind}"), None)
    studies = overview(reader).studies if kind == "study" else ()
    return respond_page(
        render_template("kind.html", kind=kind, scheme=scheme, entries=listed, studies=studies)
    )


@blueprint.get("/graph/<path:name>")
def show_graph(name: str) -> Redirect:
    """Lead from the IRI of a named graph to its triples."""
    graph = f"{BASE}graph/{name}"
    return redirect(url_for("graph_store.read", graph=graph), HTTPStatus.SEE_OTHER)


def unknown_record(kind: str, key: str) -> Problem:
    """Say that there is no such record, and which ones may have been meant."""
    keys = {entry.key for entry in entries_of(current_reader(), kind)}
    if not keys:
        return unknown_kind(kind)
    return Problem(
        HTTPStatus.NOT_FOUND,
        f"there is no {kind} '{key}'",
        near=[url_for("records.show_record", kind=kind, key=known) for known in near(key, keys)],
    )


def unknown_kind(kind: str) -> Problem:
    """Say that there is no such address, and which ones may have been meant."""
    kinds = {entry.kind for entry in entries(current_reader())}
    return Problem(
        HTTPStatus.NOT_FOUND,
        f"there is nothing at /{kind}",
        near=[url_for("records.list_records", kind=known) for known in near(kind, kinds)],
    )
