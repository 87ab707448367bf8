"""Pool the figures of an outcome: ``/pool/<outcome>`` as a page, as data, as a forest plot.

What is refused is an answer, too, with its rows and reasons. ``/pool`` lists what can be pooled;
with ``figure=``, as the ticked rows of a table send it, it leads to the pool of their outcome.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from time import perf_counter
from urllib.parse import urlencode

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Redirect

from allograph.drawings.charts.png import png_of
from allograph.evidence.pooling.answers import Answer
from allograph.evidence.pooling.pool import pool
from allograph.namespaces import key_of
from allograph.rdf.formats import FORMAT_BY_NAME
from allograph.reading.answers.known import read_known
from allograph.reading.poolable import Poolable, read_poolable
from allograph.reading.pooled.as_json import as_json
from allograph.reading.pooled.as_rows import HEADER, as_rows
from allograph.reading.taking.formats import PNG, SVG
from allograph.web.http.clients import current_clients
from allograph.web.http.keeping import answer_key, remembered
from allograph.web.http.negotiate import (
    JSON,
    PAGE,
    Offer,
    choose,
    offers,
    respond,
    respond_json,
    respond_page,
)
from allograph.web.http.permalinks import refuse_other_release
from allograph.web.pages.asking import today
from allograph.web.pages.pictures import wanted_look
from allograph.web.pages.pool_asking import (
    FIGURE,
    Asked,
    Pair,
    asked_of,
    by_outcome,
    figures_among,
    several,
)
from allograph.web.pages.pool_page import picture_here, pool_page
from allograph.web.pages.questions import NOTICE, notice
from allograph.web.service import current_reader

blueprint = Blueprint("pool", __name__)

CSV = FORMAT_BY_NAME["csv"]
LIST: Offer = (PAGE, JSON)
ANSWERS: Offer = (PAGE, JSON, CSV, SVG, PNG)
TICKED = "ticked"
"""What the form of ticked rows sends even if there are none."""


@dataclass(frozen=True)
class Ticked:
    """Figures of one outcome that were ticked, and the address that pools them."""

    outcome: str
    figures: Sequence[str]
    address: str


@blueprint.get("/pool")
@blueprint.get("/pool.<suffix>")
@offers(LIST)
def list_pools(suffix: str | None = None) -> Response | Redirect:
    """List the outcomes that can be pooled, by topic; ticked figures lead to that of their outcome.

    Figures of several outcomes are never pooled together: the page leads to each of them.
    """
    chosen = choose(LIST, suffix)
    ticked = list(_ticked(suffix if suffix in {each.name for each in ANSWERS} else None))
    if len(ticked) == 1:
        return redirect(ticked[0].address, HTTPStatus.SEE_OTHER)
    if chosen.is_page:
        return respond_page(_list_page(ticked, is_asked=TICKED in request.args))
    topics = current_reader().once(read_poolable)
    return respond_json(
        {"outcomes": [_described(one, topic.label) for topic in topics for one in topic.outcomes]}
    )


@blueprint.get("/pool/<key>")
@blueprint.get("/pool/<key>.<suffix>")
@offers(ANSWERS)
def show_pool(key: str, suffix: str | None = None) -> Response:
    """Pool the figures of an outcome, or say why they must not be pooled."""
    chosen = choose(ANSWERS, suffix)
    name = chosen.representation.name
    asked = asked_of(key)
    if chosen.is_page:
        html = _kept(chosen.media_type, asked, (today().isoformat(),), _page)
        return respond_page(html.decode().replace(NOTICE, notice(), 1))
    refuse_other_release()
    look = wanted_look()
    body = _kept(chosen.media_type, asked, look.meaning, WRITERS[name])
    digest = sha256(body).hexdigest()
    response = respond(chosen, (digest,), lambda stream: stream.write(body))
    response.headers["Content-Disposition"] = f'inline; filename="{asked.key}-pooled.{name}"'
    return response


def answer_of(asked: Asked) -> Answer:
    """Pool what is asked."""
    return pool(current_reader().once(read_known), asked.wish)


Writer = Callable[[Asked, Answer], bytes]


def _page(asked: Asked, answer: Answer) -> bytes:
    return pool_page(asked, answer).encode()


def _json(_asked: Asked, answer: Answer) -> bytes:
    content = as_json(answer, _release())
    return json.dumps(content, ensure_ascii=False, allow_nan=False).encode()


def _csv(_asked: Asked, answer: Answer) -> bytes:
    from allograph.tables.table import write_csv_table  # brings all that reads sheets along

    return write_csv_table(HEADER, as_rows(answer, _release()))


def _release() -> str:
    """The id of the release that answers; empty for another store, which is none."""
    reader = current_reader()
    return reader.release.id if reader.is_release else ""


def _svg(asked: Asked, answer: Answer) -> bytes:
    return picture_here(asked, answer, wanted_look()).encode()


def _png(asked: Asked, answer: Answer) -> bytes:
    return png_of(picture_here(asked, answer, wanted_look()))


WRITERS: Mapping[str, Writer] = {
    JSON.name: _json,
    CSV.name: _csv,
    SVG.name: _svg,
    PNG.name: _png,
}


def _kept(media_type: str, asked: Asked, others: Sequence[str], write: Writer) -> bytes:
    """What is kept of an answer, else make it at the expense of its reader.

    All of it follows from the release, what is asked, the look, and the address of the service.
    """

    def make() -> bytes:
        with _charged():
            return write(asked, answer_of(asked))

    key = answer_key(media_type, request.root_url, *others, *asked.meaning)
    return remembered(key, make)


@contextmanager
def _charged() -> Iterator[None]:
    """Charge a client for what the front does for it; one without seconds left has to wait."""
    clients, begun = current_clients(), perf_counter()
    clients.admit(request.remote_addr)
    try:
        yield
    finally:
        clients.charge(request.remote_addr, perf_counter() - begun)


def _ticked(suffix: str | None) -> Iterator[Ticked]:
    """The ticked figures by their outcome."""
    evidence = current_reader().once(read_known)
    figures = figures_among(evidence, several(FIGURE, dict(request.args.lists())))
    for outcome, of_outcome in by_outcome(evidence, figures):
        pairs: list[Pair] = [(FIGURE, key_of(iri)) for iri in of_outcome]
        path = url_for("pool.show_pool", key=key_of(outcome), suffix=suffix)
        label = evidence.nodes.of(outcome).label or key_of(outcome)
        yield Ticked(label, of_outcome, f"{path}?{urlencode(pairs)}")


def _list_page(ticked: Sequence[Ticked], *, is_asked: bool) -> str:
    """Write the page; what is made of every outcome is made once."""
    topics = current_reader().once(read_poolable)
    outcomes = [one for topic in topics for one in topic.outcomes]
    return render_template(
        "pools.html",
        topics=topics,
        total=len(outcomes),
        pooled=sum(1 for one in outcomes if one.pooled),
        ticked=ticked,
        is_asked=is_asked,
    )


def _described(one: Poolable, topic: str) -> dict[str, object]:
    """An outcome for programs."""
    return {
        "outcome": one.key,
        "label": one.label,
        "topic": topic,
        "href": url_for("pool.show_pool", key=one.key, _external=True),
        "studies": one.studies,
        "pools": one.pooled,
        "refused": one.refused,
        "why": one.why or None,
    }
