"""Set the headers that every answer carries: release, query, licence, readers from elsewhere."""

from flask import Flask, Response, g, url_for

from allograph.web.service import current_service

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
EXPOSED = "Content-Disposition, Dataset-Release, ETag, Link, Query-Id, Retry-After"

# Nothing is loaded from elsewhere, and nothing on a page runs.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def set_headers(app: Flask) -> None:
    """Add the headers after each request."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Name the release and its licence; let any site read; keep pages closed."""
    headers = response.headers
    headers["Dataset-Release"] = current_service().release.id
    if "query_id" in g:
        headers["Query-Id"] = g.query_id
    for target, relation in (
        (LICENSE, "license"),
        (url_for("well_known.void"), "describedby"),
        (url_for("api.openapi"), "service-desc"),
        (url_for("api.docs"), "service-doc"),
    ):
        headers.add("Link", f'<{target}>; rel="{relation}"')
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = EXPOSED
    headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype == "text/html":
        headers["Content-Security-Policy"] = PAGE_POLICY
        headers["Referrer-Policy"] = "same-origin"
    if "Allow" in headers:
        headers["Access-Control-Allow-Methods"] = headers["Allow"]
        headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
        headers["Access-Control-Max-Age"] = "86400"
    return response
