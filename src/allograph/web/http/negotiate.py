"""Choose a representation and send it: the one place that reads ``Accept`` and writes answers.

A suffix beats ``Accept``; without either, the first representation of an offer is sent. What is
not offered is refused with the list of what is (RFC 9110, section 12.5.1), never replaced. An
answer is written whole before its status line, to memory or (when it is large) to a file, so that
nobody takes a part of it for the whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain, islice
from tempfile import SpooledTemporaryFile
from typing import IO, TypeVar

from flask import Response, redirect, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.wrappers import Response as Redirect
from werkzeug.wsgi import FileWrapper

from allograph.rdf.formats import FORMAT_BY_NAME, Format, formats_for
from allograph.reading.taking.formats import Document
from allograph.web.http.cache import current_cache
from allograph.web.http.keeping import Key, answer_key
from allograph.web.http.problems import Problem
from allograph.workers.pool import LARGE

Representation = Format | Document
Offer = tuple[Representation, ...]

PAGE = Document("html", "text/html", "page")
JSON = Document("json", "application/json", "JSON")
PAGES: Offer = (PAGE,)
GRAPHS: Offer = formats_for("graph")
DATASETS: Offer = formats_for("graph", "dataset")
# The default is JSON, which keeps types; the table puts CSV first.
SOLUTIONS: Offer = (FORMAT_BY_NAME["json"], *formats_for("solutions"))

# Bytes; a larger answer waits in a temporary file.
HELD_IN_MEMORY = LARGE
PIECES_FOR_HEAD = 16
MOST_TYPES = 200
"""Types that an ``Accept`` header may name: each is weighed against each that is offered."""

View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True)
class Chosen:
    """A representation, and the one of its media types that the client asked for."""

    representation: Representation
    media_type: str

    @property
    def is_page(self) -> bool:
        """Tell whether a browser is to be answered."""
        return self.representation is PAGE

    @property
    def format(self) -> Format:
        """The format of an answer that is no document."""
        if isinstance(self.representation, Document):
            raise TypeError(f"a {self.representation.label} has no format")
        return self.representation


def offers(offer: Offer) -> Callable[[View], View]:
    """Say what a view answers with, for the description of the interface."""

    def remember(view: View) -> View:
        view.__dict__["offer"] = offer
        return view

    return remember


def choose(offer: Offer, suffix: str | None = None) -> Chosen:
    """Choose from an offer by suffix, else by the ``Accept`` header."""
    if suffix is not None:
        return _by_suffix(offer, suffix)
    if not (accepted := _accepted_types()):
        return Chosen(offer[0], offer[0].media_type)
    by_media_type = _by_media_type(offer)
    media_type = accepted.best_match(by_media_type)
    if media_type is None:
        raise Problem(
            HTTPStatus.NOT_ACCEPTABLE,
            f"{request.headers['Accept']} is not offered here; ask for one of the types offered",
            offered=[representation.media_type for representation in dict.fromkeys(offer)],
        )
    return Chosen(by_media_type[media_type], media_type)


def _by_suffix(offer: Offer, suffix: str) -> Chosen:
    for representation in offer:
        if representation.name == suffix:
            return Chosen(representation, representation.media_type)
    suffixes = [representation.name for representation in dict.fromkeys(offer)]
    raise Problem(
        HTTPStatus.NOT_FOUND,
        f".{suffix} is not offered here; there are {', '.join(suffixes)}",
        offered=suffixes,
    )


def _by_media_type(offer: Offer) -> dict[str, Representation]:
    """Map media types to representations: the proper ones first, so that they win a tie."""
    proper = {representation.media_type: representation for representation in offer}
    for representation in offer:
        for media_type in representation.also:
            proper.setdefault(media_type, representation)
    return proper


def _accepted_types() -> MIMEAccept:
    """Read ``Accept`` without parameters such as a charset, which no type of ours has."""
    named = dict.fromkeys(
        (value.partition(";")[0].strip(), q) for value, q in request.accept_mimetypes
    )
    if len(named) > MOST_TYPES:
        raise Problem(
            HTTPStatus.BAD_REQUEST, f"Accept names more than {MOST_TYPES} types; name fewer"
        )
    return MIMEAccept(list(named))


def respond(
    chosen: Chosen, meaning: Sequence[str], write: Callable[[IO[bytes]], object]
) -> Response:
    """Send what ``write`` writes, unless the client has it: then 304, and nothing is written.

    ``meaning`` names the answer, as in ``keeping.Key``.
    """
    key = answer_key(chosen.media_type, *meaning)
    if is_fresh(key):
        return with_validators(Response(status=HTTPStatus.NOT_MODIFIED), key)
    with ExitStack() as files:
        body = files.enter_context(SpooledTemporaryFile(HELD_IN_MEMORY))
        write(body)
        size = body.tell()
        body.seek(0)
        response = Response(FileWrapper(body), content_type=content_type(chosen.media_type))
        response.content_length = size
        response.call_on_close(files.pop_all().close)
    return with_validators(response, key)


def respond_pieces(
    chosen: Chosen, meaning: Sequence[str], ask: Callable[[], Generator[bytes, None, None]]
) -> Response:
    """Send an answer that comes in pieces, unless the client has it: then nothing is asked.

    What fits into memory is sent whole, with its length. A larger answer is streamed: when it
    breaks, so does the chunked body, and no client takes a part of it for the whole. HEAD is
    answered as soon as the query is known to be a good one.
    """
    key = answer_key(chosen.media_type, *meaning)
    if is_fresh(key):
        return with_validators(Response(status=HTTPStatus.NOT_MODIFIED), key)
    cache = current_cache()
    kept = cache.get(key.tag) if key else None
    if kept is not None:
        return with_validators(Response(kept.body, headers=kept.headers), key)
    pieces = ask()
    if request.method == "HEAD":
        with closing(pieces):
            list(islice(pieces, PIECES_FOR_HEAD))
        headers_only = Response(iter(()), content_type=content_type(chosen.media_type))
        return with_validators(headers_only, key)
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) > HELD_IN_MEMORY:
            response = Response(chain([bytes(held)], pieces))
            response.call_on_close(pieces.close)
            break
    else:
        response = Response(bytes(held))
        if key:
            cache.put(key.tag, bytes(held), {"Content-Type": content_type(chosen.media_type)})
    response.content_type = content_type(chosen.media_type)
    return with_validators(response, key)


def respond_page(html: str) -> Response:
    """Send a page; its entity tag is the digest of its text."""
    return respond(Chosen(PAGE, PAGE.media_type), (html,), lambda body: body.write(html.encode()))


def seen_elsewhere(address: str) -> Redirect:
    """Lead to what tells about a thing; another client may be led elsewhere."""
    answer = redirect(address, HTTPStatus.SEE_OTHER)
    answer.vary.add("Accept")
    return answer


def respond_json(content: object) -> Response:
    """Send a JSON document; its entity tag is the digest of its text."""
    text = json.dumps(content, ensure_ascii=False)
    return respond(Chosen(JSON, JSON.media_type), (text,), lambda body: body.write(text.encode()))


def is_fresh(key: Key | None) -> bool:
    """Tell whether the client already holds the answer with this key (RFC 9110, 13.1.2)."""
    if key is None or request.method not in ("GET", "HEAD"):
        return False
    return request.if_none_match.contains_weak(key.tag)


def with_validators(response: Response, key: Key | None) -> Response:
    """Let caches keep an answer, and ask each time whether it still holds; or keep none of it."""
    response.vary.add("Accept")
    if key is None:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.set_etag(key.tag)
    response.headers["Cache-Control"] = "public, no-cache"
    return response


def content_type(media_type: str) -> str:
    """Name the charset where a type of text would otherwise be guessed."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
