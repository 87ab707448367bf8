"""Serve a release over HTTP: the addresses, their pages and their data.

Views find, ask and respond. ``negotiate`` alone reads ``Accept`` and sends answers, ``evaluate``
alone runs queries, ``problems`` alone answers for errors.
"""

from flask import Flask

from allograph.namespaces import Namespaces
from allograph.questions.question import Question
from allograph.reading.reader import Reader
from allograph.release import Release
from allograph.settings import Settings
from allograph.web.bundle import prepare_static
from allograph.web.cache import keep_answers
from allograph.web.clients import limit_clients
from allograph.web.compression import compress_answers
from allograph.web.headers import set_headers
from allograph.web.limits import limit_requests
from allograph.web.metrics import count_requests
from allograph.web.problems import register_problems
from allograph.web.routes import BLUEPRINTS
from allograph.web.runs import follow_runs
from allograph.web.service import EXTENSION, Service, asks_the_release
from allograph.web.templating import prepare_templates
from allograph.workers.pool import Patience, Pool
from allograph.workers.store import PooledStore


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
    app.url_map.strict_slashes = False
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    register_problems(app)
    keep_answers(app, settings.cache)
    limit_clients(app, settings.rate)
    # What is registered last looks at an answer first: runs are followed to the last byte sent.
    # Of a request, limits come before all that reads headers and arguments.
    follow_runs(app)
    limit_requests(app, settings)
    compress_answers(app)
    set_headers(app)
    count_requests(app)
    prepare_static(app)
    prepare_templates(app)
    return app
