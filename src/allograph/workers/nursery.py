"""The process that forks workers and reaps them: ``python -m allograph.workers.nursery SOCKET``.

It has no threads, so it may fork, and it has everything imported, so its children start in
milliseconds. It never waits: neither for a worker to end, nor for somebody to read.

For each worker the front passes two sockets: one for the jobs, which the worker gets, and one that
stays here, over which the front hears the process id, says END (or hangs up) or LONG, and hears the
status in the end. Only the nursery signals a worker, and only one that it has not reaped: until
then its process id is nobody else's. When the front is gone, so are the nursery and its workers.
"""

from __future__ import annotations

import errno
import gc
import os
import select
import signal
import socket
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic, sleep
from typing import NoReturn

from allograph.workers.frames import Line, Tag
from allograph.workers.jobs import Setup, unpack_setup
from allograph.workers.limits import die_with, lower_priority
from allograph.workers.reports import Report, write_if_taken
from allograph.workers.worker import serve

START, END, LONG = b"S", b"E", b"L"
NUMBER = struct.Struct("!q")
"""A process id, or an error number below 0; then the status with which the process ended."""

AT_ONCE = 1 << 16
LAST = 2.0
"""Seconds in which workers that were killed are reaped when the nursery ends."""


class Child:
    """One worker: what the front says of it, and what it says on standard error."""

    def __init__(self, pid: int, control: socket.socket, said: int) -> None:
        self.pid = pid
        self.control = control
        self.said = said
        self.is_to_end = False
        self.report = Report(pid, partial(write_if_taken, sys.stderr.fileno()))

    def tell(self, number: int) -> None:
        """Tell the front, unless it does not care any more."""
        with suppress(OSError):
            self.control.send(NUMBER.pack(number))

    def close(self) -> None:
        """Let go of both ends."""
        self.control.close()
        os.close(self.said)


class Nursery:
    """The workers that were started and not yet reaped, by process id."""

    def __init__(self, front: socket.socket, setup: Setup, fork: Callable[[], int]) -> None:
        self._front = front
        self._setup = setup
        self._fork = fork
        self._children: dict[int, Child] = {}
        self._poll = select.poll()
        self._on_input: dict[int, Callable[[], None]] = {}
        self._is_over = False
        self._bell = _bell_of_children()

    def serve(self) -> None:
        """Do as the front says until it is gone."""
        self._watch(self._front.fileno(), self._start)
        self._watch(self._bell, self._reap)
        while not self._is_over:
            for descriptor, _event in self._poll.poll():
                if act := self._on_input.get(descriptor):
                    act()
        self._end_all()

    def _start(self) -> None:
        message, descriptors, _flags, _address = socket.recv_fds(self._front, 1, 2)
        if not message:
            self._is_over = True
        elif len(descriptors) < 2:  # no room for them here; the front sees its ends closed
            for descriptor in descriptors:
                os.close(descriptor)
        else:
            jobs, control = descriptors[0], socket.socket(fileno=descriptors[1])
            control.setblocking(False)
            try:
                self._bring_up(jobs, control)
            except OSError as error:
                with suppress(OSError):
                    control.send(NUMBER.pack(-(error.errno or errno.EAGAIN)))
                control.close()
            finally:
                os.close(jobs)

    def _bring_up(self, jobs: int, control: socket.socket) -> None:
        said, says = os.pipe()
        try:
            nursery = os.getpid()
            pid = self._fork()
            if pid == 0:
                _be_a_worker(nursery, jobs, says, self._setup)
        except OSError:
            os.close(said)
            raise
        finally:
            os.close(says)
        os.set_blocking(said, False)
        child = Child(pid, control, said)
        self._children[pid] = child
        self._watch(control.fileno(), partial(self._hear, child))
        self._watch(said, partial(self._pass_on, child))
        child.tell(pid)

    def _hear(self, child: Child) -> None:
        """Do what the front says of a worker; who hangs up wants it ended."""
        try:
            orders = child.control.recv(AT_ONCE)
        except BlockingIOError:  # the news was of a descriptor that had this number before
            return
        except OSError:
            orders = b""
        if LONG in orders:
            with suppress(OSError):
                lower_priority(child.pid)
        if END in orders or not orders:
            self._end(child)
        if not orders:
            self._forget(child.control.fileno())

    def _end(self, child: Child) -> None:
        child.is_to_end = True
        os.kill(child.pid, signal.SIGKILL)

    def _pass_on(self, child: Child) -> None:
        with suppress(BlockingIOError):
            if content := os.read(child.said, AT_ONCE):
                child.report.feed(content)
            else:
                self._forget(child.said)

    def _reap(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._bell, AT_ONCE)
        while self._children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            child = self._children.pop(pid)
            self._pass_on(child)
            code = os.waitstatus_to_exitcode(status)
            child.report.end(code, is_expected=child.is_to_end)
            child.tell(code)
            self._forget(child.control.fileno())
            self._forget(child.said)
            child.close()

    def _end_all(self) -> None:
        for child in self._children.values():
            self._end(child)
        until = monotonic() + LAST
        while self._children and monotonic() < until:
            self._reap()
            sleep(0.005)

    def _watch(self, descriptor: int, act: Callable[[], None]) -> None:
        self._on_input[descriptor] = act
        self._poll.register(descriptor, select.POLLIN)

    def _forget(self, descriptor: int) -> None:
        if self._on_input.pop(descriptor, None):
            self._poll.unregister(descriptor)


def _bell_of_children() -> int:
    """A descriptor that can be read when a child has ended."""
    bell, rope = os.pipe()
    os.set_blocking(bell, False)
    os.set_blocking(rope, False)
    signal.set_wakeup_fd(rope, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _signal, _frame: None)
    return bell


def _be_a_worker(nursery: int, jobs: int, says: int, setup: Setup) -> NoReturn:
    """Keep nothing of the nursery, serve, and end: a child never returns."""
    status = os.EX_SOFTWARE
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(says, sys.stderr.fileno())
        # A copy of another worker's line would keep it open when its other ends are closed.
        highest = max(map(int, os.listdir("/dev/fd")))  # noqa: PTH208  # no Path for a number
        os.closerange(sys.stderr.fileno() + 1, jobs)
        os.closerange(jobs + 1, highest + 1)
        os.setpgid(0, 0)
        die_with(nursery)
        status = serve(jobs, setup)
    except Exception:  # noqa: BLE001  # a bug keeps its traceback, and its process ends here
        traceback.print_exc()
    finally:
        os._exit(status)


def main(fork: Callable[[], int] = os.fork) -> None:
    """Serve the front at the other end of the socket.

    The signals that a terminal or a supervisor sends to all processes at once are the front's
    business, which lets running answers finish.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    front = socket.socket(fileno=int(sys.argv[1]))
    line = Line(front)
    if frame := line.receive():
        gc.freeze()
        line.send(Tag.READY, 0)
        Nursery(front, unpack_setup(frame.content), fork).serve()


if __name__ == "__main__":
    main()
