"""The figures for Prometheus: what was counted, and how the service stands."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from allograph.web.http.cache import AnswerCache
from allograph.web.http.metrics import resident_memory, write_metrics
from allograph.workers.pool import Occupancy

QUERY = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 2"


def figures(text):
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


@pytest.fixture
def read(client):
    return lambda: figures(client.get("/metrics").text)


@pytest.fixture
def pool():
    occupancy = Occupancy(idle=5, busy=3, long=2, waiting=7, restarts=11)
    return SimpleNamespace(occupancy=lambda: occupancy, pids=lambda: [os.getpid()] * 2)


@pytest.mark.parametrize(
    ("query", "outcome"),
    [(f"{QUERY} # counted", "ok"), ("SELECT {", "syntax"), ("CLEAR ALL", "refused")],
)
def test_queries_are_counted_by_outcome_and_timed(client, read, query, outcome):
    before = read()
    client.get("/sparql", query_string={"query": query})
    after = read()
    for name in (("allograph_queries_total", outcome), ("allograph_query_seconds_count",)):
        assert after[name] == before.get(name, 0) + 1


def test_requests_are_counted_by_endpoint_and_status(client, read):
    before = read()
    client.get("/study/none")
    client.get("/nothing/at/all")
    after = read()
    counted = {
        key: value - before.get(key, 0)
        for key, value in after.items()
        if key[0] == "allograph_requests_total" and key[2] == "404"
    }
    assert sum(counted.values()) == 2


def test_addresses_that_do_not_exist_make_no_new_names(client, read):
    client.get("/nothing/at/all")
    before = set(read())
    for number in range(5):
        client.get(f"/nothing/{number}/at/all")
    assert set(read()) == before


def test_what_the_cache_did_is_counted(client, read):
    before = read()
    for _ in range(3):
        client.get("/sparql", query_string={"query": f"{QUERY} # cached"})
    after = read()
    gained = {
        name: after[(f"allograph_cache_{name}",)] - before[(f"allograph_cache_{name}",)]
        for name in ("hits_total", "misses_total", "answers", "bytes")
    }
    assert gained["hits_total"] == 2
    assert gained["misses_total"] == gained["answers"] == 1
    assert gained["bytes"] > 0


def test_the_pool_is_told_as_it_stands(pool):
    found = figures(write_metrics("1.0-abc", pool, AnswerCache(0)).decode())
    workers = {state: found["allograph_workers", state] for state in ("idle", "busy", "long")}
    assert workers == {"idle": 5, "busy": 1, "long": 2}
    assert found[("allograph_queue_length",)] == 7
    assert found[("allograph_worker_restarts_total",)] == 11
    assert found["allograph_release", "1.0-abc"] == 1


def test_the_memory_of_front_and_workers_is_told(read):
    found = read()
    for process in ("front", "workers"):
        assert 1 << 20 < found["allograph_resident_memory_bytes", process] < 1 << 36


def test_a_process_that_has_ended_has_no_memory():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    assert resident_memory([process.pid]) == 0
    assert resident_memory([os.getpid()]) > 1 << 20


def test_the_figures_are_never_kept_by_a_cache(client):
    answer = client.get("/metrics")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "text/plain"
