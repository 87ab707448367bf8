"""Requests, and answers with all that was seen of them: also those that broke off or never came."""

from __future__ import annotations

import http.client
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from time import monotonic, sleep

TOKEN = "token-0000000000"  # noqa: S105  # no secret: it makes a query, and its answer, unique
LATE = 40.0
"""Seconds after which a client gives up: more than any deadline and any queue of the service."""
CHUNK = 1 << 16


@dataclass(frozen=True)
class Asked:
    """One request. ``path`` and ``body`` may hold ``TOKEN``, which a new one replaces each time.

    ``stopped`` says that the service cannot finish it, but has to stop it, with one of these
    statuses.
    """

    kind: str = field(compare=False)
    path: str
    accept: str = "*/*"
    body: str | None = None
    body_type: str = ""
    stopped: tuple[int, ...] = ()
    token: str = TOKEN

    def with_token(self, number: int) -> Asked:
        """The same with a token of its own."""
        token = f"token-{number:010}"
        body = self.body and self.body.replace(TOKEN, token)
        return replace(self, path=self.path.replace(TOKEN, token), body=body, token=token)

    def headers(self, coding: str = "identity") -> dict[str, str]:
        """The headers that it is sent with."""
        sent = {"Accept": self.accept, "Accept-Encoding": coding}
        return sent | ({"Content-Type": self.body_type} if self.body is not None else {})


@dataclass(frozen=True)
class Answer:
    """What came: ``status`` is None without any answer; ``content`` is decoded, as far as it came.

    ``left`` says that the client went away by itself, ``error`` what else ended it early.
    """

    status: int | None
    release: str = ""
    media_type: str = ""
    content: bytes = b""
    is_whole: bool = False
    left: bool = False
    error: str = ""
    begun: float = field(default=0, compare=False)
    seconds: float = field(default=0, compare=False)


Reading = Callable[[http.client.HTTPResponse], Iterator[bytes]]
"""A manner of reading an answer; one that ends early is a client that leaves."""


def steadily(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Read all, at once."""
    while piece := response.read(CHUNK):
        yield piece


def slowly(response: http.client.HTTPResponse) -> Iterator[bytes]:
    """Read all, with pauses."""
    while piece := response.read(4 * CHUNK):
        yield piece
        sleep(0.1)


def leaving(after: int) -> Reading:
    """Go away after so many bytes."""

    def read(response: http.client.HTTPResponse) -> Iterator[bytes]:
        yield response.read(after)

    return read


class Asker:
    """A client with one connection, which it keeps while both sides keep to it."""

    def __init__(self, netloc: str, late: float = LATE) -> None:
        self._connection = http.client.HTTPConnection(netloc, timeout=late)

    def ask(self, asked: Asked, read: Reading = steadily, coding: str = "identity") -> Answer:
        """Ask, read, and say what came; nothing that the service does raises."""
        begun = monotonic()
        answer = self._ask(asked, read, coding)
        if not answer.is_whole:
            self.close()
        return replace(answer, begun=begun, seconds=monotonic() - begun)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, asked: Asked, read: Reading, coding: str) -> Answer:
        try:
            method = "GET" if asked.body is None else "POST"
            body = asked.body.encode() if asked.body is not None else None
            self._connection.request(method, asked.path, body, asked.headers(coding))
            response = self._connection.getresponse()
        except (OSError, http.client.HTTPException) as broken:
            return Answer(None, error=_named(broken))
        head = Answer(
            response.status,
            response.headers.get("Dataset-Release", ""),
            response.headers.get("Content-Type", "").partition(";")[0],
        )
        content, error = bytearray(), ""
        try:
            for piece in read(response):
                content += piece
        except http.client.IncompleteRead as broken:
            content += broken.partial
            error = _named(broken)
        except (OSError, http.client.HTTPException) as broken:
            error = _named(broken)
        # http.client does not mind that a body is shorter than its Content-Length.
        if not error and response.isclosed() and response.length:
            error = f"{response.length} bytes are missing"
        is_read = not error and response.isclosed()
        decoded, is_decoded = _decoded(bytes(content), response.headers.get("Content-Encoding"))
        return replace(
            head,
            content=decoded,
            is_whole=is_read and is_decoded,
            left=not error and not response.isclosed(),
            error=error or ("" if is_decoded else "the coding is not finished"),
        )


def _decoded(content: bytes, coding: str | None) -> tuple[bytes, bool]:
    """The content without its coding, as far as it goes, and whether that is the whole."""
    if coding is None:
        return content, True
    if coding != "gzip":
        return content, False
    unpacked = zlib.decompressobj(31)
    try:
        return unpacked.decompress(content), unpacked.eof
    except zlib.error:
        return b"", False


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
