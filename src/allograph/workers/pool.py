"""The workers, and who may use one for how long.

A query that takes longer than a moment is long: it runs at low priority, and only so many may be
long at once, so that there is always a worker for the next quick query. A worker whose query is
stopped, for whatever reason, is killed and replaced: nothing less stops an evaluation. Whoever
waits for a worker is served in order.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from time import monotonic

from allograph.errors import (
    AnswerTooLarge,
    Busy,
    ClientGone,
    DeadlineExceeded,
    MemoryExceeded,
    StoreError,
    WorkerLost,
)
from allograph.workers.jobs import Job, Setup, Tag, unpack_error
from allograph.workers.process import NurseryProcess, WorkerProcess

SLICE = 0.05
"""Seconds between two looks at the clock and the client."""

MOMENT = 1.0
"""Seconds after which a query is long."""

SHORT_MOMENT = 0.1
"""The same, while others wait for a worker."""

LARGE = 1 << 20
"""Bytes beyond which an answer is large, and its query long: until then the front has sent nothing,
so that a query that finds no place is refused, and no answer breaks because others are long."""

ABORTED = (-6, -11)
"""SIGABRT, by which an allocation that fails ends a worker, and SIGSEGV, a stack that overflows."""


@dataclass(frozen=True)
class Limits:
    """How many workers and long queries, how many may wait for how many seconds.

    ``answer`` is the most bytes that an answer may have, 0 for any number.
    """

    workers: int
    long_queries: int
    queue: int
    wait: float
    answer: int = 0


@dataclass(frozen=True)
class Occupancy:
    """How the pool stands: workers idle, busy and busy for long, queries waiting, replacements."""

    idle: int
    busy: int
    long: int
    waiting: int
    restarts: int


@dataclass(frozen=True)
class Patience:
    """How long somebody waits for an answer, and whether they are still there."""

    seconds: float
    is_gone: Callable[[], bool] = lambda: False


class Pool:
    """A fixed number of workers over one store."""

    def __init__(self, setup: Setup, limits: Limits) -> None:
        self._limits = limits
        self._nursery = NurseryProcess(setup)
        self._changed = threading.Condition()
        self._idle = [self._nursery.start_worker() for _ in range(limits.workers)]
        self._busy: set[WorkerProcess] = set()
        self._long: set[WorkerProcess] = set()
        self._queue: deque[object] = deque()
        self._restarts = 0
        self._closed = False

    def evaluate(self, job: Job, patience: Patience) -> tuple[str, Generator[bytes, None, None]]:
        """Return the name of the answer's format, and the answer in pieces.

        Whatever ends the pieces early, also closing them, kills the worker.

        Raises:
            Busy: no worker was free in time, or too many queries are long.
            DeadlineExceeded: it took longer than the patience.
            ClientGone: nobody waits for it any more.
            MemoryExceeded, WorkerLost: its worker ended.
            AllographError: what the worker says is wrong with the query.

        """
        frames = self._frames(job, patience)
        return next(frames).decode(), frames

    def occupancy(self) -> Occupancy:
        """How the pool stands now."""
        with self._changed:
            return Occupancy(
                len(self._idle), len(self._busy), len(self._long), len(self._queue), self._restarts
            )

    def pids(self) -> list[int]:
        """The process ids of the workers."""
        with self._changed:
            return [worker.pid for worker in (*self._idle, *self._busy)]

    def close(self, seconds: float = 0) -> None:
        """Take no more queries, let running ones finish for a while, then end all workers."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._busy, seconds)
        self._nursery.close()

    def _frames(self, job: Job, patience: Patience) -> Generator[bytes, None, None]:
        """The name of the format, then the pieces of the answer."""
        worker = self._acquire_ready(patience)
        watch = _Watch(patience)
        healthy = False
        try:
            worker.ask(job)
            size = 0
            while (frame := self._receive(worker, watch))[0] is not Tag.END:
                tag, content = frame
                if tag is Tag.FAILED:
                    healthy = True
                    raise unpack_error(content)
                size += len(content)
                if size > LARGE:
                    self._become_long(worker)
                if 0 < self._limits.answer < size:
                    raise AnswerTooLarge(self._limits.answer)
                yield content
            healthy = True
        except WorkerLost:
            if worker.kill() in ABORTED:
                raise MemoryExceeded from None
            raise
        finally:
            self._release(worker, healthy=healthy)

    def _acquire_ready(self, patience: Patience) -> WorkerProcess:
        """Take a worker that answers: one that somebody killed while it was idle is replaced."""
        for _ in range(self._limits.workers + 1):
            worker = self._acquire(patience)
            try:
                worker.become_ready(patience.seconds)
            except WorkerLost:
                self._release(worker, healthy=False)
            else:
                return worker
        raise StoreError("no worker can open the store")

    def _acquire(self, patience: Patience) -> WorkerProcess:
        until = monotonic() + self._limits.wait
        ticket = object()
        with self._changed:
            if not self._idle and len(self._queue) >= self._limits.queue:
                raise Busy("too many queries wait already", self._limits.wait)
            self._queue.append(ticket)
            try:
                while not self._idle or self._queue[0] is not ticket:
                    if self._closed or (left := until - monotonic()) <= 0:
                        raise Busy("all workers are busy", self._limits.wait)
                    if patience.is_gone():
                        raise ClientGone
                    self._changed.wait(min(left, SLICE))
                worker = self._idle.pop()
                self._busy.add(worker)
                return worker
            finally:
                self._queue.remove(ticket)
                self._changed.notify_all()

    def _receive(self, worker: WorkerProcess, watch: _Watch) -> tuple[Tag, bytes]:
        """Wait for the next frame, with an eye on the clock and on the client."""
        while True:
            watch.check()
            if watch.elapsed() > (SHORT_MOMENT if self._queue else MOMENT):
                self._become_long(worker)
            if worker.poll(SLICE):
                return worker.receive()

    def _become_long(self, worker: WorkerProcess) -> None:
        """Count a query as long, if there is room: a large answer takes its place in time."""
        with self._changed:
            if worker in self._long:
                return
            if len(self._long) >= self._limits.long_queries:
                raise Busy("too many long queries run already", self._limits.wait)
            self._long.add(worker)
        worker.lower_priority()

    def _release(self, worker: WorkerProcess, *, healthy: bool) -> None:
        """Keep a worker that finished, but for one whose priority was lowered for good."""
        kept = healthy and worker not in self._long
        if not kept:
            worker.kill()
        with self._changed:
            self._busy.discard(worker)
            self._long.discard(worker)
            if not self._closed:
                self._idle.append(worker if kept else self._replacement())
                self._replace_lost()
            self._changed.notify_all()

    def _replace_lost(self) -> None:
        """Replace what somebody killed while it was idle."""
        for place, worker in enumerate(self._idle):
            if worker.has_ended():
                worker.kill()
                self._idle[place] = self._replacement()

    def _replacement(self) -> WorkerProcess:
        self._restarts += 1
        return self._nursery.start_worker()


class _Watch:
    """The clock of one query, and its client."""

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._started = self._looked = monotonic()

    def elapsed(self) -> float:
        return monotonic() - self._started

    def check(self) -> None:
        """Raise if there is no more reason to go on."""
        now = monotonic()
        if now - self._started > self._patience.seconds:
            raise DeadlineExceeded(self._patience.seconds)
        if now - self._looked > SLICE:
            self._looked = now
            if self._patience.is_gone():
                raise ClientGone
