"""Workers as the front sees them: the nursery that starts and ends them, and each of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import Connection

from allograph.errors import StoreError, WorkerLost
from allograph.workers.jobs import Job, Setup, Tag, pack
from allograph.workers.limits import LONG_NICENESS
from allograph.workers.nursery import END, MESSAGE, READY, START


class NurseryProcess:
    """The nursery, started by exec because the front has threads; a dead one is replaced."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._lock = threading.Lock()
        self._process, self._socket = self._start()

    def start_worker(self) -> WorkerProcess:
        """Start a worker, which is not ready yet."""
        with self._lock:
            ours, theirs = socket.socketpair()
            try:
                pid = self._ask(START, theirs.fileno())
            except OSError:
                self._replace()
                pid = self._ask(START, theirs.fileno())
            finally:
                theirs.close()
        return WorkerProcess(self, pid, Connection(ours.detach()))

    def end_worker(self, pid: int) -> int:
        """Kill a worker, and return the status with which it ended, or had ended already."""
        with self._lock, suppress(OSError):
            return self._ask(END + str(pid).encode())
        return 0

    def close(self) -> None:
        """End the nursery, and with it every worker."""
        self._socket.close()
        self._process.wait()

    def _start(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "allograph.workers.nursery", str(theirs.fileno())]
        process = subprocess.Popen(  # noqa: S603  # the command is ours
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        theirs.close()
        ours.sendall(pack(self._setup))
        if ours.recv(MESSAGE) != READY:
            raise StoreError("the process that starts workers does not start")
        return process, ours

    def _replace(self) -> None:
        self._process.kill()
        self.close()
        self._process, self._socket = self._start()

    def _ask(self, message: bytes, *descriptors: int) -> int:
        socket.send_fds(self._socket, [message], descriptors)
        answer = self._socket.recv(MESSAGE)
        if not answer:
            raise ConnectionResetError("the nursery is gone")
        return int(answer)


class WorkerProcess:
    """One worker and the connection to it; it is ready after its first frame, READY."""

    def __init__(self, nursery: NurseryProcess, pid: int, connection: Connection) -> None:
        self._nursery = nursery
        self._connection = connection
        self.pid = pid
        self._is_ready = False

    def ask(self, job: Job) -> None:
        """Give it a query."""
        try:
            self._connection.send_bytes(pack(job))
        except OSError:
            raise WorkerLost from None

    def become_ready(self, seconds: float) -> None:
        """Wait until it is ready; a ``WorkerLost`` if it is gone, or not ready in time."""
        if not self._is_ready and self.poll(seconds):
            self._is_ready = self.receive()[0] is Tag.READY
        if not self._is_ready or self.poll(0):
            raise WorkerLost

    def has_ended(self) -> bool:
        """Tell whether an idle worker is gone; one that is still starting is not."""
        try:
            self.become_ready(0)
        except WorkerLost:
            return self._is_ready or self.poll(0)
        return False

    def poll(self, seconds: float) -> bool:
        """Wait for a frame; true when there is one, or when the worker is gone."""
        return self._connection.poll(seconds)

    def receive(self) -> tuple[Tag, bytes]:
        """The next frame; a ``WorkerLost`` if it was killed, or needed too much memory."""
        try:
            content = self._connection.recv_bytes()
        except (EOFError, OSError):
            raise WorkerLost from None
        return Tag(content[:1]), content[1:]

    def lower_priority(self) -> None:
        """Let quick queries go first."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.pid, LONG_NICENESS)

    def kill(self) -> int:
        """End it at once; return its exit status, negative for the signal that ended it.

        The signal is sent from here, because a nursery that was replaced knows nothing of it.
        """
        self._connection.close()
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        return self._nursery.end_worker(self.pid)
