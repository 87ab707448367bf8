"""The process that forks workers and reaps them: ``python -m allograph.workers.nursery SOCKET``.

It has no threads, so it may fork, and it has everything imported, so its children start in
milliseconds. The front asks it to start a worker on a socket that it passes along, or to end one.
When the front is gone, so are the nursery and all its workers.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys

from allograph.workers.jobs import Setup, unpack_setup
from allograph.workers.limits import die_with
from allograph.workers.worker import run

START, END, READY = b"S", b"E", b"0"
MESSAGE = 1 << 16


class Nursery:
    """The workers that were started and not yet ended, by process id."""

    def __init__(self, front: socket.socket, setup: Setup) -> None:
        self._front = front
        self._setup = setup
        self._children: set[int] = set()

    def serve(self) -> None:
        """Do as the front says until it is gone."""
        while True:
            message, descriptors, _flags, _address = socket.recv_fds(self._front, MESSAGE, 1)
            match message[:1]:
                case b"":
                    break
                case b"S":
                    answer = self._start(descriptors[0])
                case _:
                    answer = self._end(int(message[1:]))
            self._front.sendall(str(answer).encode())
        for child in list(self._children):
            self._end(child)

    def _start(self, descriptor: int) -> int:
        nursery = os.getpid()
        child = os.fork()
        if child == 0:
            self._front.close()
            try:
                die_with(nursery)
                run(descriptor, self._setup)
            finally:
                os._exit(1)
        os.close(descriptor)
        self._children.add(child)
        return child

    def _end(self, child: int) -> int:
        """Kill a worker, wait until it is gone, and say with which status it ended."""
        if child not in self._children:
            return 0
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        self._children.discard(child)
        return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Serve the front at the other end of the socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    front = socket.socket(fileno=int(sys.argv[1]))
    setup = unpack_setup(front.recv(MESSAGE))
    gc.freeze()
    front.sendall(READY)
    Nursery(front, setup).serve()


if __name__ == "__main__":
    main()
