"""Show what the release covers: what is in, what was searched, which trials are not yet read."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from allograph.reading.coverage import read_coverage
from allograph.web.http.negotiate import PAGES, choose, offers, respond_page
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader

blueprint = Blueprint("coverage", __name__)


@blueprint.get("/coverage")
@offers(PAGES)
def show_coverage() -> Response:
    """Say what is in, what was searched and when, and which trials are known and not yet read."""
    choose(PAGES)
    return respond_page(kept_page("coverage", coverage_page))


def coverage_page() -> str:
    """Write the page: its tables are answers of questions, which have them as data."""
    reader = current_reader()
    return render_template("coverage.html", covered=read_coverage(reader), asked=reader.questions)
