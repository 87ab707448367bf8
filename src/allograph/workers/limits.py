"""What a worker gives up: a life of its own, and then memory without end, files and the network.

Oxigraph follows SERVICE to any address. The check of the query is the first wall; the second is
that no file descriptor is left, so that no socket can be opened.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

LONG_NICENESS = 10
PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """End with the process that forked this one; on Linux the kernel sees to it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def limit_memory(more: int) -> None:
    """Let the process use this many bytes more than it has now; beyond them it is ended.

    Only Linux keeps to RLIMIT_AS; elsewhere the deadline is what bounds a query.
    """
    if sys.platform != "linux":
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    size = pages * os.sysconf("SC_PAGE_SIZE") + more
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def close_network() -> None:
    """Leave no file descriptor, so that neither a file nor a socket can be opened."""
    highest = max(int(path.name) for path in Path("/dev/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, highest + 1))
    with suppress(OSError):
        while True:
            os.dup(0)
