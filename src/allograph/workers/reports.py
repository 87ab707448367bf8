"""What a worker says on standard error, passed on: whole lines that name it, and not too many."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from contextlib import suppress
from time import monotonic

PERIOD = 10.0
"""Seconds in which a worker may say ``MOST``."""

MOST = 1 << 13
LONGEST_LINE = 1 << 10


class Report:
    """The lines of one worker. It never holds more than one line."""

    def __init__(
        self, pid: int, write: Callable[[bytes], None], clock: Callable[[], float] = monotonic
    ) -> None:
        self._pid = pid
        self._write = write
        self._clock = clock
        self._held = b""
        self._since = clock()
        self._left = MOST

    def feed(self, content: bytes) -> None:
        """Take what the worker said."""
        *lines, self._held = (self._held + content).split(b"\n")
        for line in lines:
            self.say(line)
        self._held = self._held[:LONGEST_LINE]

    def end(self, status: int, *, is_expected: bool) -> None:
        """Pass on what is left, and how the worker ended if nobody asked it to."""
        if self._held:
            self.say(self._held)
        if status and not is_expected:
            self._left = max(self._left, LONGEST_LINE)
            self.say(f"ended {_way(status)}".encode())

    def say(self, line: bytes) -> None:
        """Write one line, unless there were too many."""
        if self._clock() - self._since > PERIOD:
            self._since, self._left = self._clock(), MOST
        if self._left <= 0:
            return
        self._left -= len(line) + 1
        more = b"" if self._left > 0 else b" (and more)"
        self._write(b"allograph: worker %d: %s%s\n" % (self._pid, line[:LONGEST_LINE], more))


def write_if_taken(descriptor: int, content: bytes) -> None:
    """Write, but for a log that nobody reads: who writes must not wait for it."""
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    with suppress(OSError):
        if poll.poll(0):
            os.write(descriptor, content)


def _way(status: int) -> str:
    if status > 0:
        return f"with status {status}"
    with suppress(ValueError):
        return f"by {signal.Signals(-status).name}"
    return f"by signal {-status}"
