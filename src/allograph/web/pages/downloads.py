"""Offer files: the answers of the questions, and the exports of the release, plain and compressed.

``/download/SHA256SUMS`` lists their checksums as ``sha256sum --check`` reads them.
"""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, render_template, send_file, url_for

from allograph.rdf.formats import FORMAT_BY_NAME
from allograph.reading.contents import contents
from allograph.reading.dataset import describe_for_search_engines
from allograph.reading.listing import by_topic, near
from allograph.reading.taking.formats import formats_of_question
from allograph.web.http.negotiate import DATASETS, PAGES, choose, offers, respond_page
from allograph.web.http.problems import Problem
from allograph.web.service import current_reader

blueprint = Blueprint("downloads", __name__, url_prefix="/download")

# What each format is for.
PURPOSES = {
    "ttl": "To read, and to load into nearly every RDF tool.",
    "nt": "One triple a line: for grep, for streams, for bulk loading.",
    "jsonld": "For web programs: JSON, whose keys the context explains.",
    "rdf": "For tools that read XML.",
    "trig": "Turtle with a named graph for each record, so that every triple leads to its file.",
    "nq": "One triple a line with its named graph: for bulk loading of records apart.",
}
CHECKSUMS = "SHA256SUMS"


@blueprint.get("")
@offers(PAGES)
def list_downloads() -> Response:
    """List the tables by topic, and the exports with size, checksum, release and licence."""
    choose(PAGES)
    reader = current_reader()
    release = reader.release
    others = (
        (url_for("vocabulary.ontology", suffix="ttl"), release.ontology),
        (url_for("vocabulary.shapes", suffix="ttl"), release.shapes),
        (url_for("well_known.void"), release.void),
        (url_for("well_known.examples"), release.examples),
    )
    return respond_page(
        render_template(
            "download.html",
            manifest=release.manifest,
            topics=by_topic(reader.questions),
            formats_of_question=formats_of_question,
            formats=DATASETS,
            purposes=PURPOSES,
            others={address: size_of(path) for address, path in others},
            contents=contents(reader),
            dataset=describe_for_search_engines(release),
        )
    )


@blueprint.get(f"/{CHECKSUMS}")
def list_checksums() -> Response:
    """List the checksums of the exports, for ``sha256sum --check``."""
    exports = current_reader().release.manifest["exports"]
    lines = "".join(f"{file['sha256']}  {name}\n" for name, file in exports.items())
    return Response(lines, mimetype="text/plain")


@blueprint.get("/<name>")
def download(name: str) -> Response:
    """Send one export; its entity tag is its SHA-256."""
    release = current_reader().release
    exports = release.manifest["exports"]
    if name not in exports:
        raise Problem(
            HTTPStatus.NOT_FOUND, f"there is no download '{name}'", near=near(name, exports)
        )
    return send_file(
        release.exports.absolute() / name,
        mimetype=media_type(name),
        as_attachment=True,
        download_name=name,
        etag=exports[name]["sha256"],
    )


def media_type(name: str) -> str:
    """The media type of an export, by its suffix."""
    suffix = name.split(".")[1]
    return "application/gzip" if name.endswith(".gz") else FORMAT_BY_NAME[suffix].media_type


def size_of(path: Path) -> int:
    """The size of a file of the release, in bytes."""
    return path.stat().st_size
