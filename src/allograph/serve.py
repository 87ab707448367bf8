"""Serve a release over HTTP with waitress, until SIGTERM or Ctrl-C."""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
from types import FrameType

from waitress.server import create_server

from allograph.errors import AddressInUse, SettingError
from allograph.questions import read_questions
from allograph.release import ensure_release
from allograph.settings import Settings
from allograph.sources import find_sources, reason
from allograph.store import open_store
from allograph.turtle import read_namespaces
from allograph.web import create_app

# A request that waits for a thread is no news.
logging.getLogger("waitress.queue").setLevel(logging.ERROR)


def serve(settings: Settings) -> None:
    """Build what has changed, then answer in the foreground."""
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, _stop)
    sources = find_sources(settings.root)
    release = ensure_release(sources, settings)
    listener = _listen(settings)
    store = open_store(settings.store or release.store, settings.timeout)
    namespaces = read_namespaces(sources.prefixes, sources.relative(sources.prefixes))
    app = create_app(settings, release, store, read_questions(sources), namespaces)
    server = create_server(app, sockets=[listener], threads=settings.threads, ident="ALLograph")
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    port = listener.getsockname()[1]
    sys.stderr.write(f"ALLograph {release.id} on http://{host}:{port}\n")
    sys.stderr.flush()
    try:
        server.run()
    finally:
        server.close()
        store.close()


def _listen(settings: Settings) -> socket.socket:
    try:
        family = socket.getaddrinfo(settings.host, settings.port)[0][0]
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AddressInUse(settings.host, settings.port) from None
        raise SettingError(
            f"cannot listen on {settings.host}, port {settings.port}: {reason(error)};"
            " choose others: ALLOGRAPH_HOST, ALLOGRAPH_PORT"
        ) from None


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
