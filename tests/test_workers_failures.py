"""Whose fault a failure is, what the reader hears, and what the log says."""

import os
import shutil
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from allograph.errors import (
    InternalError,
    ParameterError,
    QueryFailed,
    QueryRefused,
    ServiceFailed,
    StoreError,
    Unwritable,
    WorkerLost,
)
from allograph.rdf.failures import failure_of
from allograph.rdf.store import write_store
from allograph.workers.jobs import REPORTED, Job, Setup, pack_error, unpack_error
from allograph.workers.patience import Patience
from allograph.workers.pool import Limits, Pool
from allograph.workers.reports import LONGEST_LINE, MOST, PERIOD, Report

pytestmark = pytest.mark.slow  # it starts pools of processes

MIB = 1 << 20
PLACE = "/srv/releases/1/store"
ANY = "SELECT * { ?s ?p ?o }"
CALLING = "SELECT * { SERVICE <http://example.org/a> { ?s ?p ?o } }"
LIMITS = Limits(workers=1, long_queries=1, queue=4, wait=5)


def evaluate(pool, sparql, formats=("csv", "nt")):
    return b"".join(pool.evaluate(Job(sparql, formats), Patience(20))[1])


@pytest.mark.parametrize(
    ("error", "sparql", "kind"),
    [
        (RuntimeError("The custom function <x:f> is not supported"), ANY, QueryFailed),
        (RuntimeError("The variable encoding the service name is unbound"), CALLING, QueryFailed),
        (OSError("Connection refused (os error 111)"), CALLING, ServiceFailed),
        (RuntimeError("Parser error at line 1 column 1: no"), CALLING, ServiceFailed),
        (OSError("IO error: While open a file for random read: x: no"), CALLING, StoreError),
        (RuntimeError(f"Corruption: bad block in {PLACE}/12.sst"), CALLING, StoreError),
        (OSError(f"{PLACE}/12.sst: Too many open files"), ANY, StoreError),
        (OSError("Too many open files (os error 24)"), ANY, StoreError),
        (RuntimeError("The id is not in the store"), ANY, StoreError),
    ],
    ids=repr,
)
def test_a_failure_is_the_fault_of_the_query_a_service_or_the_store(error, sparql, kind, capsys):
    failure = failure_of(error, sparql, PLACE)
    assert type(failure) is kind
    assert PLACE not in str(failure)
    said = f"the store cannot be read: {error}\n" if kind is StoreError else ""
    assert capsys.readouterr().err == said


def test_a_service_that_fails_is_named():
    failure = failure_of(OSError("refused"), CALLING, PLACE)
    assert str(failure) == "http://example.org/a does not answer: refused"


@pytest.mark.parametrize("kind", REPORTED)
def test_errors_are_the_same_on_both_sides(kind):
    arguments = {ParameterError: ("drug", "is no drug"), Unwritable: ("no", ["text/turtle"])}
    error = kind(*arguments.get(kind, ("no",)))
    same = unpack_error(pack_error(error))
    assert (type(same), str(same)) == (type(error), str(error))


class Broken(BaseHTTPRequestHandler):
    """An endpoint that is there, and fails."""

    def do_POST(self):
        self.send_response(500)
        self.end_headers()

    def log_message(self, *_arguments):
        """Say nothing."""


def test_a_service_that_is_allowed_and_fails_is_no_fault_of_the_query(release):
    with ThreadingHTTPServer(("127.0.0.1", 0), Broken) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/"
        pool = Pool(Setup(str(release.store), {}, 256 * MIB, 20, (url,)), LIMITS)
        with pytest.raises(ServiceFailed, match=f"{url} does not answer: Error 500"):
            evaluate(pool, f"ASK {{ SERVICE <{url}> {{ ?s ?p ?o }} }}")
        with pytest.raises(QueryRefused):
            evaluate(pool, CALLING)
        with pytest.raises(QueryFailed, match="custom function <x:f>"):
            evaluate(pool, "SELECT (<x:f>(1) AS ?x) {}")
        assert evaluate(pool, "ASK {}") == b"true"
        pool.close()
        server.shutdown()
        thread.join()


@pytest.fixture
def damaged(tmp_path):
    """A store whose files end too early; it can be opened, and not be read."""
    folder = tmp_path / "store"
    write_store(
        folder,
        (
            Quad(NamedNode(f"x:s{n}"), NamedNode("x:p"), Literal(f"{n} of many" * 9))
            for n in range(20_000)
        ),
    )
    return folder


def eventually(condition, seconds=60):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def test_a_store_that_cannot_be_read_is_said_without_its_place(damaged, capfd):
    pool = Pool(Setup(str(damaged), {}, 256 * MIB, 20), LIMITS)
    assert evaluate(pool, "ASK {}") == b"true"
    for file in damaged.glob("*.sst"):
        os.truncate(file, min(file.stat().st_size, 1000))
    with pytest.raises(StoreError) as error:
        evaluate(pool, "SELECT * { ?s <x:p> ?o }")
    assert str(error.value) == "the store cannot be read; the log of the service says why"
    said = []
    assert eventually(lambda: said.append(capfd.readouterr().err) or str(damaged) in "".join(said))
    assert "the store cannot be read: " in "".join(said)
    pool.close()


def test_a_store_that_cannot_be_opened_is_said_on_the_log(release, tmp_path, capfd):
    shutil.copytree(release.store, tmp_path / "store")
    pool = Pool(Setup(str(tmp_path / "nowhere"), {}, 256 * MIB, 20), LIMITS)
    with pytest.raises(StoreError, match="no worker can open the store"):
        evaluate(pool, "ASK {}")
    said = []
    assert eventually(
        lambda: said.append(capfd.readouterr().err) or "holds no store" in "".join(said)
    )
    assert "Traceback" not in "".join(said)
    pool.close()


def test_a_mistake_of_ours_keeps_its_traceback_and_is_no_lost_worker(release, capfd):
    pool = Pool(Setup(str(release.store), {}, 256 * MIB, 20), LIMITS)
    (pid,) = pool.pids()
    with pytest.raises(InternalError, match=f"worker {pid}"):
        evaluate(pool, "ASK {}", formats=("a format that nobody wrote",))
    said = []
    assert eventually(lambda: said.append(capfd.readouterr().err) or "KeyError" in "".join(said))
    lines = [line for line in "".join(said).splitlines() if f"worker {pid}" in line]
    assert lines[0] == f"allograph: worker {pid}: Traceback (most recent call last):"
    assert lines[-1] == f"allograph: worker {pid}: KeyError: 'a format that nobody wrote'"
    assert evaluate(pool, "ASK {}") == b"true"
    pool.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
def test_how_a_worker_ended_that_nobody_ended_is_said(release, capfd):
    pool = Pool(Setup(str(release.store), {}, 256 * MIB, 20), LIMITS)
    evaluate(pool, "ASK {}")
    (pid,) = pool.pids()
    _format, pieces = pool.evaluate(Job("SELECT * { ?a ?b ?c . ?d ?e ?f }", ("csv",)), Patience(20))
    os.kill(pid, signal.SIGKILL)
    with pytest.raises(WorkerLost):
        b"".join(pieces)
    said = []
    ended = f"allograph: worker {pid}: ended by SIGKILL\n"
    assert eventually(lambda: said.append(capfd.readouterr().err) or ended in "".join(said))
    pool.close()
    assert capfd.readouterr().err == ""


@pytest.fixture
def report():
    written, now = [], [0.0]
    report = Report(42, written.append, lambda: now[0])
    report.written, report.now = written, now
    return report


def test_a_report_is_of_whole_lines(report):
    report.feed(b"half")
    assert report.written == []
    report.feed(b" a line\nthe rest")
    report.end(0, is_expected=False)
    assert report.written == [
        b"allograph: worker 42: half a line\n",
        b"allograph: worker 42: the rest\n",
    ]


@pytest.mark.parametrize(
    ("status", "way"),
    [(-6, b"by SIGABRT"), (-64, b"by SIGRTMAX"), (-99, b"by signal 99"), (70, b"with status 70")],
)
def test_a_report_ends_with_how_its_worker_ended(report, status, way):
    report.end(status, is_expected=False)
    assert report.written == [b"allograph: worker 42: ended %s\n" % way]


def test_nothing_is_said_of_a_worker_that_was_to_end(report):
    report.end(-9, is_expected=True)
    assert report.written == []


def test_a_worker_that_says_too_much_is_cut_short_for_a_while(report):
    for _ in range(1000):
        report.feed(b"x" * 10_000 + b"\n")
    assert sum(map(len, report.written)) < MOST + 2 * LONGEST_LINE
    assert report.written[-1].endswith(b" (and more)\n")
    report.now[0] += PERIOD + 1
    report.feed(b"later\n")
    assert report.written[-1] == b"allograph: worker 42: later\n"
