"""Welcome readers: what this is, a search box, the studies at a glance, the questions by topic."""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, Response, render_template

from allograph.namespaces import KINDS
from allograph.reading.coverage import last_search
from allograph.reading.coverage_map import read_map
from allograph.reading.dataset import describe_for_search_engines
from allograph.reading.glance import overview
from allograph.reading.listing import by_topic, clinical, entries
from allograph.web.http.negotiate import PAGES, choose, offers, respond_page
from allograph.web.service import current_reader

blueprint = Blueprint("home", __name__)

SHOWN = 12
"""Studies on the page; the list of all is a link away."""


@blueprint.get("/")
@offers(PAGES)
def welcome() -> Response:
    """Say what this is, and lead to the questions and the studies."""
    choose(PAGES)
    reader = current_reader()
    studies = overview(reader)
    topics = by_topic(reader.questions)
    held = Counter(entry.kind for entry in entries(reader))
    return respond_page(
        render_template(
            "home.html",
            topics=topics,
            clinical=clinical(topics),
            questions=len(reader.questions),
            overview=studies,
            covered=reader.once(read_map),
            searched=reader.once(last_search),
            studies=studies.studies[:SHOWN],
            kinds={kind: held[kind] for kind in KINDS if held[kind]},
            dataset=describe_for_search_engines(reader.release),
        )
    )
