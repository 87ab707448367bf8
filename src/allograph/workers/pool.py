"""The workers, and who may use one for how long.

A query that takes longer than a moment is long (see ``length``): it runs at low priority, and only
so many may be long at once, so that there is always a worker for the next quick query. A worker
whose query is stopped, for whatever reason, is killed and replaced: nothing less stops an
evaluation.

A worker's place is a slot (see ``slots``), which goes back first, whatever has become of its
worker. An empty slot is filled by who takes it next, or by the keeper, a thread that also looks for
workers that were killed while they were idle.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import sleep

from allograph.errors import (
    AllographError,
    AnswerTooLarge,
    Busy,
    InternalError,
    MemoryExceeded,
    StoreError,
    WorkerLost,
)
from allograph.workers.frames import Frame, Tag
from allograph.workers.jobs import Job, Setup, unpack_error
from allograph.workers.length import Length
from allograph.workers.patience import SLICE, Patience, Watch
from allograph.workers.process import NurseryProcess, Spawn, WorkerProcess, spawn_nursery
from allograph.workers.slots import Occupancy, Slot, Slots

LOG = logging.getLogger("allograph.workers")

MOMENT = 1.0
"""Seconds after which a query is long."""

SHORT_MOMENT = 0.1
"""The same, while others wait for a worker."""

LARGE = 1 << 20
"""Bytes beyond which an answer is large, and its query long: until then the front has sent nothing,
so that a query that finds no place is refused, and no answer breaks because others are long."""

ABORTED = (-6, -11)
"""SIGABRT, by which an allocation that fails ends a worker, and SIGSEGV, a stack that overflows."""

STATUS_WAIT = 1.0
"""Seconds in which the status of a worker that is gone is waited for."""

ATTEMPTS = 3
"""How often a query tries to get a worker into its slot."""

PAUSE = 0.05
"""Seconds before the second attempt, and as many more before each other one."""

KEEPER_LOOK = 1.0
KEEPER_MOST = 10.0
"""Seconds between two looks of the keeper, as a rule and at most."""


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


class Pool:
    """A fixed number of workers over one store."""

    def __init__(
        self,
        setup: Setup,
        limits: Limits,
        spawn: Spawn = spawn_nursery,
        start_nursery: Callable[[Setup, Spawn], NurseryProcess] = NurseryProcess,
    ) -> None:
        """Start the workers; ``spawn`` starts the process that forks them.

        Raises:
            StoreError: that process cannot be started. A worker that cannot be is started later.

        """
        self._limits = limits
        try:
            self._nursery = start_nursery(setup, spawn)
        except OSError as error:
            raise StoreError(f"no worker can be started: {_reason(error)}") from None
        self._slots = Slots(limits.workers, limits.queue, limits.long_queries)
        self._is_failing = False
        self._is_closed = False
        self._bell: SimpleQueue[None] = SimpleQueue()  # no Event: see slots
        self._fill_empty()
        self._keeper = threading.Thread(target=self._keep, name="keeper of workers", daemon=True)
        self._keeper.start()

    def evaluate(
        self, job: Job, patience: Patience, large: int = LARGE
    ) -> tuple[str, Generator[bytes, None, None]]:
        """Return the name of the answer's format, and the answer in pieces.

        With more bytes than ``large`` its query is long. Whatever ends the pieces early, also
        closing them, kills the worker.

        Raises:
            Busy: no worker was free or could be started in time, or too many queries are long.
            DeadlineExceeded: it took longer than the patience.
            ClientGone: nobody waits for it any more.
            MemoryExceeded, WorkerLost: its worker ended.
            InternalError: its worker made a mistake.
            AllographError: what the worker says is wrong with the query, or with the store.

        """
        pieces = self._pieces(job, patience, large)
        return next(pieces).decode(), pieces

    def occupancy(self) -> Occupancy:
        """How the pool stands now."""
        return self._slots.occupancy()

    def pids(self) -> list[int]:
        """The process ids of the workers."""
        return [worker.pid for worker in self._slots.workers()]

    def close(self, seconds: float = 0) -> None:
        """Take no more queries, let running ones finish for a while, then end all workers."""
        self._is_closed = True
        self._bell.put(None)
        self._slots.close(seconds)
        self._nursery.close()
        for worker in self._slots.remove(lambda _worker: True):
            worker.end()
        self._keeper.join(STATUS_WAIT)

    def _pieces(self, job: Job, patience: Patience, large: int) -> Generator[bytes, None, None]:
        """The name of the format, then the pieces of the answer."""
        slot = self._slots.take(self._limits.wait, patience.is_gone)
        try:
            worker = self._ask(slot, job, patience)
            watch, length = Watch(patience), Length(worker.pid)
            size = 0
            while (frame := self._receive(slot, worker, watch, length)).tag in (
                Tag.BEGIN,
                Tag.DATA,
            ):
                size += len(frame.content)
                if size > large:
                    self._become_long(slot)
                if 0 < self._limits.answer < size:
                    raise AnswerTooLarge(self._limits.answer)
                yield frame.content
            if frame.tag is not Tag.END:
                raise unpack_error(frame.content)
        except WorkerLost as lost:
            raise _explained(lost, slot) from None
        finally:
            self._give_back(slot)

    def _ask(self, slot: Slot, job: Job, patience: Patience) -> WorkerProcess:
        """Give a job to a worker that takes it.

        A slot may be empty, and its worker may have been killed while it was idle.
        """
        watch = Watch(patience)
        for attempt in range(ATTEMPTS):
            if attempt:
                sleep(PAUSE * attempt)
            worker = slot.worker or self._fill(slot, watch)
            try:
                while not worker.is_ready(SLICE):
                    watch.check()
                worker.ask(job, patience.seconds)
            except WorkerLost:
                _empty(slot)
                watch.check()
            else:
                return worker
        raise StoreError("no worker can open the store; the log of the service says why")

    def _fill(self, slot: Slot, watch: Watch) -> WorkerProcess:
        for attempt in range(ATTEMPTS):
            watch.check()
            try:
                return self._start(slot)
            except OSError as error:
                reason = _reason(error)
                sleep(PAUSE * (attempt + 1))
        raise Busy(f"no worker can be started: {reason}", self._limits.wait)

    def _start(self, slot: Slot) -> WorkerProcess:
        """Start a worker for a slot; what goes wrong is said once, until it goes well again."""
        try:
            worker = self._nursery.start_worker()
        except (OSError, StoreError) as error:
            if not self._is_failing and not self._is_closed:
                self._is_failing = True
                LOG.warning("allograph: no worker can be started: %s", _reason(error))
            raise
        if self._is_failing:
            self._is_failing = False
            LOG.warning("allograph: workers can be started again")
        self._slots.fill(slot, worker)
        return worker

    def _receive(self, slot: Slot, worker: WorkerProcess, watch: Watch, length: Length) -> Frame:
        """Wait for the next frame, with an eye on the clock and on the client."""
        while True:
            watch.check()
            moment = SHORT_MOMENT if self._slots.waiting else MOMENT
            if length.is_long(watch.elapsed(), moment):
                self._become_long(slot)
                worker.lower_priority()
            if frame := worker.receive(SLICE):
                return frame

    def _become_long(self, slot: Slot) -> None:
        """Count a query as long, if there is room: a large answer takes its place in time."""
        if not self._slots.become_long(slot):
            raise Busy("too many long queries run already", self._limits.wait)

    def _give_back(self, slot: Slot) -> None:
        """Put a slot back, with its worker if that finished; then end a worker that did not.

        A worker is ended, too, if its priority was lowered, which is for good.
        """
        worker = slot.worker
        if worker and worker.is_free and not self._is_closed:
            self._slots.put_back(slot, is_warm=True)
            return
        slot.worker = None
        self._slots.put_back(slot)
        if worker:
            worker.end()
        self._bell.put(None)

    def _keep(self) -> None:
        """Fill slots as long as the pool is open; the longer it goes wrong, the rarer."""
        pause = KEEPER_LOOK
        while not self._is_closed:
            with suppress(Empty):
                self._bell.get(timeout=pause)
                while not self._bell.empty():
                    self._bell.get_nowait()
            for worker in self._slots.remove(WorkerProcess.is_lost):
                worker.end()
            pause = KEEPER_LOOK if self._fill_empty() else min(2 * pause, KEEPER_MOST)

    def _fill_empty(self) -> bool:
        """Start a worker for each idle slot without one; tell whether that went well."""
        while slot := self._slots.take_empty():
            try:
                self._start(slot)
            except (OSError, StoreError):
                return False
            finally:
                self._slots.put_back(slot)
        return True


def _empty(slot: Slot) -> None:
    """End the worker of a slot."""
    if slot.worker:
        slot.worker.end()
        slot.worker = None


def _explained(lost: WorkerLost, slot: Slot) -> AllographError:
    """Why a worker is gone, as far as the status tells with which it ended."""
    if slot.worker is None:
        return lost
    status = slot.worker.status(STATUS_WAIT)
    if status in ABORTED:
        return MemoryExceeded()
    if status is not None and status > 0:
        return InternalError(slot.worker.pid)
    return lost


def _reason(error: Exception) -> str:
    """What the system says is wrong, without numbers and paths."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
