"""Tell machines how the service is: the process, the store, the figures for Prometheus."""

from __future__ import annotations

from flask import Blueprint, Response
from prometheus_client import CONTENT_TYPE_LATEST

from allograph.web.http.cache import current_cache
from allograph.web.http.metrics import write_metrics
from allograph.web.service import current_reader, current_service

blueprint = Blueprint("probes", __name__)


@blueprint.get("/health")
def health() -> Response:
    """Say that the process answers."""
    return probe("ok")


@blueprint.get("/ready")
def ready() -> Response:
    """Say that the store answers, and from which release."""
    reader = current_reader()
    reader.store.query("ASK {}")
    return probe(f"ready: {reader.release.id if reader.is_release else 'another store'}")


@blueprint.get("/metrics")
def metrics() -> Response:
    """Send counts, times and how the service stands, in the text format of Prometheus."""
    release, pool = current_reader().release, current_service().pool
    figures = write_metrics(release.id, pool, current_cache())
    return probe(figures.decode(), CONTENT_TYPE_LATEST)


def probe(text: str, content_type: str = "text/plain; charset=utf-8") -> Response:
    """Answer a machine that must never be given an old answer."""
    response = Response(f"{text.rstrip()}\n", content_type=content_type)
    response.headers["Cache-Control"] = "no-store"
    return response
