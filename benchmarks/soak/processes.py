"""Processes as /proc shows them; one that has ended has no children, no memory and no files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

KIB = 1024


@dataclass(frozen=True)
class Usage:
    """What one or several processes have: bytes of memory, descriptors and threads."""

    rss: int = 0
    pss: int = 0
    descriptors: int = 0
    threads: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.rss + other.rss,
            self.pss + other.pss,
            self.descriptors + other.descriptors,
            self.threads + other.threads,
        )


def usage(pid: int) -> Usage:
    """What a process has now."""
    status = _fields(f"/proc/{pid}/status")
    shared = _fields(f"/proc/{pid}/smaps_rollup")
    try:
        descriptors = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except OSError:
        descriptors = 0
    return Usage(
        status.get("VmRSS", 0) * KIB,
        shared.get("Pss", 0) * KIB,
        descriptors,
        status.get("Threads", 0),
    )


def children(parent: int) -> list[int]:
    """The processes that a process started and that have not ended, oldest first."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal() and (fields := _stat(int(folder.name))):
            state, ppid, started = fields[0], int(fields[1]), int(fields[19])
            if ppid == parent and state != "Z":
                found.append((started, int(folder.name)))
    return [pid for _started, pid in sorted(found)]


def descendants(parent: int) -> list[int]:
    """The children of a process, and theirs."""
    return [pid for child in children(parent) for pid in (child, *descendants(child))]


def command(pid: int) -> str:
    """How it was started."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def processor_time(pid: int) -> int:
    """Ticks of processor time that it has had."""
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12]) if fields else 0


def is_alive(pid: int) -> bool:
    """Tell whether it runs: one that nobody has reaped yet does not."""
    fields = _stat(pid)
    return bool(fields) and fields[0] not in "ZX"


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from the third on, the state: a name may hold anything."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _fields(path: str) -> dict[str, int]:
    """The lines ``Name: number`` of a file."""
    found = {}
    try:
        for line in Path(path).read_text().splitlines():
            name, _colon, value = line.partition(":")
            if (words := value.split()) and words[0].isdecimal():
                found[name] = int(words[0])
    except OSError:
        return {}
    return found
