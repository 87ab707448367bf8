"""What is broken: one table, each row a function that breaks one thing and mends it again.

A function gives in words what it did and saw. Afterwards the service has to be whole again by
itself: nothing here helps it.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep

from benchmarks.soak.load import LARGE, endless, hungry, sparql
from benchmarks.soak.processes import processor_time, usage
from benchmarks.soak.scene import NotFollowed, Scene, statuses

HELD = 4.0
"""Seconds for which a fault lasts that is no single event."""


@dataclass(frozen=True)
class Fault:
    """One thing that may go wrong; ``swaps`` if it needs a second release."""

    name: str
    says: str
    do: Callable[[Scene], str]
    swaps: bool = False


def worker_idle(scene: Scene) -> str:
    """Kill the worker that has had least time of late, three times."""
    killed = []
    for _ in range(3):
        killed.append(_by_load(scene)[0])
        _kill(killed[-1])
        sleep(0.2)
    return f"killed {killed}"


def worker_busy(scene: Scene) -> str:
    """Kill the worker that works hardest while long queries run."""
    with scene.asking([endless(5)] * 2) as answers:
        sleep(0.5)
        _kill(_by_load(scene)[-1])
    return statuses(answers)


def workers_all(scene: Scene) -> str:
    """Kill all workers at once."""
    workers = scene.service.workers()
    for pid in workers:
        _kill(pid)
    return f"killed {len(workers)}"


def nursery_killed(scene: Scene) -> str:
    """Kill the process that forks workers, and with it all of them."""
    _kill(scene.service.nursery())
    return "killed"


def nursery_stopped(scene: Scene) -> str:
    """Stop that process for a while, with queries at their deadline, so that it is needed."""
    nursery = scene.service.nursery()
    with scene.asking([endless(0.5)] * 2) as answers:
        os.kill(nursery, signal.SIGSTOP)
        try:
            seen = scene.quick_ones(2 * HELD)
        finally:
            with suppress(ProcessLookupError):
                os.kill(nursery, signal.SIGCONT)
    return f"{seen}; deadlines: {statuses(answers)}"


def descriptors_few(scene: Scene) -> str:
    """Leave the front three more descriptors, with many connections and queries to stop."""
    front = scene.service.front
    before = resource.prlimit(front, resource.RLIMIT_NOFILE)
    few = usage(front).descriptors + 3
    with scene.asking([endless(0.5)] * 3) as answers:
        sleep(0.2)  # so that they run when there is nothing left
        resource.prlimit(front, resource.RLIMIT_NOFILE, (few, before[1]))
        try:
            with scene.connected(60) as opened:
                seen = scene.quick_ones(HELD)
        finally:
            resource.prlimit(front, resource.RLIMIT_NOFILE, before)
    return f"{len(opened)} connected; {seen}; deadlines: {statuses(answers)}"


def connections_idle(scene: Scene) -> str:
    """Hold many connections on which nothing is sent."""
    with scene.connected(200) as opened:
        return f"{len(opened)} connected; {scene.quick_ones(HELD)}"


def bodies_half(scene: Scene) -> str:
    """Hold many requests whose bodies do not end, then hang up."""
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 5000\r\n\r\nSELECT"
    )
    with scene.connected(100, head) as opened:
        return f"{len(opened)} sent; {scene.quick_ones(HELD)}"


def garbage(scene: Scene) -> str:
    """Send what is no HTTP, or hardly."""
    noise = scene.random.randbytes(2000)
    requests = (
        noise,
        b"\0" * 100,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + noise[:500],
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /%zz%00 HTTP/1.1\r\nHost: \r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"\r\n" * 1000,
    )
    for content in requests:
        with scene.connected(6, content) as opened:
            for client in opened:
                with suppress(OSError):
                    client.settimeout(0.05)
                    client.recv(100)
    return f"{len(requests)} kinds, 6 times each"


def clients_leave(scene: Scene) -> str:
    """Ask for large answers and hang up at their first bytes."""
    path = sparql("leaving", LARGE, "text/csv").path
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode()
    for _ in range(4):
        with scene.connected(10, request) as opened:
            for client in opened:
                with suppress(OSError):
                    client.settimeout(0.2)
                    client.recv(1000)
    return "40 left"


def readers_stuck(scene: Scene) -> str:
    """Ask for large answers and read nothing of them for a while."""
    path = sparql("stuck", LARGE, "text/csv").path
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n".encode()
    with scene.connected(6, request) as opened:
        return f"{len(opened)} read nothing; {scene.quick_ones(HELD)}"


def queries_endless(scene: Scene) -> str:
    """Ask at once for more endless queries than may be long."""
    with scene.asking([endless(1)] * (2 * scene.service.workers_wanted)) as answers:
        pass
    return statuses(answers)


def queries_hungry(scene: Scene) -> str:
    """Ask at once for queries that need more memory than they may."""
    with scene.asking([hungry()] * scene.service.workers_wanted) as answers:
        pass
    return statuses(answers)


def hangups(scene: Scene) -> str:
    """Send SIGHUP fifty times within milliseconds."""
    for _ in range(50):
        os.kill(scene.service.front, signal.SIGHUP)
        sleep(0.0005)
    sleep(1)
    return "50 sent"


def release_swapped(scene: Scene) -> str:
    """Publish another release, and the first one again."""
    scene.follows(scene.releases.second)
    scene.follows(scene.releases.first)
    return "there and back"


def release_damaged(scene: Scene) -> str:
    """Point to a release whose store cannot be read."""
    with _copied(scene, "dead") as copy:
        for path in (copy / "store").iterdir():
            if path.suffix == ".sst" or path.name.startswith("MANIFEST"):
                path.write_bytes(b"damaged" * 100)
        return _pointed(scene, copy.name.encode())


def release_cut(scene: Scene) -> str:
    """Point to a release whose manifest ends in its middle."""
    with _copied(scene, "cafe") as copy:
        manifest = copy / "manifest.json"
        content = manifest.read_bytes()
        manifest.write_bytes(content[: len(content) // 2])
        return _pointed(scene, copy.name.encode())


def pointer_not_text(scene: Scene) -> str:
    """Write bytes into the pointer that are not UTF-8."""
    return _pointed(scene, b"\xff\xfe\x80")


def pointer_long(scene: Scene) -> str:
    """Write a name into the pointer that no folder can have."""
    return _pointed(scene, b"x" * 300)


FAULTS = (
    Fault("worker-idle", "workers that have nothing to do are killed", worker_idle),
    Fault("worker-busy", "a worker is killed while it evaluates", worker_busy),
    Fault("workers-all", "all workers are killed at once", workers_all),
    Fault("nursery-killed", "the process that forks workers is killed", nursery_killed),
    Fault("nursery-stopped", "that process is stopped (SIGSTOP) for 8 s", nursery_stopped),
    Fault("descriptors-few", "the front may open 3 more descriptors, for 4 s", descriptors_few),
    Fault("connections-idle", "200 connections send nothing for 4 s", connections_idle),
    Fault("bodies-half", "100 bodies are never finished", bodies_half),
    Fault("garbage", "bytes are sent that are no HTTP", garbage),
    Fault("clients-leave", "40 clients hang up in mid-answer", clients_leave),
    Fault("readers-stuck", "6 clients read nothing of large answers for 4 s", readers_stuck),
    Fault("queries-endless", "twice as many endless queries as workers", queries_endless),
    Fault("queries-hungry", "as many queries over memory as workers", queries_hungry),
    Fault("hangups", "50 times SIGHUP within milliseconds", hangups),
    Fault("release-swapped", "another release is published, and back", release_swapped, swaps=True),
    Fault("release-damaged", "a release with a damaged store", release_damaged, swaps=True),
    Fault("release-cut", "a release with a cut manifest", release_cut, swaps=True),
    Fault("pointer-not-text", "a pointer that is not UTF-8", pointer_not_text, swaps=True),
    Fault("pointer-long", "a pointer of 300 characters", pointer_long, swaps=True),
)
FAULT_BY_NAME = {fault.name: fault for fault in FAULTS}


def _by_load(scene: Scene) -> list[int]:
    """The workers by the processor time that they have within a moment, the least first."""
    before = {pid: processor_time(pid) for pid in scene.service.workers()}
    if not before:
        raise ProcessLookupError("there are no workers")
    sleep(0.15)
    return sorted(before, key=lambda pid: processor_time(pid) - before[pid])


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _pointed(scene: Scene, content: bytes) -> str:
    """Let the pointer say this for a while; good releases have to be followed afterwards."""
    new = scene.folders.home / ".current-soak"
    new.write_bytes(content)
    new.replace(scene.folders.pointer)
    sleep(4)  # so that it was looked at, and served by a service that takes it for good
    seen = scene.quick_ones(1)
    scene.folders.pointer.unlink(missing_ok=True)
    try:
        scene.follows(scene.releases.second)
        scene.follows(scene.releases.first)
    except NotFollowed as error:
        raise NotFollowed(f"{seen}, and then a good release: {error}") from None
    return f"{seen}; good releases followed"


@contextmanager
def _copied(scene: Scene, digits: str) -> Iterator[Path]:
    """A copy of the second release under an id of its own, to be broken."""
    second = scene.folders.releases / scene.releases.second
    copy = second.with_name(f"{second.name[:-4]}{digits}")
    shutil.copytree(second, copy)
    manifest = copy / "manifest.json"
    manifest.write_text(manifest.read_text().replace(second.name, copy.name))
    try:
        yield copy
    finally:
        shutil.rmtree(copy, ignore_errors=True)
