"""What a run took: seconds, and the most memory that the process had."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from time import monotonic

EVERY = 2.0
"""Seconds between two lines of progress."""


def followed(done: Iterator[int], size: int, unit: str) -> int:
    """Do the work to its end, and say on standard error how far it is; gives how much was done."""
    begun = told = monotonic()
    total = 0
    for number in done:
        total += number
        if (now := monotonic()) - told > EVERY:
            told = now
            sys.stderr.write(f"{total:,} of {size:,} {unit}, {now - begun:.0f} s\n")
    sys.stderr.write(
        f"{total:,} {unit} in {monotonic() - begun:.1f} s, peak memory {peak_memory()} MiB\n"
    )
    return total


def peak_memory() -> int:
    """The most MiB of memory that this process had."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most >> (20 if sys.platform == "darwin" else 10)
