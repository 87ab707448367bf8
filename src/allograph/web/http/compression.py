"""Compress answers as ``Accept-Encoding`` asks (RFC 9110, section 12.5.3), whole or as they come.

Each coding is a representation of its own: its entity tag ends in the name of the coding, and the
tag that a client sends back is read accordingly.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Response, request
from werkzeug.datastructures import Accept
from werkzeug.wsgi import ClosingIterator

from allograph.web.http.codings import CODINGS, Coding, compressed
from allograph.web.http.exchange import current_exchange
from allograph.web.http.problems import Problem

# Bytes; below, the answer fits into one packet anyway.
SMALL = 1024
COMPRESSED_TYPES = ("application/gzip",)


def choose_coding() -> None:
    """Choose the coding of this answer, and read the entity tags that the client holds of it."""
    accepted = request.accept_encodings
    coding = best_coding(accepted)
    exchange = current_exchange()
    exchange.is_identity_refused = refuses_identity(accepted)
    if coding is None and exchange.is_identity_refused:
        raise Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            "no coding that was asked for is offered here; ask for one of those offered",
            offered=["identity", *(coding.name for coding in CODINGS)],
        )
    exchange.coding = coding
    exchange.held = request.environ.get("HTTP_IF_NONE_MATCH", "")
    if coding:
        request.environ["HTTP_IF_NONE_MATCH"] = exchange.held.replace(f'-{coding.name}"', '"')


def best_coding(accepted: Accept) -> Coding | None:
    """The coding that the client likes best; none where it prefers the plain body."""
    best = max(CODINGS, key=lambda coding: accepted.quality(coding.name))
    quality = accepted.quality(best.name)
    return best if quality and quality >= accepted.quality("identity") else None


def refuses_identity(accepted: Accept) -> bool:
    """Tell whether the plain body is ruled out, by name or by ``*``; names come first."""
    named = (quality for value, quality in accepted if value.lower() in ("identity", "*"))
    return next(named, 1) == 0


def compress(response: Response) -> Response:
    """Compress one answer, if its client and its body are such that it helps."""
    response.vary.add("Accept-Encoding")
    coding = current_exchange().coding
    if coding is None:
        return response
    if response.status_code == HTTPStatus.NOT_MODIFIED:
        _tag_as_held(response, coding)
    elif _is_worth_it(response):
        _encode(response, coding)
    return response


def _tag_as_held(response: Response, coding: Coding) -> None:
    tag, _ = response.get_etag()
    if tag and f'"{coding.tag(tag)}"' in current_exchange().held:
        response.set_etag(coding.tag(tag))


def _is_worth_it(response: Response) -> bool:
    if response.status_code in (HTTPStatus.NO_CONTENT, HTTPStatus.PARTIAL_CONTENT):
        return False
    if "Content-Encoding" in response.headers:
        return False
    if current_exchange().is_identity_refused:
        return True
    size = response.calculate_content_length() if response.is_sequence else response.content_length
    is_small = size is not None and size < SMALL
    return not is_small and response.mimetype not in COMPRESSED_TYPES


def _encode(response: Response, coding: Coding) -> None:
    """Replace the body; one that is whole already stays whole, and tells its new length."""
    response.headers["Content-Encoding"] = coding.name
    response.headers.remove("Accept-Ranges")
    tag, is_weak = response.get_etag()
    if tag:
        response.set_etag(coding.tag(tag), weak=bool(is_weak))
    if response.is_sequence and request.method != "HEAD":
        response.set_data(b"".join(compressed(response.iter_encoded(), coding)))
        return
    response.headers.remove("Content-Length")
    response.direct_passthrough = False
    close = getattr(response.response, "close", None)
    response.response = ClosingIterator(compressed(response.iter_encoded(), coding), close)
