"""Show the place of a figure: a page of its own, which scripts open beside the page one comes from.

``/study/ino-vate/figure/cr-ino`` tells what stands behind
``https://w3id.org/allograph/study/ino-vate#cr-ino``, a result, a comparison or a claim. Nothing is
sent from here: who finds an error is led to a message that is prepared.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Redirect

from allograph.namespaces import BASE
from allograph.reading.citation import Citation
from allograph.reading.figures import place_text, value_text
from allograph.reading.listing import near
from allograph.reading.place import Place, findings, place_of
from allograph.reading.readings import read_figure
from allograph.reading.replaced import replacement_of
from allograph.web.http.negotiate import PAGES, choose, offers, respond_page
from allograph.web.http.problems import Problem
from allograph.web.links import place_href
from allograph.web.pages.asking import today
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader

blueprint = Blueprint("figures", __name__)


@blueprint.get("/study/<key>/figure/<part>")
@offers(PAGES)
def show_figure(key: str, part: str) -> Response | Redirect:
    """Tell where a figure is printed, of whom it is, and what is doubted of it."""
    reader = current_reader()
    iri = f"{BASE}study/{key}#{part}"
    if iri not in reader.once(findings):
        new = replacement_of(reader, iri)
        if new is None:
            raise unknown_figure(key, part)
        return redirect(place_href(new), HTTPStatus.MOVED_PERMANENTLY)
    choose(PAGES)
    return respond_page(kept_page(f"{iri} {today()}", lambda: figure_page(place_of(reader, iri))))


def figure_page(place: Place) -> str:
    """Write the page."""
    reader = current_reader()
    release = reader.release
    address = url_for("figures.show_figure", key=place.key, part=place.part, _external=True)
    return render_template(
        "figure.html",
        place=place,
        names=place.names,
        read=read_figure(place.figure, place),
        address=address,
        error=error_report(place, address, release.id),
        citation=Citation(
            "figure",
            place.title,
            release.id if reader.is_release else "",
            release.manifest.get("issued", "") if reader.is_release else "",
            today(),
            place.figure.iri,
        ),
    )


@dataclass(frozen=True)
class ErrorReport:
    """What a reader finds prepared who reports an error: a title, and lines to be filled in."""

    title: str
    text: str


def error_report(place: Place, address: str, release: str) -> ErrorReport:
    """Prepare the report of an error in a figure."""
    said = place.printed or value_text(place.figure, place.names)
    lines = [
        f"Figure: {place.label}",
        f"As printed: {said}" if said else "",
        f"Study: {place.names.label(place.study)}",
        f"Printed in: {'; '.join(map(place.names.label, place.figure.iris('report')))}",
        f"Where: {'; '.join(map(place_text, place.places))}",
        f"Address: {address}",
        f"Identifier: {place.figure.iri}",
        f"Release: {release}",
        "",
        "What is wrong, and where it can be seen:",
        "",
    ]
    return ErrorReport(f"Error in a figure: {place.key}, {place.label}", "\n".join(lines))


def unknown_figure(key: str, part: str) -> Problem:
    """Say that a study has no such figure, and which ones may have been meant."""
    record = f"{BASE}study/{key}#"
    known = [iri for iri in current_reader().once(findings) if iri.startswith(record)]
    if not known:
        address = url_for("records.show_record", kind="study", key=key)
        return Problem(HTTPStatus.NOT_FOUND, f"there is no figure at {address}")
    parts = near(part, (iri.removeprefix(record) for iri in known))
    return Problem(
        HTTPStatus.NOT_FOUND,
        f"study '{key}' has no figure '{part}'",
        near=[url_for("figures.show_figure", key=key, part=each) for each in parts],
    )
