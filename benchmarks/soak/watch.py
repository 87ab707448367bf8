"""Look at the service every second: memory, descriptors, threads, and the places of the pool."""

from __future__ import annotations

import csv
import http.client
import re
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from benchmarks.soak.processes import Usage, children, usage
from benchmarks.soak.service import Service

EVERY = 1.0
MIB = 1 << 20
_STATE = re.compile(r'^allograph_workers\{state="(\w+)"\} (\S+)', re.MULTILINE)


@dataclass(frozen=True)
class Places:
    """The pool as /metrics tells it: workers by state, restarts, queries that wait."""

    by_state: dict[str, int]
    restarts: int
    waiting: int

    @property
    def total(self) -> int:
        """All places; in a pool that lost none, the number of workers that was set."""
        return sum(self.by_state.values())


@dataclass(frozen=True)
class Sample:
    """One look. Memory is in MiB; ``whole`` is the front, the nursery and the workers together."""

    seconds: float
    front: int
    front_rss: float
    front_pss: float
    workers_rss: float
    workers_pss: float
    whole_pss: float
    descriptors: int
    threads: int
    workers: int
    idle: int | None
    busy: int | None
    places: int | None
    waiting: int | None
    restarts: int | None
    requests: int
    fault: str


def places_of(netloc: str, seconds: float = 2) -> Places | None:
    """The places of a pool now; None if the service does not tell in time."""
    if not netloc:
        return None
    connection = http.client.HTTPConnection(netloc, timeout=seconds)
    try:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
    by_state = {state: int(float(number)) for state, number in _STATE.findall(text)}
    if not by_state:
        return None
    restarts = _figure("allograph_worker_restarts_total", text)
    return Places(by_state, restarts, _figure("allograph_queue_length", text))


def _figure(name: str, text: str) -> int:
    """One figure without labels, 0 if it is not told."""
    found = re.search(rf"^{name} (\S+)", text, re.MULTILINE)
    return int(float(found[1])) if found else 0


class Watch:
    """A thread that writes a line of CSV every second."""

    def __init__(
        self,
        service: Service,
        path: Path,
        now: Callable[[], float],
        state: Callable[[], tuple[int, str]],
    ) -> None:
        """``state`` tells how many requests there were, and which fault is at work."""
        self.samples: list[Sample] = []
        self._service = service
        self._now = now
        self._state = state
        self._file = path.open("w", newline="")
        self._writer = csv.DictWriter(self._file, [field.name for field in fields(Sample)])
        self._writer.writeheader()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look once more, and end."""
        self._stopped.set()
        self._thread.join()
        self._file.close()

    def _run(self) -> None:
        while True:
            sample = self._look()
            self.samples.append(sample)
            self._writer.writerow(asdict(sample))
            self._file.flush()
            if self._stopped.wait(EVERY):
                return

    def _look(self) -> Sample:
        front = self._service.front
        workers: list[int] = []
        nursery = Usage()
        with suppress(ProcessLookupError):
            pid = self._service.nursery()
            workers, nursery = children(pid), usage(pid)
        of_front = usage(front)
        of_workers = sum(map(usage, workers), Usage())
        places = places_of(self._service.netloc)
        requests, fault = self._state()
        return Sample(
            seconds=round(self._now(), 2),
            front=front,
            front_rss=round(of_front.rss / MIB, 2),
            front_pss=round(of_front.pss / MIB, 2),
            workers_rss=round(of_workers.rss / MIB, 2),
            workers_pss=round(of_workers.pss / MIB, 2),
            whole_pss=round((of_front.pss + nursery.pss + of_workers.pss) / MIB, 2),
            descriptors=of_front.descriptors,
            threads=of_front.threads,
            workers=len(workers),
            idle=places.by_state.get("idle") if places else None,
            busy=places.total - places.by_state.get("idle", 0) if places else None,
            places=places.total if places else None,
            waiting=places.waiting if places else None,
            restarts=places.restarts if places else None,
            requests=requests,
            fault=fault,
        )
