"""Welcome readers: what this is, a search box, the studies at a glance, the questions by topic."""

from collections import Counter

from flask import Blueprint, Response, render_template

from allograph.namespaces import KINDS
from allograph.web.dataset import describe_for_search_engines
from allograph.web.glance import current_overview
from allograph.web.listing import entries
from allograph.web.negotiate import PAGES, choose, offers, respond_page
from allograph.web.questions import by_topic
from allograph.web.service import current_service

blueprint = Blueprint("home", __name__)

SHOWN = 12
"""Studies on the page; the list of all is a link away."""


@blueprint.get("/")
@offers(PAGES)
def welcome() -> Response:
    """Say what this is, and lead to the questions and the studies."""
    choose(PAGES)
    service = current_service()
    overview = current_overview()
    held = Counter(entry.kind for entry in entries())
    return respond_page(
        render_template(
            "home.html",
            topics=by_topic(service.questions),
            questions=len(service.questions),
            overview=overview,
            studies=overview.studies[:SHOWN],
            kinds={kind: held[kind] for kind in KINDS if held[kind]},
            dataset=describe_for_search_engines(service.release),
        )
    )
