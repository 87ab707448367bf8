"""When a query is long: by the clock, and by the processor that its worker used meanwhile.

On a busy machine a quick query waits for its turn like everybody; it is not long for that.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

WORKED = 0.03
"""Seconds of processor that a worker has used since the moment was over, if its query is long."""

WITHOUT_WORK = 3
"""How many moments make a query long that uses no processor: it may wait for another service."""


def seconds_of_work(pid: int) -> float | None:
    """The seconds of processor that a process has used; nothing where the system does not tell."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = stat.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Length:
    """How long one query is so far: the worker of ``pid`` is at it, and at nothing else."""

    def __init__(self, pid: int, work_of: Callable[[int], float | None] = seconds_of_work) -> None:
        self._pid = pid
        self._work_of = work_of
        self._before: float | None = None

    def is_long(self, elapsed: float, moment: float) -> bool:
        """Tell whether it is long after so many seconds, if more than a moment is long."""
        if elapsed <= moment:
            return False
        work = self._work_of(self._pid)
        if work is None or elapsed > WITHOUT_WORK * moment:
            return True
        if self._before is None:
            self._before = work
        return work - self._before >= WORKED
