"""What a worker gives up: a life of its own, memory without end, and its place in the queue."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
import threading
from pathlib import Path
from time import sleep

LONG_NICENESS = 10
PR_SET_PDEATHSIG = 1
LOOK = 1.0
"""Seconds between two looks for the parent, where the kernel does not look itself."""


def die_with(parent: int, platform: str = sys.platform) -> None:
    """End with the process that forked this one; on Linux the kernel sees to it."""
    if platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        _end_without(parent)
    else:
        threading.Thread(target=_look_for, args=(parent,), daemon=True).start()


def _look_for(parent: int) -> None:
    while True:
        _end_without(parent)
        sleep(LOOK)


def _end_without(parent: int) -> None:
    if os.getppid() != parent:
        os._exit(1)


def lower_priority(group: int) -> None:
    """Let quick queries go before a process group, a worker and all its threads.

    On Linux a priority is a thread's: that of the process alone would leave the thread that
    evaluates as it is.
    """
    os.setpriority(os.PRIO_PGRP, group, LONG_NICENESS)


def limit_memory(more: int) -> None:
    """Let the process use this many bytes more than it has now; beyond them it is ended.

    Only Linux keeps to RLIMIT_AS; elsewhere the deadline is what bounds a query.
    """
    if sys.platform != "linux":
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    size = pages * os.sysconf("SC_PAGE_SIZE") + more
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
