"""Serve releases over HTTP with waitress, until SIGTERM or Ctrl-C; SIGHUP builds what has changed.

Waitress reads requests and sends answers in one loop, so that neither a slow sender nor a slow
reader holds a thread: what a reader does not take at once waits in a file, up to a limit for all
together. It also tells when a client is gone. It is measured against others in
``benchmarks/servers.py``.
"""

from __future__ import annotations

import errno
import logging
import signal
import socket
import sys
import tempfile
from pathlib import Path
from time import monotonic
from types import FrameType
from typing import Any

from waitress import wasyncore
from waitress.buffers import ReadOnlyFileBasedBuffer

from allograph.curated.sources import Sources, find_sources
from allograph.errors import AddressInUse, SettingError, Stopped
from allograph.release import Release, ensure_release
from allograph.release.building import Say
from allograph.service.connections import create_server
from allograph.service.live import MIB, LiveApplication
from allograph.settings import Settings
from allograph.text.files import reason
from allograph.web.http.log import start_log
from allograph.web.http.proxies import reached_as

UNLIMITED = 1 << 62
# Beyond the limits of the settings, so that what is too large is answered with a problem document.
MOST_OF_A_HEADER = 1 << 20
MOST_OF_A_BODY = 1 << 28
SLOW_CLIENT = 60
"""Seconds after which a connection on which nothing happens is closed."""


CLEANUP = 5
"""Seconds between two looks for connections that are silent or slow."""


class Asked:
    """What somebody asks of the service by a signal: to end, or to build what has changed.

    Invariant: a handler sets a plain attribute and no more, for it runs in the middle of anything,
    also of code that holds a lock; the loop looks at the attributes twice a second.
    """

    def __init__(self) -> None:
        self.to_end = False
        self.to_build = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._end)
        signal.signal(signal.SIGHUP, self._build)

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self.to_end = True

    def _build(self, _signal: int, _frame: FrameType | None) -> None:
        self.to_build = True


def serve(settings: Settings, say: Say) -> None:
    """Build what has changed, then answer in the foreground.

    Raises:
        SystemExit: with 128 and the number of the signal that ended the build.

    """
    _quiet_waitress()
    start_log()
    sources = find_sources(settings.root)
    release = first_release(sources, settings, say)
    asked = Asked()
    tempfile.tempdir = str(folder_for_answers(release))
    listener = _listen(settings)
    application = LiveApplication(settings, release)
    channels: dict[int, Any] = {}
    server = create_server(
        reached_as(application, settings),
        listener,
        channels,
        # Behind proxies all connections come from them, whoever the clients are.
        0 if settings.proxy else settings.connections_per_client,
        threads=settings.threads,
        ident="ALLograph",
        channel_timeout=SLOW_CLIENT,
        cleanup_interval=CLEANUP,
        channel_request_lookahead=1,
        max_request_header_size=MOST_OF_A_HEADER,
        max_request_body_size=MOST_OF_A_BODY,
        outbuf_high_watermark=UNLIMITED,
        clear_untrusted_proxy_headers=not settings.proxy,
    )
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    port = listener.getsockname()[1]
    sys.stderr.write(f"ALLograph {release.id} on http://{host}:{port}\n")
    sys.stderr.flush()
    try:
        _run(server, channels, asked, application, settings)
    finally:
        server.task_dispatcher.shutdown(timeout=1)
        application.close()


def first_release(sources: Sources, settings: Settings, say: Say) -> Release:
    """Build what has changed; Ctrl-C and SIGTERM end that at once, and what is unfinished goes.

    Until there is something to serve, a signal means what it means to any command.
    """

    def end(number: int, _frame: FrameType | None) -> None:
        for again in (signal.SIGTERM, signal.SIGINT):
            signal.signal(again, signal.SIG_IGN)  # so that nothing unfinished is left
        raise SystemExit(128 + number)

    signal.signal(signal.SIGHUP, lambda _signal, _frame: None)  # it is being built already
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        return ensure_release(sources, settings, say)
    except SystemExit:
        sys.stderr.write("allograph: stopped before the release was built\n")
        raise


def folder_for_answers(release: Release) -> Path:
    """Where large answers wait for slow readers: the home, or the system's, if that is read-only.

    It is tried now, for an answer that finds no place later would only break off.
    """
    folder = release.directory.parent.parent / "tmp"
    for place in (folder, Path(tempfile.gettempdir())):
        try:
            place.mkdir(exist_ok=True)
            tempfile.TemporaryFile(dir=place).close()
        except OSError as error:
            sys.stderr.write(f"allograph: {place} cannot be written: {reason(error)}\n")
        else:
            return place
    raise SettingError(
        "there is no folder for large answers; choose one that can be written: ALLOGRAPH_HOME,"
        " or TMPDIR"
    )


def _run(
    server: Any,
    channels: dict[int, Any],
    asked: Asked,
    application: LiveApplication,
    settings: Settings,
) -> None:
    """Answer until asked to end; then take no connections, and finish what runs for a while."""
    while not asked.to_end:
        wasyncore.loop(timeout=0.5, map=channels, use_poll=True, count=1)
        if asked.to_build:
            asked.to_build = False
            application.rebuild()
        _shed(server, settings.unsent * MIB)
    until = monotonic() + settings.drain
    wasyncore.dispatcher.close(server)
    while monotonic() < until and any(
        channel.requests or channel.total_outbufs_len for channel in server.active_channels.values()
    ):
        wasyncore.loop(timeout=0.1, map=channels, use_poll=True, count=1)


def _shed(server: Any, most: int) -> None:
    """Close the connection that has read least, when all together leave too much unsent."""
    unsent = {reader: _unsent(reader) for reader in list(server.active_channels.values())}
    if sum(unsent.values()) > most:
        max(unsent, key=lambda reader: unsent[reader]).handle_close()


def _unsent(reader: Any) -> int:
    """Bytes that wait for a reader in temporary files; a download waits in its own."""
    return sum(
        len(part) for part in reader.outbufs if not isinstance(part, ReadOnlyFileBasedBuffer)
    )


def _quiet_waitress() -> None:
    """Let waitress say only what is wrong: neither that requests wait, nor that one was stopped."""
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    logging.getLogger("waitress").addFilter(
        lambda record: not (record.exc_info and isinstance(record.exc_info[1], Stopped))
    )


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
