"""Share out evaluation among clients: each has a bucket of seconds that fills up over a minute.

A query is admitted while there is something in the bucket, and what it took is charged when it
ends, so a bucket may be overdrawn and its client then waits longer. Clients on this machine are
not limited. An IPv6 client is its /64, for whoever has one address there has them all.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from math import floor
from time import monotonic

from flask import Flask, current_app

from allograph.text.addresses import is_here, network_of
from allograph.web.http.problems import Problem

EXTENSION = "allograph.clients"
REMEMBERED = 10_000
MINUTE = 60.0


@dataclass
class Bucket:
    """The seconds that a client has left, and when they were counted."""

    seconds: float
    at: float


class Clients:
    """The buckets of the clients that were last seen; ``rate`` is seconds per minute, 0 no limit.

    A client that has been forgotten starts with a full bucket.
    """

    def __init__(
        self, rate: int, clock: Callable[[], float] = monotonic, remembered: int = REMEMBERED
    ) -> None:
        self.rate = rate
        self._clock = clock
        self._remembered = remembered
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._buckets)

    def admit(self, address: str | None) -> None:
        """Let a client ask, unless its bucket is empty.

        Raises:
            Problem: 429, with the time until the bucket is no longer empty.

        """
        if not (client := self._limited(address)):
            return
        with self._lock:
            missing = -self._bucket(client).seconds
        if missing >= 0:
            seconds = floor(missing * MINUTE / self.rate) + 1
            raise Problem(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"your queries took more than {self.rate} seconds in a minute;"
                f" try again in {seconds} seconds",
                retry_after=seconds,
            )

    def charge(self, address: str | None, seconds: float) -> None:
        """Take from a client's bucket what a query of it took."""
        if client := self._limited(address):
            with self._lock:
                self._bucket(client).seconds -= seconds

    def _limited(self, address: str | None) -> str | None:
        """The name of a client that is limited."""
        if not self.rate or not address:
            return None
        return None if is_here(address) else network_of(address)

    def _bucket(self, client: str) -> Bucket:
        """The bucket of a client, filled up to now."""
        now = self._clock()
        bucket = self._buckets.setdefault(client, Bucket(self.rate, now))
        gained = (now - bucket.at) * self.rate / MINUTE
        bucket.seconds = min(self.rate, bucket.seconds + gained)
        bucket.at = now
        self._buckets.move_to_end(client)
        if len(self._buckets) > self._remembered:
            self._buckets.popitem(last=False)
        return bucket


def limit_clients(app: Flask, rate: int) -> None:
    """Give an application the buckets of its clients."""
    app.extensions[EXTENSION] = Clients(rate)


def current_clients() -> Clients:
    """The buckets of the application that answers this request."""
    clients: Clients = current_app.extensions[EXTENSION]
    return clients
