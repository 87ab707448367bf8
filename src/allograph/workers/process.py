"""Workers as the front sees them: the nursery that starts and ends them, and each of them.

Nothing here waits without a bound, and nothing here sends a signal to a worker: only the nursery
knows which process ids are still its children's.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import NamedTuple

from allograph.errors import StoreError, WorkerLost
from allograph.workers.frames import Frame, HungUp, Line, Tag
from allograph.workers.jobs import Job, Setup, pack
from allograph.workers.nursery import END, LONG, NUMBER, START

LOG = logging.getLogger("allograph.workers")

STARTING = 60.0
"""Seconds in which a nursery has everything imported, also on a machine that is busy."""

ANSWERING = 5.0
"""Seconds in which a nursery forks."""

ENDING = 3.0
"""Seconds in which a nursery ends with all its workers."""

NOTHING: frozenset[Tag] = frozenset()
FIRST = frozenset({Tag.BEGIN, Tag.FAILED, Tag.BROKEN})
FURTHER = frozenset({Tag.DATA, Tag.END, Tag.BROKEN})
NEXT = {
    Tag.READY: NOTHING,
    Tag.BEGIN: FURTHER,
    Tag.DATA: FURTHER,
    Tag.END: NOTHING,
    Tag.FAILED: NOTHING,
    Tag.BROKEN: FURTHER,  # which never come, so that this worker is never free again
}
"""The frames that may follow each frame."""

Spawn = Callable[[int], "subprocess.Popen[bytes]"]
"""Starts a nursery, which inherits the socket with this descriptor."""


def spawn_nursery(descriptor: int) -> subprocess.Popen[bytes]:
    """Start a nursery by exec, because the front has threads."""
    command = [sys.executable, "-m", "allograph.workers.nursery", str(descriptor)]
    return subprocess.Popen(  # noqa: S603  # the command is ours
        command, pass_fds=[descriptor], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )


class _Nursery(NamedTuple):
    """One nursery, and our end of its socket."""

    process: subprocess.Popen[bytes]
    socket: socket.socket


class NurseryProcess:
    """The nursery; one that is dead, or stands still, is replaced when it is next needed.

    The lock is held while a nursery starts or is replaced, never while it works. Who needs a
    nursery then waits for the lock as long as for a nursery that works, and no longer.
    """

    def __init__(
        self, setup: Setup, spawn: Spawn = spawn_nursery, answering: float = ANSWERING
    ) -> None:
        """Start it. Raises ``OSError`` or ``StoreError`` if it cannot be started."""
        self._setup = setup
        self._spawn = spawn
        self._answering = answering
        self._lock = threading.Lock()
        self._is_closed = False
        self._nursery: _Nursery | None = self._begin()

    def start_worker(self) -> WorkerProcess:
        """Start a worker, which is not ready yet.

        Raises:
            OSError: it cannot be started now; ``TimeoutError`` if the nursery stands still.
            StoreError: no nursery can be started.

        """
        nursery = self._living()
        with ExitStack() as ours, ExitStack() as theirs:
            jobs, their_jobs = socket.socketpair()
            ours.callback(jobs.close)
            theirs.callback(their_jobs.close)
            control, their_control = socket.socketpair()
            ours.callback(control.close)
            theirs.callback(their_control.close)
            passed = [their_jobs.fileno(), their_control.fileno()]
            try:
                socket.send_fds(nursery.socket, [START], passed)
                theirs.close()
                control.settimeout(self._answering)
                pid = _number(control)
            except TimeoutError:
                self._give_up(nursery, f"gave no answer for {self._answering:g} seconds")
                raise
            except BrokenPipeError:
                self._give_up(nursery, "is gone")
                raise
            if pid is None:
                raise OSError(errno.EAGAIN, "the process that starts workers could not")
            if pid < 0:
                raise OSError(-pid, os.strerror(-pid))
            ours.pop_all()
        return WorkerProcess(pid, Line(jobs), control)

    def close(self) -> None:
        """End the nursery, and with it every worker."""
        self._is_closed = True
        if nursery := self._nursery:
            _end(nursery)

    def _living(self) -> _Nursery:
        if not self._lock.acquire(timeout=self._answering):
            raise TimeoutError(errno.ETIMEDOUT, "the process that starts workers is starting")
        try:
            if self._is_closed:
                raise StoreError("the workers have ended")
            if self._nursery and self._nursery.process.poll() is not None:
                LOG.warning("allograph: the process that starts workers ended; it is replaced")
                self._nursery.socket.close()
                self._nursery = None
            nursery = self._nursery = self._nursery or self._begin()
            if self._is_closed:  # in the meantime, and so it was not ended
                _end(nursery)
            return nursery
        finally:
            self._lock.release()

    def _give_up(self, nursery: _Nursery, why: str) -> None:
        """Kill a nursery that does not do its work, unless somebody else did already."""
        with self._lock:
            if self._nursery is not nursery:
                return
            LOG.warning("allograph: the process that starts workers %s; it is replaced", why)
            self._nursery = None
            nursery.process.kill()
            _end(nursery)

    def _begin(self) -> _Nursery:
        ours, theirs = socket.socketpair()
        with ExitStack() as undo:
            undo.callback(ours.close)
            with theirs:
                process = self._spawn(theirs.fileno())
            undo.callback(process.wait)
            undo.callback(process.kill)
            line = Line(ours)
            try:
                line.send(Tag.JOB, 0, pack(self._setup), STARTING)
                frame = line.receive(STARTING)
            except HungUp:
                frame = None
            if frame is None or frame.tag is not Tag.READY:
                raise StoreError("the process that starts workers does not start")
            ours.settimeout(self._answering)
            undo.pop_all()
        return _Nursery(process, ours)


class WorkerProcess:
    """One worker, its line, and the socket over which the nursery is told of it.

    Invariant: ``_expected`` are the tags of the frames that may come next; any other, and any frame
    of another job, is a worker that must not be asked again. There are none between two jobs.
    """

    def __init__(self, pid: int, line: Line, control: socket.socket) -> None:
        self.pid = pid
        self._line = line
        self._control = control
        self._job = 0
        self._expected: frozenset[Tag] = frozenset({Tag.READY})
        self._has_low_priority = False
        self._is_lost = False

    @property
    def is_free(self) -> bool:
        """Whether it may have another query: it is ready, its last one is over, and it is quick."""
        return not self._expected and not self._is_lost and not self._has_low_priority

    def is_ready(self, seconds: float) -> bool:
        """Wait until it is ready for its first job. Raises ``WorkerLost`` if it is gone."""
        self.receive(seconds if self._expected else 0)
        return not self._expected

    def is_lost(self) -> bool:
        """Tell whether an idle worker is gone; one that is still starting is not."""
        try:
            self.is_ready(0)
        except WorkerLost:
            return True
        return False

    def ask(self, job: Job, seconds: float) -> None:
        """Give it a query. Raises ``WorkerLost``, also when it does not take it in time."""
        self._job += 1
        self._expected = FIRST
        try:
            self._line.send(Tag.JOB, self._job, pack(job), seconds)
        except HungUp:
            raise self._lost() from None

    def receive(self, seconds: float) -> Frame | None:
        """The next frame, or nothing if it is not whole in time. Raises ``WorkerLost``."""
        try:
            frame = self._line.receive(seconds)
        except HungUp:
            raise self._lost() from None
        if frame is None:
            return None
        if frame.job != self._job or frame.tag not in self._expected:
            LOG.error("allograph: worker %d spoke out of turn; it is ended", self.pid)
            raise self._lost()
        self._expected = NEXT[frame.tag]
        return frame

    def lower_priority(self) -> None:
        """Let quick queries go first, for good; done twice, it is done once."""
        if not self._has_low_priority:
            self._has_low_priority = True
            with suppress(OSError):
                self._control.send(LONG)

    def status(self, seconds: float) -> int | None:
        """The status with which it ended, negative for a signal; nothing if it is not known yet."""
        with suppress(OSError):
            self._control.settimeout(seconds)
            return _number(self._control)
        return None

    def end(self) -> None:
        """Let the nursery kill it, and do not wait until it has. It may be done twice."""
        with suppress(OSError):
            self._control.send(END)
        self._control.close()
        self._line.close()

    def _lost(self) -> WorkerLost:
        self._is_lost = True
        return WorkerLost()


def _number(control: socket.socket) -> int | None:
    """What the nursery says, or nothing if it hangs up. Raises ``TimeoutError``."""
    said = control.recv(NUMBER.size)
    return NUMBER.unpack(said)[0] if len(said) == NUMBER.size else None


def _end(nursery: _Nursery) -> None:
    """Hang up; one that does not end by itself is killed, and left to the kernel."""
    nursery.socket.close()
    with suppress(subprocess.TimeoutExpired):
        try:
            nursery.process.wait(ENDING)
        except subprocess.TimeoutExpired:
            nursery.process.kill()
            nursery.process.wait(ENDING)
