"""Compression: which coding is chosen, what is compressed, and that a broken body stays broken."""

import tracemalloc
import zlib

import brotli
import pytest
import zstandard
from flask import Flask, Response, request

from allograph.web.http.codings import CODINGS, FLUSHED_AFTER, compressed
from allograph.web.http.compression import COMPRESSED_TYPES, choose_coding, compress
from allograph.web.http.steps import Step, take_steps

TEXT = b"A median overall survival of 7.7 months. " * 5000
NAMES = [coding.name for coding in CODINGS]


def read(coding, body):
    """What a body holds so far, and whether it ends properly."""
    if coding == "br":
        decompressor = brotli.Decompressor()
        content = decompressor.process(body)
        while more := decompressor.process(b""):
            content += more
        return content, decompressor.is_finished()
    if coding == "gzip":
        decompressor = zlib.decompressobj(31)
    else:
        decompressor = zstandard.ZstdDecompressor().decompressobj()
    return decompressor.decompress(body), decompressor.eof


class Broken(Exception):
    pass


def streamed(pieces):
    yield from pieces
    raise Broken


BODIES = {
    "whole": lambda: TEXT,
    "streamed": lambda: (TEXT[start : start + 999] for start in range(0, len(TEXT), 999)),
    "broken": lambda: streamed([TEXT]),
    "small": lambda: b"x" * 1023,
    "packed": lambda: TEXT,
}


@pytest.fixture
def app():
    app = Flask(__name__)
    take_steps(app, [Step("compression", before=choose_coding, after=compress)])
    app.closed = []

    @app.get("/<name>")
    def answer(name):
        response = Response(content_type=COMPRESSED_TYPES[0] if name == "packed" else "text/csv")
        response.set_etag("abc")
        if request.if_none_match.contains_weak("abc"):
            response.status_code = 304
            return response
        response.response = body = BODIES[name]()
        if isinstance(body, bytes):
            response.set_data(body)
        response.call_on_close(lambda: app.closed.append(name))
        return response

    return app


@pytest.fixture
def ask(app):
    def ask(address, accepted=None, method="GET", **headers):
        headers = {name.replace("_", "-"): value for name, value in headers.items()}
        if accepted is not None:
            headers["Accept-Encoding"] = accepted
        return app.test_client().open(address, method=method, headers=headers)

    return ask


def vary(response):
    return {name.strip() for name in response.headers["Vary"].split(",")}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (None, None),
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("deflate, gzip", "gzip"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip;q=0.9, zstd;q=0.8", "gzip"),
        ("gzip;q=0", None),
        ("*", "zstd"),
        ("zstd;q=0, br;q=0, *", "gzip"),
        ("*;q=0, gzip", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("gzip;q=0.5, identity;q=0.2", "gzip"),
        ("compress", None),
    ],
)
def test_the_coding_that_the_client_likes_best_is_sent(ask, accepted, coding):
    for address in ("/whole", "/streamed"):
        response = ask(address, accepted)
        assert response.headers.get("Content-Encoding") == coding
        assert "Accept-Encoding" in vary(response)
        if coding:
            assert read(coding, response.data) == (TEXT, True)
        else:
            assert response.data == TEXT


@pytest.mark.parametrize("accepted", ["identity;q=0", "*;q=0", "compress, *;q=0"])
def test_a_client_that_takes_no_coding_of_ours_is_told_which_there_are(ask, accepted):
    assert ask("/whole", accepted).status_code == 406


@pytest.mark.parametrize("address", ["/small", "/packed"])
def test_what_would_not_shrink_is_sent_as_it_is_unless_that_is_refused(ask, address):
    assert "Content-Encoding" not in ask(address, "gzip").headers
    assert ask(address, "gzip, identity;q=0").headers["Content-Encoding"] == "gzip"


def test_a_whole_body_stays_whole_and_a_streamed_one_has_no_length(ask):
    whole = ask("/whole", "gzip")
    assert int(whole.headers["Content-Length"]) == len(whole.data) < len(TEXT)
    assert "Content-Length" not in ask("/streamed", "gzip").headers


@pytest.mark.parametrize("address", ["/whole", "/streamed"])
def test_each_coding_has_an_entity_tag_of_its_own_that_can_be_sent_back(ask, address):
    tags = {ask(address, accepted).headers["ETag"] for accepted in (*NAMES, "identity")}
    assert tags == {'"abc"', '"abc-gzip"', '"abc-br"', '"abc-zstd"'}
    for coding in NAMES:
        for held in (f'"abc-{coding}"', f'W/"abc-{coding}"', f'"other", "abc-{coding}"'):
            again = ask(address, coding, If_None_Match=held)
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == f'"abc-{coding}"'
            assert "Accept-Encoding" in vary(again)
            assert "Content-Encoding" not in again.headers


def test_the_entity_tag_of_another_coding_is_no_match(ask):
    assert ask("/whole", "br", If_None_Match='"abc-gzip"').status_code == 200
    assert ask("/whole", None, If_None_Match='"abc-gzip"').status_code == 200
    plain = ask("/whole", "gzip", If_None_Match='"abc"')
    assert (plain.status_code, plain.headers["ETag"]) == (304, '"abc"')


@pytest.mark.parametrize("address", ["/whole", "/streamed"])
def test_a_head_tells_what_a_get_would_and_compresses_nothing(ask, address, monkeypatch):
    get = ask(address, "gzip")
    monkeypatch.setattr("allograph.web.http.codings.Compressor", None)
    head = ask(address, "gzip", method="HEAD")
    assert head.data == b""
    for name in ("Content-Encoding", "ETag", "Vary", "Content-Type"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize("coding", NAMES)
def test_a_body_that_breaks_off_is_never_finished(app, coding):
    sent = bytearray()
    with pytest.raises(Broken):
        for piece in app.test_client().get("/broken", headers={"Accept-Encoding": coding}).response:
            sent += piece
    _, is_finished = read(coding, bytes(sent))
    assert sent
    assert not is_finished


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_the_body_is_closed_when_the_client_leaves(app, method):
    response = app.test_client().open(
        "/streamed", method=method, headers={"Accept-Encoding": "gzip"}, buffered=False
    )
    assert not app.closed
    response.close()
    assert app.closed


@pytest.mark.parametrize("coding", CODINGS, ids=lambda coding: coding.name)
def test_what_was_compressed_is_sent_on_while_the_body_still_runs(coding):
    given = 0
    sent = b""

    def body():
        nonlocal given
        for start in range(0, len(TEXT), 8192):
            given += 8192
            yield TEXT[start : start + 8192]

    pieces = compressed(body(), coding)
    while given < 2 * FLUSHED_AFTER:
        sent += next(pieces)
    content, is_finished = read(coding.name, sent)
    assert len(content) >= given - FLUSHED_AFTER
    assert given < len(TEXT)
    assert not is_finished


@pytest.mark.parametrize("coding", CODINGS, ids=lambda coding: coding.name)
def test_a_long_body_is_compressed_in_constant_memory(coding):
    size = 0
    tracemalloc.start()
    for piece in compressed((TEXT for _ in range(200)), coding):
        size += len(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size
    assert peak < 4_000_000
