"""Offer the whole graph as files: the exports of the release, plain and compressed."""

from http import HTTPStatus

from flask import Blueprint, Response, render_template, send_file

from allograph.formats import FORMAT_BY_NAME
from allograph.web.catalogue import near
from allograph.web.negotiate import DATASETS, PAGES, choose, offers, respond_page
from allograph.web.problems import Problem
from allograph.web.service import current_service

blueprint = Blueprint("downloads", __name__, url_prefix="/download")


@blueprint.get("")
@offers(PAGES)
def list_downloads() -> Response:
    """List the exports with size, checksum, release and licence."""
    choose(PAGES)
    manifest = current_service().release.manifest
    return respond_page(render_template("download.html", manifest=manifest, formats=DATASETS))


@blueprint.get("/<name>")
def download(name: str) -> Response:
    """Send one export; its entity tag is its SHA-256."""
    release = current_service().release
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
    """Return the media type of an export, by its suffix."""
    suffix = name.split(".")[1]
    return "application/gzip" if name.endswith(".gz") else FORMAT_BY_NAME[suffix].media_type
