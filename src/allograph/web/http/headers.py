"""Set the headers that every answer carries: release, query, licence, and what browsers may do."""

from __future__ import annotations

from flask import Response, request, url_for
from werkzeug.datastructures import Headers

from allograph.web.http.exchange import current_exchange
from allograph.web.http.query_run import QueryRun
from allograph.web.service import current_reader

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
EXPOSED = (
    "Content-Disposition, Dataset-Release, ETag, Link, Query-Id, Query-Remark, Retry-After,"
    " Server-Timing"
)

# Nothing is loaded from elsewhere, and only the bundled scripts run; they ask this service alone.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# An answer holds what its query put there: a browser that shows it as a document runs nothing.
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


def add_headers(response: Response) -> Response:
    """Name the release and its licence; let any site read; keep pages closed."""
    headers = response.headers
    reader = current_reader()
    if reader.is_release:
        headers["Dataset-Release"] = reader.release.id
    if run := current_exchange().run:
        add_run(headers, run)
    for target, relation in (
        (LICENSE, "license"),
        (url_for("well_known.void"), "describedby"),
        (url_for("api.openapi"), "service-desc"),
        (url_for("api.docs"), "service-doc"),
    ):
        headers.add("Link", f'<{target}>; rel="{relation}"')
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = EXPOSED
    add_safety(response)
    if "Allow" in headers:
        headers["Access-Control-Allow-Methods"] = headers["Allow"]
        headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        headers["Access-Control-Max-Age"] = "86400"
    return response


def add_run(headers: Headers, run: QueryRun) -> None:
    """Name the run of the query, and say how long it has taken, in milliseconds."""
    headers["Query-Id"] = run.id
    durations = {"total": run.seconds, "eval": run.evaluation}
    headers["Server-Timing"] = ", ".join(
        f"{name};dur={seconds * 1000:.1f}" for name, seconds in durations.items()
    )


def add_safety(response: Response) -> None:
    """Keep browsers from guessing types, and pages closed; data may be read from anywhere."""
    headers = response.headers
    is_page = response.mimetype == "text/html"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Resource-Policy"] = "same-origin" if is_page else "cross-origin"
    if is_page:
        headers["Content-Security-Policy"] = PAGE_POLICY
    elif request.endpoint != "static":
        headers["Content-Security-Policy"] = DATA_POLICY
