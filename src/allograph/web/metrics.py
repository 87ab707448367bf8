"""Count requests and time queries, for Prometheus, in a registry of our own."""

from flask import Flask, Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "allograph_requests", "Requests answered.", ("endpoint", "status"), registry=REGISTRY
)
QUERY_SECONDS = Histogram(
    "allograph_query_seconds", "Seconds until a query began to answer.", registry=REGISTRY
)


def count_requests(app: Flask) -> None:
    """Count each answer by the endpoint that gave it and its status."""
    app.after_request(count_request)


def count_request(response: Response) -> Response:
    """Count one answer."""
    REQUESTS.labels(request.endpoint or "none", response.status_code).inc()
    return response
