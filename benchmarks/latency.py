"""The latency of a quick query: evaluated here, by a pool, over HTTP, and beside slow queries.

python benchmarks/latency.py [QUERIES]
"""

import http.client
import itertools
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import quote, urlsplit

from allograph.curated.sources import find_sources
from allograph.rdf.store import open_store
from allograph.release import ensure_release
from allograph.service.live import serve_release
from allograph.settings import Settings
from allograph.workers.jobs import Job
from allograph.workers.patience import Patience

QUICK = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
SELECT ?result ?value WHERE {{ ?result a ag:Result ; ag:value ?value }} LIMIT 9 # {}
"""
SLOW = "SELECT (COUNT(*) AS ?n) WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} # {}"
SECONDS = 3
"""The deadline of a slow query, and how long a client waits that was told to come back."""
BUSY = 503
BESIDE = (0, 1, 4, 10)

numbers = itertools.count()


def milliseconds(ask: Callable[[str], object], queries: int) -> tuple[float, float]:
    """The median and the 99th percentile; every query is in other words, so no cache helps."""
    ask(QUICK.format(next(numbers)))
    times = []
    for _ in range(queries):
        query = QUICK.format(next(numbers))
        begin = perf_counter()
        ask(query)
        times.append(1000 * (perf_counter() - begin))
    return median(times), quantiles(times, n=100)[-1]


def ask_over_http(address: str, query: str) -> int:
    """Ask on a connection of its own; gives the status."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    try:
        connection.request("GET", f"/sparql?query={quote(query)}&timeout={SECONDS}")
        response = connection.getresponse()
        response.read()
    finally:
        connection.close()
    return response.status


@contextmanager
def served() -> Iterator[str]:
    """Serve in a process of its own; gives the address."""
    command = [sys.executable, "-m", "allograph", "serve", "--port", "0"]
    with (
        TemporaryDirectory() as folder,
        (Path(folder) / "log").open("w+") as log,
        subprocess.Popen(command, stderr=log) as process,  # the command is ours
    ):
        while not (announced := re.search(r"http://\S+", Path(log.name).read_text())):
            sleep(0.1)
        try:
            yield announced[0]
        finally:
            process.terminate()


@contextmanager
def beside(slow: int, address: str) -> Iterator[None]:
    """Keep some slow queries going: each is asked again when it was stopped."""
    stopped = threading.Event()

    def ask_again() -> None:
        while not stopped.is_set():
            if ask_over_http(address, SLOW.format(next(numbers))) == BUSY:
                stopped.wait(SECONDS)

    threads = [threading.Thread(target=ask_again) for _ in range(slow)]
    for thread in threads:
        thread.start()
    yield
    stopped.set()
    for thread in threads:
        thread.join()


def show(what: str, figures: tuple[float, float], base: float) -> None:
    """Print one line: the median, the 99th percentile, and the median as a multiple."""
    middle, late = figures
    sys.stdout.write(f"{what:38} {middle:8.2f} ms {late:8.2f} ms {middle / base:6.1f} times\n")


def main() -> None:
    """Measure one after another, in one run."""
    queries = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    sources, settings = find_sources(), Settings()
    release = ensure_release(sources, settings)
    store = open_store(release.store, settings.timeout)
    here = milliseconds(lambda query: list(store.query(query)), queries)
    show("in this process", here, here[0])

    pool = serve_release(settings, release).pool

    def ask_pool(query: str) -> bytes:
        _format, pieces = pool.evaluate(Job(query, ("json",)), Patience(settings.timeout))
        return b"".join(pieces)

    show("in a worker of the pool", milliseconds(ask_pool, queries), here[0])
    pool.close()
    with served() as address:
        for slow in BESIDE:
            with beside(slow, address):
                figures = milliseconds(lambda query: ask_over_http(address, query), queries)
            show(f"over HTTP, beside {slow} slow queries", figures, here[0])


if __name__ == "__main__":
    main()
