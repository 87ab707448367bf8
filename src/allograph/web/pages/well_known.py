"""Describe the dataset for machines that look in the usual places (RFC 8615)."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response

from allograph.rdf.turtle import read_turtle
from allograph.web.http.negotiate import GRAPHS, choose, offers
from allograph.web.http.triples import respond_triples
from allograph.web.service import current_reader

blueprint = Blueprint("well_known", __name__, url_prefix="/.well-known")


@blueprint.get("/void")
@offers(GRAPHS)
def void() -> Response:
    """Describe the dataset in VoID and DCAT."""
    return describe(current_reader().release.void)


@blueprint.get("/sparql-examples")
@offers(GRAPHS)
def examples() -> Response:
    """Send the questions as SHACL SPARQL executables."""
    return describe(current_reader().release.examples)


def describe(path: Path) -> Response:
    """Send one of the descriptions that were computed for the release."""
    return respond_triples(
        choose(GRAPHS), (path.name,), lambda: read_turtle(path, path.name).triples
    )
