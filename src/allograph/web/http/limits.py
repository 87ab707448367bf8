"""Refuse requests that are too large or that are no text, before a view sees them.

A URL has a limit (414) and so have each header (431) and a body (413), also one that comes in
chunks and does not say how long it is. What a query string, a form or a query holds is UTF-8
without NUL, and fields are not too many.
"""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import unquote_to_bytes

from flask import request

from allograph.settings import Settings
from allograph.web.http.problems import Problem
from allograph.web.http.protocol import FORM, QUERY

FIELDS = 1000
KIBIBYTE = 1024
HEADER = 8 * KIBIBYTE
"""Bytes that one header may have."""


def read_at_most(settings: Settings) -> int:
    """The bytes of a body that are read.

    It is one more than a body may have, for the framework cuts off the rest without a word.
    """
    return settings.body_limit * KIBIBYTE + 1


def check_request(settings: Settings) -> None:
    """Look at a request before it is answered."""
    check_url(settings.url_limit)
    check_headers()
    check_fields(request.query_string, "the query string")
    check_body(settings.body_limit * KIBIBYTE)


def check_url(most: int) -> None:
    """Refuse a URL that is too long."""
    if len(request.full_path) > most:
        raise Problem(
            HTTPStatus.REQUEST_URI_TOO_LONG,
            f"the URL has more than {most} bytes; send a long query by POST",
        )


def check_headers() -> None:
    """Refuse a header that is too long, before anybody reads lists of types and tags in it."""
    for name, value in request.headers:
        if len(value) > HEADER:
            raise Problem(
                HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                f"the header {name} has more than {HEADER} bytes; send less",
            )


def check_body(most: int) -> None:
    """Refuse a body that is too long, or a form or a query that is no text."""
    check_size(request.content_length or 0, most)
    if request.mimetype not in (FORM, QUERY):
        return
    body = request.get_data()
    check_size(len(body), most)
    if request.mimetype == FORM:
        check_fields(body, "the form")
    else:
        check_text(body, "the query")


def check_size(size: int, most: int) -> None:
    """Refuse a body of this size if it is more than it may be."""
    if size > most:
        raise Problem(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"the body has more than {most // KIBIBYTE} KiB; send less",
        )


def check_fields(encoded: bytes, where: str) -> None:
    """Refuse fields that are too many, or no text."""
    if encoded.count(b"&") >= FIELDS:
        raise Problem(HTTPStatus.BAD_REQUEST, f"{where} has more than {FIELDS} fields; send fewer")
    check_text(unquote_to_bytes(encoded), where)


def check_text(encoded: bytes, where: str) -> None:
    """Refuse what is not UTF-8, and what holds NUL."""
    try:
        text = encoded.decode()
    except UnicodeDecodeError:
        raise Problem(HTTPStatus.BAD_REQUEST, f"{where} is not UTF-8; send it as UTF-8") from None
    if "\0" in text:
        raise Problem(HTTPStatus.BAD_REQUEST, f"{where} holds a NUL character; leave it out")
