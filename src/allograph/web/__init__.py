"""Serve a release over HTTP: the addresses, their pages and their data.

A view finds, asks and responds; what it tells of a release it reads in ``allograph.reading``, and
``steps_of`` is what every request passes through. ``negotiate`` alone reads ``Accept`` and sends
answers, ``evaluate`` alone runs the queries of readers, ``problems`` alone answers for errors.
"""

from __future__ import annotations

from functools import partial

from flask import Flask

from allograph.namespaces import Namespaces
from allograph.questions.question import Question
from allograph.reading.reader import Reader
from allograph.release import Release
from allograph.settings import Settings
from allograph.web.bundle import add_version, keep_for_good
from allograph.web.http.cache import keep_answers
from allograph.web.http.clients import limit_clients
from allograph.web.http.compression import choose_coding, compress
from allograph.web.http.headers import add_headers
from allograph.web.http.limits import check_request, read_at_most
from allograph.web.http.metrics import count_request
from allograph.web.http.problems import register_problems
from allograph.web.http.runs import follow
from allograph.web.http.steps import Step, take_steps
from allograph.web.pages.routes import BLUEPRINTS
from allograph.web.service import EXTENSION, Service, asks_the_release
from allograph.web.templating import prepare_templates
from allograph.workers.patience import Patience
from allograph.workers.pool import Pool
from allograph.workers.store import PooledStore


def steps_of(settings: Settings) -> tuple[Step, ...]:
    """What every request passes through: down to its view, and up again with the answer.

    Invariants of the order: a run is followed outside of all, so that the bytes that are counted
    are those that are sent, compressed. Limits come before whatever reads headers, arguments or a
    body. Compression sees an answer after all that write its headers or its entity tag.

    Below the last step, the view does in this order: it chooses a representation (``negotiate``),
    reads its parameters, begins a run (``runs``), looks whether the answer is kept here or at the
    client (``keeping``), sees whether the client may ask (``clients``), and evaluates. An error on
    the way is answered by ``problems``, and that answer goes up the same steps.
    """
    return (
        Step("runs", after=follow),
        Step("limits", before=partial(check_request, settings)),
        Step("compression", before=choose_coding, after=compress),
        Step("headers", after=add_headers),
        Step("metrics", after=count_request),
        Step("static files", after=keep_for_good),
    )


def create_app(
    settings: Settings,
    release: Release,
    pool: Pool,
    questions: dict[str, Question],
    namespaces: Namespaces,
) -> Flask:
    """Make the application that serves one release."""
    app = Flask(__name__)
    store = PooledStore(pool, Patience(settings.timeout))
    is_release = asks_the_release(settings, release)
    reader = Reader(release, store, questions, namespaces, is_release)
    app.extensions[EXTENSION] = Service(settings, pool, reader)
    app.config["MAX_CONTENT_LENGTH"] = read_at_most(settings)
    app.url_map.strict_slashes = False
    app.url_defaults(add_version)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_problems(app)
    keep_answers(app, settings.cache)
    limit_clients(app, settings.rate)
    take_steps(app, steps_of(settings))
    prepare_templates(app)
    return app
