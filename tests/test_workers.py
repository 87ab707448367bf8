"""The workers: what ends one, that it is replaced, and that the others do not notice."""

import itertools
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from allograph.errors import (
    AnswerTooLarge,
    Busy,
    ClientGone,
    DeadlineExceeded,
    MemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    StoreError,
    WorkerLost,
)
from allograph.workers.jobs import Job, Setup
from allograph.workers.patience import Patience
from allograph.workers.pool import Limits, Occupancy, Pool
from allograph.workers.store import PooledStore

pytestmark = pytest.mark.slow  # it starts pools of processes

MIB = 1 << 20
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g"
LARGE = "SELECT * { ?s ?p ?o . ?a a ?b }"
PATIENT = Patience(20)

on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux limits the memory of a process, and has /proc"
)


@pytest.fixture(scope="module")
def setup(release, namespaces):
    return Setup(str(release.store), dict(namespaces.items()), memory=256 * MIB, timeout=20)


@pytest.fixture(scope="module")
def pool(setup):
    pool = Pool(setup, Limits(workers=3, long_queries=1, queue=2, wait=1))
    yield pool
    pool.close()


def answer(pool, sparql, patience=PATIENT, formats=("csv", "nt")):
    _format, pieces = pool.evaluate(Job(sparql, formats), patience)
    return b"".join(pieces)


def eventually(condition, patience=60.0):
    until = time.monotonic() + patience
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def all_idle(pool):
    return eventually(lambda: pool.occupancy().idle == len(pool.pids()) == 3)


def runs(pid):
    """Tell whether a process runs: a zombie with threads still holds its sockets open."""
    process = Path(f"/proc/{pid}")
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX" or len(list((process / "task").iterdir())) > 1
    except OSError:
        return False


@pytest.fixture(autouse=True)
def the_pool_is_whole_afterwards(pool):
    yield
    assert all_idle(pool)
    assert answer(pool, "ASK {}") == b"true"


def test_an_answer_comes_in_the_first_format_that_fits(pool):
    assert answer(pool, "SELECT (1 AS ?x) {}") == b"x\r\n1\r\n"
    format, pieces = pool.evaluate(Job("CONSTRUCT { <x:a> <x:b> 1 } {}", ("csv", "nt")), PATIENT)
    assert (format, b"".join(pieces)[:13]) == ("nt", b'<x:a> <x:b> "')


def test_a_query_over_its_deadline_is_stopped(pool):
    with pytest.raises(DeadlineExceeded, match=r"longer than 0\.5 seconds"):
        answer(pool, ENDLESS, Patience(0.5))


def test_a_query_whose_reader_is_gone_is_stopped_before_its_deadline(pool):
    looks = itertools.count()
    with pytest.raises(ClientGone):
        answer(pool, ENDLESS, Patience(20, lambda: next(looks) > 2))


@on_linux
def test_a_query_that_needs_too_much_memory_ends_its_worker_alone(pool):
    with pytest.raises(MemoryExceeded):
        answer(pool, HUNGRY)


def test_an_answer_that_is_not_read_to_its_end_stops(pool):
    _format, pieces = pool.evaluate(Job(LARGE, ("csv",)), PATIENT)
    assert next(pieces)
    assert pool.occupancy().busy == 1
    pieces.close()
    assert pool.occupancy().busy == 0


def test_a_worker_that_is_killed_in_mid_query_is_a_worker_lost(pool):
    _format, pieces = pool.evaluate(Job(LARGE, ("csv",)), PATIENT)
    next(pieces)
    (busy,) = pool._slots._busy
    os.kill(busy.worker.pid, signal.SIGKILL)
    with pytest.raises(WorkerLost):
        b"".join(pieces)


def test_a_worker_that_is_killed_while_idle_is_not_noticed(pool):
    answer(pool, "ASK {}")
    pids = pool.pids()
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not any(map(runs, pids)))
    assert [answer(pool, "ASK {}") for _ in range(6)] == [b"true"] * 6


def test_only_so_many_queries_are_long(pool):
    _format, long = pool.evaluate(Job("SELECT * { ?s ?p ?o }", ("csv",)), PATIENT)
    (slot,) = pool._slots._busy
    assert pool._slots.become_long(slot)
    with pytest.raises(Busy, match="long queries"):
        answer(pool, ENDLESS)
    assert answer(pool, "ASK {}") == b"true"
    long.close()


def test_who_finds_no_worker_is_told_how_long_to_wait(pool):
    running = [pool.evaluate(Job(LARGE, ("csv",)), PATIENT)[1] for _ in range(3)]
    looks = []
    waiting = Patience(20, is_gone=lambda: bool(looks.append("still there")))
    with pytest.raises(Busy, match="all workers are busy; try again in 1 second") as busy:
        answer(pool, "ASK {}", waiting)
    assert looks, "it waited before it was sent away"
    assert busy.value.retry_after == 1
    for pieces in running:
        pieces.close()


def test_a_query_that_is_nested_ten_thousand_deep_does_no_harm(pool):
    for opening, closing in (("{", "}"), ("{ OPTIONAL {", "} }")):
        depth = 10_000
        query = f"SELECT * WHERE {{ {opening * depth} {closing * depth} }}"
        try:
            answer(pool, query, Patience(2))
        except (DeadlineExceeded, MemoryExceeded, QuerySyntaxError, WorkerLost):
            continue


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", QueryRefused),
        ("INSERT DATA { <x:a> <x:b> 1 }", QueryRefused),
        ("SELECT * { ?s a ag:Study }", QuerySyntaxError),
        ("SELECT", QuerySyntaxError),
        ("", QuerySyntaxError),
    ],
)
def test_what_is_wrong_with_a_query_is_said_and_its_worker_kept(pool, query, error):
    restarts = pool.occupancy().restarts
    with pytest.raises(error):
        answer(pool, query)
    assert pool.occupancy().restarts == restarts


def test_an_answer_larger_than_the_limit_breaks(setup):
    pool = Pool(setup, Limits(workers=1, long_queries=1, queue=1, wait=1, answer=100_000))
    with pytest.raises(AnswerTooLarge):
        answer(pool, LARGE)
    assert len(answer(pool, "SELECT * { ?s ?p ?o } LIMIT 10")) < 100_000
    pool.close()


def test_a_page_never_holds_an_answer_of_any_size(pool):
    with pytest.raises(AnswerTooLarge):
        PooledStore(pool, PATIENT).query(LARGE)


def test_workers_that_cannot_open_their_store_are_an_error_and_no_endless_wait(setup, tmp_path):
    nowhere = Setup(str(tmp_path), setup.prefixes, setup.memory, setup.timeout)
    pool = Pool(nowhere, Limits(workers=2, long_queries=1, queue=1, wait=1))
    with pytest.raises(StoreError, match="no worker can open the store"):
        answer(pool, "ASK {}")
    pool.close()


@on_linux
def test_closing_leaves_no_process(setup):
    pool = Pool(setup, Limits(workers=2, long_queries=1, queue=1, wait=1))
    answer(pool, "ASK {}")
    pids = pool.pids()
    expected = Occupancy(idle=2, busy=0, long=0, waiting=0, restarts=0)
    assert pool.occupancy() == expected
    pool.close()
    assert eventually(lambda: not any(map(runs, pids)))


def test_what_a_page_reads_whole_is_not_long_for_its_bytes(pool):
    """So that the page of the largest record is made beside long queries."""
    large = "SELECT (CONCAT(?s, 'x') AS ?x) { VALUES ?s { \"" + "y" * (1 << 21) + '" } }'
    _format, long = pool.evaluate(Job("SELECT * { ?s ?p ?o }", ("csv",)), PATIENT)
    (slot,) = pool._slots._busy
    assert pool._slots.become_long(slot)
    with pytest.raises(Busy, match="long queries"):
        answer(pool, large)
    (row,) = PooledStore(pool, PATIENT).query(large)
    assert len(row["x"].value) > 1 << 21
    long.close()
