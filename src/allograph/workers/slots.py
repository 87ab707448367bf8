"""The places for workers, and who may have one.

Whoever waits is served in order: a slot that comes free is handed to the first in the queue, and
nobody else is woken.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from time import monotonic

from allograph.errors import Busy, ClientGone
from allograph.workers.process import WorkerProcess

LOOK = 0.2
"""Seconds between two looks whether somebody who waits is still there."""


@dataclass(frozen=True)
class Occupancy:
    """How the pool stands: workers idle, busy and busy for long, queries waiting, replacements.

    Idle and busy together are always the workers of the limits; a place whose worker is still to
    be started counts as if it had one.
    """

    idle: int
    busy: int
    long: int
    waiting: int
    restarts: int


@dataclass(eq=False)
class Slot:
    """A place for a worker. It may be empty, and belongs to who took it until it is put back."""

    worker: WorkerProcess | None = None
    has_had_one: bool = False


@dataclass(eq=False)
class _Ticket:
    """Somebody who waits, the slot that was handed over, and the bell that says so."""

    bell: SimpleQueue[None] = field(default_factory=SimpleQueue)
    slot: Slot | None = None

    def has_rung(self, seconds: float) -> bool:
        """Wait so long for the bell."""
        try:
            self.bell.get(timeout=seconds)
        except Empty:
            return False
        return True


class Slots:
    """A fixed number of slots.

    Invariant, whenever the lock is free: each slot is either idle or busy, so that idle + busy is
    the number of slots; long is a part of busy; and when somebody waits, nothing is idle. A slot
    that is put back without a worker is as good as any: who takes it next fills it. So no failure
    to start a worker can make the pool smaller. Nothing under the lock waits, not even for a
    process to start or to end.

    An answer that nobody closes is closed when it is garbage, in any thread and at any line, also
    in those below. So the lock may be taken again by who has it, and bells are ``SimpleQueue``,
    which, unlike ``Event``, may be rung by a thread that is just waiting for them.
    """

    def __init__(self, number: int, most_waiting: int, most_long: int) -> None:
        self._idle: list[Slot] = [Slot() for _ in range(number)]
        self._busy: set[Slot] = set()
        self._long: set[Slot] = set()
        self._queue: deque[_Ticket] = deque()
        self._restarts = 0
        self._most_waiting = most_waiting
        self._most_long = most_long
        self._lock = threading.RLock()
        self._is_idle = threading.Condition(self._lock)
        self._is_closed = False

    def take(self, seconds: float, is_gone: Callable[[], bool] = lambda: False) -> Slot:
        """Take a slot, with a worker if there is one.

        Raises:
            Busy: none came free in time, or too many wait already.
            ClientGone: whom it is for does not wait any more.

        """
        with self._lock:
            if self._idle and not self._is_closed:
                filled = [slot for slot in self._idle if slot.worker]
                return self._occupy((filled or self._idle)[-1])
            if self._is_closed or not self._most_waiting:
                raise Busy("all workers are busy", seconds)
            if len(self._queue) >= self._most_waiting:
                raise Busy("too many queries wait already", seconds)
            ticket = _Ticket()
            self._queue.append(ticket)
        return self._wait(ticket, seconds, is_gone)

    def take_empty(self) -> Slot | None:
        """Take an idle slot that has no worker, if there is one."""
        with self._lock:
            empty = [slot for slot in self._idle if not slot.worker]
            return self._occupy(empty[0]) if empty and not self._is_closed else None

    def put_back(self, slot: Slot, *, is_warm: bool = False) -> None:
        """Hand a slot to the first in the queue, or let it be idle.

        The last one whose worker just worked (``is_warm``) is taken first.
        """
        with self._lock:
            self._long.discard(slot)
            if self._queue and not self._is_closed:
                ticket = self._queue.popleft()
                ticket.slot = slot
                ticket.bell.put(None)
                return
            self._busy.discard(slot)
            self._idle.insert(len(self._idle) if is_warm else 0, slot)
            self._is_idle.notify_all()

    def become_long(self, slot: Slot) -> bool:
        """Count the query of a slot as long, if there is room; tell whether it is counted."""
        with self._lock:
            if slot not in self._long and len(self._long) >= self._most_long:
                return False
            self._long.add(slot)
            return True

    def fill(self, slot: Slot, worker: WorkerProcess) -> None:
        """Give a taken slot its worker."""
        with self._lock:
            slot.worker = worker
            self._restarts += slot.has_had_one
            slot.has_had_one = True

    def remove(self, is_meant: Callable[[WorkerProcess], bool]) -> list[WorkerProcess]:
        """Empty the idle slots whose workers are meant; the workers are still to be ended."""
        with self._lock:
            slots = [slot for slot in list(self._idle) if slot.worker and is_meant(slot.worker)]
            workers = [slot.worker for slot in slots if slot.worker]
            for slot in slots:
                slot.worker = None
            return workers

    def close(self, seconds: float) -> None:
        """Give no slot any more, and wait so long until none is busy."""
        with self._lock:
            self._is_closed = True
            for ticket in self._queue:
                ticket.bell.put(None)
            self._is_idle.wait_for(lambda: not self._busy, seconds)

    def occupancy(self) -> Occupancy:
        """How they stand now."""
        with self._lock:
            return Occupancy(
                idle=len(self._idle),
                busy=len(self._busy),
                long=len(self._long),
                waiting=len(self._queue),
                restarts=self._restarts,
            )

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._queue)

    def workers(self) -> list[WorkerProcess]:
        """The workers there are."""
        with self._lock:
            slots = (*self._idle, *self._busy)
            return [worker for slot in slots if (worker := slot.worker)]

    def _occupy(self, slot: Slot) -> Slot:
        self._idle.remove(slot)
        self._busy.add(slot)
        return slot

    def _wait(self, ticket: _Ticket, seconds: float, is_gone: Callable[[], bool]) -> Slot:
        until = monotonic() + seconds
        while not ticket.has_rung(max(min(until - monotonic(), LOOK), 0)):
            if is_gone():
                self._withdraw(ticket)
                raise ClientGone
            if monotonic() >= until:
                break
        with self._lock:
            if ticket.slot is None:
                self._queue.remove(ticket)
                raise Busy("all workers are busy", seconds)
            return ticket.slot

    def _withdraw(self, ticket: _Ticket) -> None:
        """Leave the queue, with what may have been handed over in the meantime."""
        with self._lock:
            if ticket.slot is None:
                self._queue.remove(ticket)
                return
        self.put_back(ticket.slot)
