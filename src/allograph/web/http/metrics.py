"""Count requests and queries, and look at workers, memory and cache, for Prometheus.

What happens is counted as it happens, in a registry of our own; how things stand is read when
somebody asks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from flask import Response, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from allograph.web.http.cache import AnswerCache
from allograph.workers.pool import Pool

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "allograph_requests", "Requests answered.", ("endpoint", "status"), registry=REGISTRY
)
QUERIES = Counter(
    "allograph_queries", "Queries by how they ended.", ("outcome",), registry=REGISTRY
)
QUERY_SECONDS = Histogram(
    "allograph_query_seconds",
    "Seconds from the request of a query to the end of its answer.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300),
    registry=REGISTRY,
)


def count_request(response: Response) -> Response:
    """Count an answer by the endpoint that gave it and its status."""
    REQUESTS.labels(request.endpoint or "none", response.status_code).inc()
    return response


def write_metrics(release: str, pool: Pool, cache: AnswerCache) -> bytes:
    """Write all figures in the text format of Prometheus."""
    return generate_latest(_Figures(release, pool, cache))


class _Figures(Collector):
    """What was counted, and how the service stands."""

    def __init__(self, release: str, pool: Pool, cache: AnswerCache) -> None:
        self._release = release
        self._pool = pool
        self._cache = cache

    def collect(self) -> Iterator[Metric]:
        yield from REGISTRY.collect()
        yield gauge("allograph_release", "The release that is served.", id=self._release)
        yield from self._workers()
        yield from self._memory()
        yield from self._answers()

    def _workers(self) -> Iterator[Metric]:
        pool = self._pool.occupancy()
        workers = GaugeMetricFamily("allograph_workers", "Workers by state.", labels=("state",))
        # Those that are busy for long are among the busy ones.
        for state, number in (
            ("idle", pool.idle),
            ("busy", pool.busy - pool.long),
            ("long", pool.long),
        ):
            workers.add_metric((state,), number)
        yield workers
        yield gauge("allograph_queue_length", "Queries that wait for a worker.", pool.waiting)
        yield CounterMetricFamily(
            "allograph_worker_restarts", "Workers that were replaced.", pool.restarts
        )

    def _memory(self) -> Iterator[Metric]:
        memory = GaugeMetricFamily(
            "allograph_resident_memory_bytes", "Resident memory.", labels=("process",)
        )
        memory.add_metric(("front",), resident_memory([os.getpid()]))
        memory.add_metric(("workers",), resident_memory(self._pool.pids()))
        yield memory

    def _answers(self) -> Iterator[Metric]:
        cache = self._cache
        yield CounterMetricFamily("allograph_cache_hits", "Answers taken from memory.", cache.hits)
        yield CounterMetricFamily("allograph_cache_misses", "Answers not found.", cache.misses)
        yield gauge("allograph_cache_bytes", "Bytes of the answers kept.", cache.size)
        yield gauge("allograph_cache_answers", "Answers kept.", len(cache))


def gauge(name: str, help: str, value: float = 1, **labels: str) -> Metric:
    """A figure that goes up and down."""
    family = GaugeMetricFamily(name, help, labels=tuple(labels))
    family.add_metric(tuple(labels.values()), value)
    return family


def resident_memory(pids: Iterable[int]) -> int:
    """The bytes of memory that processes have now; one that has ended has none."""
    return sum(_pages(pid) for pid in pids) * os.sysconf("SC_PAGE_SIZE")


def _pages(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
