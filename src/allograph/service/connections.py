"""Share out connections, so that no client takes them all and none is lost for want of one.

A connection that waits (idle, or with a request that is not whole yet) costs its client nothing, so
it is what gives way: to a new connection of the same client when that has as many as it may, and to
anybody's when all are taken or no descriptor is left. A request that is being answered never does.
"""

from __future__ import annotations

import errno
import resource
import socket
from collections.abc import Callable, Iterable
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher, WSGITask

from allograph.service.framing import StrictParser
from allograph.text.addresses import is_here, network_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

MOST = 1000
"""Connections at once."""
SPARE = 50
"""Connections beyond that are taken for a moment, until one that waits has given way."""
RESERVED = 128
"""Descriptors that are kept for workers and for files of answers, of those that we may have."""
FEWEST = 16
TAKEN_AT_ONCE = 32
SLOW_HEAD, SLOW_BODY = 20.0, 300.0
"""Seconds that the head and the rest of a request may take to come."""
REST = 0.5
"""Seconds without new connections when no descriptor is left."""
WELL = 60.0
"""Seconds without want of descriptors after which it is told again."""
EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})


class NamedTask(WSGITask):
    """A request that knows the address at which it came in."""

    channel: Channel

    def get_environment(self) -> dict[str, Any]:
        """Return the environment, with that address as the name of the server."""
        environ: dict[str, Any] = super().get_environment()
        environ["SERVER_NAME"] = self.channel.local
        return environ


class Channel(HTTPChannel):
    """A connection that knows since when it waits."""

    parser_class = StrictParser
    task_class = NamedTask
    server: Server

    def __init__(self, server: Server, sock: socket.socket, addr: Any, adj: Any, map: Any) -> None:
        self.client = network_of(addr[0])
        self.local = sock.getsockname()[0].removeprefix("::ffff:")
        self.waits_since = self.began = server.clock()
        super().__init__(server, sock, addr, adj, map=map)

    @property
    def is_waiting(self) -> bool:
        """Tell whether nothing is done for it now."""
        return not (self.requests or self.total_outbufs_len or self.is_ending)

    @property
    def is_ending(self) -> bool:
        """Tell whether it is about to be closed."""
        return bool(self.will_close or self.close_when_flushed)

    def is_slow(self, now: float) -> bool:
        """Tell whether its request has not come in the time that it may take."""
        if self.request is None or not self.is_waiting:
            return False
        return now - self.began > (SLOW_BODY if self.request.headers_finished else SLOW_HEAD)

    def received(self, data: bytes) -> bool:
        """Take what came; the first piece of a request begins it."""
        if self.request is None:
            self.began = self.server.clock()
        return bool(super().received(data))

    def service(self) -> None:
        """Answer a request; then it waits."""
        super().service()
        self.waits_since = self.server.clock()


class Server(TcpWSGIServer):
    """A server whose connections are shared out.

    Invariant: only the main thread takes, counts and closes connections, and only it gives a
    waiting one a request. So one that waits while it looks at them still waits when it closes it.
    """

    channel_class = Channel
    active_channels: dict[int, Channel]  # type: ignore[assignment]  # the stubs name one channel
    _map: dict[int, Any]

    def __init__(self, *arguments: Any, most: int, per_client: int, **named: Any) -> None:
        self.clock: Callable[[], float] = monotonic
        self._most = most
        self._per_client = per_client
        self._rests_until = 0.0
        self._exhausted_at = -inf
        super().__init__(*arguments, **named)

    def readable(self) -> bool:
        """Tell whether connections are taken."""
        return self.clock() >= self._rests_until and bool(super().readable())

    def handle_accept(self) -> None:
        """Take the connections that wait to be taken, some at a time."""
        for _ in range(TAKEN_AT_ONCE):
            try:
                accepted = self.accept()
            except OSError as error:
                if error.errno in EXHAUSTED:
                    self._rest()
                return
            if accepted is None:
                return
            self._take(*accepted)

    def _take(self, connection: socket.socket, address: Any) -> None:
        """Take a connection, if its client may have it."""
        try:
            if not self._has_room(network_of(address[0]), is_here(address[0])):
                connection.close()
                return
            self.set_socket_options(connection)
            self.channel_class(self, connection, address, self.adj, self._map)
        except OSError:
            # The client is gone already.
            connection.close()

    def maintenance(self, now: int) -> None:
        """Close connections on which nothing happens, and those whose request does not come."""
        super().maintenance(now)
        for channel in self._open():
            if channel.is_slow(self.clock()):
                channel.will_close = True

    def _open(self) -> list[Channel]:
        return [channel for channel in self.active_channels.values() if not channel.is_ending]

    def _has_room(self, client: str, is_local: bool) -> bool:
        """Make room for a connection; whoever is on this machine is not refused."""
        channels = self._open()
        of_client = [channel for channel in channels if channel.client == client]
        if self._per_client and len(of_client) >= self._per_client:
            return close_oldest(of_client) or is_local
        if len(channels) >= self._most:
            close_oldest(channels)
        return True

    def _rest(self) -> None:
        """Take no connection for a moment, and say so, once until it has been well for a while."""
        now = self.clock()
        was_well = now - self._exhausted_at > WELL
        self._rests_until, self._exhausted_at = now + REST, now
        close_oldest(self._open())
        if was_well:
            self.logger.warning(
                "no descriptor is left, so connections wait; give the service more: ulimit -n"
            )


def close_oldest(channels: Iterable[Channel]) -> bool:
    """Close the connection that has waited longest, soon; tell whether there is one.

    It is closed when the loop comes to it next, not here, where its descriptor could be given to a
    new connection while the loop still has news of the old one.
    """
    waiting = [channel for channel in channels if channel.is_waiting]
    if not waiting:
        return False
    min(waiting, key=lambda channel: channel.waits_since).will_close = True
    return True


def most_connections() -> int:
    """How many connections there may be, by the descriptors that this process may have."""
    soft, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(FEWEST, min(MOST, soft - RESERVED))


def create_server(
    application: WSGIApplication,
    listener: socket.socket,
    channels: dict[int, Any],
    per_client: int,
    **adjustments: Any,
) -> Server:
    """Serve an application on a socket; ``per_client`` is 0 for no limit."""
    most = most_connections()
    adj = Adjustments(connection_limit=most + SPARE, **adjustments)
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(adj.threads)
    return Server(
        application,
        channels,
        True,
        listener,
        dispatcher=dispatcher,
        adj=adj,
        bind_socket=False,
        sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
        most=most,
        per_client=per_client,
    )
