"""Show a record at its own address: a page by its parts, or RDF by suffix or ``Accept``.

``/study/ino-vate`` answers for ``https://w3id.org/allograph/study/ino-vate`` with everything in the
record's named graph. A concept of a closed list has no file of its own: what is said of it answers
for it. ``/study`` and ``/flag`` list what there is. The address of an IRI that is no longer used
leads to what took its place.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from allograph.drawings.diagrams.families import draw_family
from allograph.drawings.diagrams.flow import draw_flow
from allograph.drawings.diagrams.schedule import Schedule, draw_schedule
from allograph.namespaces import BASE, KINDS
from allograph.rdf.formats import FORMAT_BY_NAME
from allograph.reading.answers.wish import wants_retellings
from allograph.reading.asked_of import questions_about
from allograph.reading.efficacy import efficacy_of
from allograph.reading.families import by_others, proved, told_of
from allograph.reading.glance import overview
from allograph.reading.inspect_written import FORMATS
from allograph.reading.judged import domains_of, steps_of
from allograph.reading.known_from import known_from
from allograph.reading.listing import entries, entries_of, near, plural_of
from allograph.reading.notices import banners, findings_of_reports, notices_of_reports
from allograph.reading.record import (
    RecordView,
    record_triples,
    record_view,
    told_of_list,
    told_of_record,
)
from allograph.reading.replaced import replacement_of
from allograph.reading.retold import retold_in, without_retellings
from allograph.reading.schema_org import structured_data
from allograph.reading.tiers import nearest_first
from allograph.release.exports import sorted_triples
from allograph.web.http.negotiate import (
    GRAPHS,
    PAGE,
    Chosen,
    Offer,
    choose,
    offers,
    respond_page,
    seen_elsewhere,
)
from allograph.web.http.problems import Problem
from allograph.web.http.triples import respond_triples
from allograph.web.links import href
from allograph.web.pages.kept import kept_page
from allograph.web.pages.pictures import sources_of
from allograph.web.service import current_reader

blueprint = Blueprint("records", __name__)

RECORD: Offer = (PAGE, *GRAPHS)
NAMED_GRAPH: Offer = (*GRAPHS, PAGE)
BIAS = "risk-of-bias"
"""The question whose plot shows judgements of bias as lights."""
ABOUT_WORDS = ("ontology/", "derived")
"""How the names of the graphs begin that hold what the ontology page tells of."""


@blueprint.get("/<kind>/<key>")
@blueprint.get("/<kind>/<key>.<suffix>")
@offers(RECORD)
def show_record(kind: str, key: str, suffix: str | None = None) -> Response | Redirect:
    """Tell everything about a record."""
    reader = current_reader()
    iri = f"{BASE}{kind}/{key}"
    chosen = choose(RECORD, suffix)
    if not any(entry.iri == iri for entry in entries(reader)):
        if new := replacement_of(reader, iri):
            return moved(new, suffix)
        raise unknown_record(kind, key)
    if chosen.is_page:
        with_retellings = wants_retellings(dict(request.args.lists()))
        name = iri if with_retellings else f"{iri} without retellings"
        response = respond_page(
            kept_page(name, lambda: record_page(kind, key, iri, with_retellings=with_retellings))
        )
    else:
        response = respond_triples(chosen, (iri,), lambda: told_of_record(reader, iri))
    return with_alternates(response, f"{kind}/{key}")


def with_alternates(response: Response, path: str) -> Response:
    """Name the RDF formats of the same beside an answer."""
    for format in GRAPHS:
        address = href(f"{BASE}{path}.{format.name}")
        alternate = f'<{address}>; rel="alternate"; type="{format.media_type}"'
        response.headers.add("Link", alternate)
    return response


def moved(new: str, suffix: str | None) -> Redirect:
    """Lead for good from an IRI that is no longer used to what took its place."""
    document, _, part = new.partition("#")
    address = f"{href(document)}{f'.{suffix}' if suffix else ''}{f'#{part}' if part else ''}"
    return redirect(address, HTTPStatus.MOVED_PERMANENTLY)


def record_page(kind: str, key: str, iri: str, *, with_retellings: bool = True) -> str:
    """Write the page of a record, with what retellings print or without."""
    reader = current_reader()
    view = record_view(reader, iri, record_triples(reader, iri))
    retold = len(retold_in(view))
    if not with_retellings:
        view = without_retellings(view)
    template = f"records/{kind}.html" if kind in KINDS else "record.html"
    told = told_of(view)
    findings = {iri: 0} if kind == "report" else findings_of_reports(view.nodes.values())
    return render_template(
        template,
        view=view,
        retold=retold,
        with_retellings=with_retellings,
        kind=kind,
        key=key,
        formats=GRAPHS,
        structured=structured_data(kind, view),
        banners=banners(reader, findings),
        notices=reader.once(notices_of_reports).get(iri, ()),
        flow=draw_flow(view.groups, view.names, view.partitions()),
        schedules=schedules(view),
        told=told,
        told_by_others=by_others(told, iri),
        proofs=list(proved(told)),
        family_drawing=draw_family(told, view.nodes, view.names),
        reports=nearest_first(reader, view.of("ag:Report")) if kind == "study" else (),
        unread=known_from(reader, iri) if kind == "study" else None,
        bias_pictures=lights_of(key, view) if kind == "study" else {},
        domains_of=domains_of,
        steps_of=steps_of,
        efficacy=efficacy_of(reader, iri) if kind == "drug" else None,
        asked=questions_about(reader, iri) if kind == "outcome" else (),
        heading=heading_of(kind),
        worksheets=FORMATS,
    )


def lights_of(key: str, view: RecordView) -> dict[str, str]:
    """The addresses of the lights of a study, where somebody has judged its bias."""
    question = current_reader().questions.get(BIAS)
    if question is None or not view.of("ag:RiskOfBias"):
        return {}
    return sources_of(question, f"?{urlencode({'study': key})}")


def schedules(view: RecordView) -> dict[str, Schedule]:
    """Draw the dose steps that the page knows, by the IRI of their regimen."""
    return {iri: draw_schedule(steps, view.names) for iri, steps in view.steps_by_regimen().items()}


@blueprint.get("/<kind>")
@blueprint.get("/<kind>.<suffix>")
@offers(RECORD)
def list_records(kind: str, suffix: str | None = None) -> Response:
    """List the records of a kind, or the concepts of a closed list."""
    reader = current_reader()
    listed = entries_of(reader, kind)
    if not listed and kind not in KINDS:
        raise unknown_kind(kind)
    chosen = choose(RECORD, suffix)
    scheme = next((entry for entry in entries(reader) if entry.iri == f"{BASE}{kind}"), None)
    if chosen.is_page:
        studies = overview(reader).studies if kind == "study" else ()
        response = respond_page(
            render_template(
                "kind.html",
                kind=kind,
                heading=heading_of(kind),
                scheme=scheme,
                entries=listed,
                studies=studies,
                formats=GRAPHS,
            )
        )
    else:
        iris = [entry.iri for entry in (*([scheme] if scheme else ()), *listed)]
        response = respond_triples(chosen, ("list", kind), lambda: told_of_list(reader, iris))
    return with_alternates(response, kind)


def heading_of(kind: str) -> str:
    """What the list of a kind is called: that of a closed list by its own label."""
    iri = f"{BASE}{kind}"
    scheme = next((entry for entry in entries(current_reader()) if entry.iri == iri), None)
    label = scheme.label if scheme else plural_of(kind)
    return label[:1].upper() + label[1:]


@blueprint.get("/graph/<path:name>")
@offers(NAMED_GRAPH)
def show_graph(name: str) -> Response | Redirect:
    """Answer for the IRI of a named graph: its triples, or the page of what it describes."""
    path, dot, suffix = name.rpartition(".")
    if dot and suffix in FORMAT_BY_NAME:
        return graph_triples(f"{BASE}graph/{path}", choose(NAMED_GRAPH, suffix))
    if choose(NAMED_GRAPH).is_page:
        return seen_elsewhere(page_of_graph(name))
    return seen_elsewhere(url_for("graph_store.read", graph=f"{BASE}graph/{name}"))


def page_of_graph(name: str) -> str:
    """The address of the page that shows what a named graph holds."""
    if name.startswith(ABOUT_WORDS):
        return url_for("vocabulary.ontology")
    if name == "quality":
        return url_for("quality.show_quality")
    iri = f"{BASE}{name}"
    reader = current_reader()
    if any(entry.iri == iri for entry in entries(reader)) or replacement_of(reader, iri):
        return href(iri) or ""
    raise Problem(HTTPStatus.NOT_FOUND, f"there is no graph <{BASE}graph/{name}>")


def graph_triples(iri: str, chosen: Chosen) -> Response:
    """Send the triples of a named graph."""
    triples = sorted_triples(current_reader().store.graph(iri))
    if not triples:
        raise Problem(HTTPStatus.NOT_FOUND, f"there is no graph <{iri}>")
    return respond_triples(chosen, ("graph", iri), lambda: triples)


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
