"""Show what the release covers: the map, what was searched, which trials are not yet read."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request

from allograph.errors import ParameterError, nearest
from allograph.reading.coverage import read_coverage
from allograph.reading.coverage_map import CoverageMap, read_map
from allograph.reading.reviews import read_reviews
from allograph.web.http.negotiate import PAGES, choose, offers, respond_page
from allograph.web.pages.kept import kept_page
from allograph.web.service import current_reader

blueprint = Blueprint("coverage", __name__)

DRUG = "drug"
"""The argument that narrows the map to one of its drugs, by key."""


@blueprint.get("/coverage")
@offers(PAGES)
def show_coverage() -> Response:
    """Say what is in, what was searched and when, and which trials are known and not yet read."""
    choose(PAGES)
    drug = request.args.get(DRUG, "")
    whole = current_reader().once(read_map)
    narrowed = narrow(whole, drug)
    name = f"coverage/{drug}"
    return respond_page(kept_page(name, lambda: coverage_page(whole, narrowed, drug)))


def narrow(whole: CoverageMap, drug: str) -> CoverageMap:
    """The map of one drug, or of all.

    Raises:
        ParameterError: for what is no drug of the map.

    """
    keys = [each.key for each in whole.drugs]
    if drug and drug not in keys:
        message = f"{DRUG} is one of {', '.join(keys)}, not '{drug}'{nearest(drug, keys)}"
        raise ParameterError(DRUG, message)
    return whole.narrowed(drug) if drug else whole


def coverage_page(whole: CoverageMap, narrowed: CoverageMap, drug: str) -> str:
    """Write the page: its tables are answers of questions, which have them as data."""
    reader = current_reader()
    covered = read_coverage(reader)
    return render_template(
        "coverage.html",
        covered=covered,
        asked=reader.questions,
        all=whole,
        map=narrowed,
        drug=next((each for each in whole.drugs if each.key == drug), None),
        reviewed=reader.once(read_reviews),
        names={study.iri: study.label for study in covered.studies},
    )
