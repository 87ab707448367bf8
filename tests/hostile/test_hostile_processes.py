"""Processes that are killed, releases that change, and a server that stops, all under load."""

import http.client
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event
from time import sleep

import pytest
from running import PATIENCE, SMALL, descendants, eventually, is_alive, running

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
LOST = (503, 507)
ENOUGH = 1.0
"""Seconds that a query takes at least, so that something can be done meanwhile."""
LONGEST = 6 * PATIENCE
"""Seconds that such a query may take while a release is built beside it."""
PATIENT = {**SMALL, "ALLOGRAPH_TIMEOUT": f"{LONGEST:.0f}", "ALLOGRAPH_DRAIN": f"{LONGEST:.0f}"}


@pytest.fixture
def server(started):
    """A server of one's own, because what is killed here would spoil it for others."""
    with started() as own:
        yield own
        assert own.ask_nothing().status == 200
        assert eventually(own.is_whole), own.workers()


def some_seconds(server):
    """A query with an end, which takes this machine long enough."""
    rows = 100_000
    while True:
        some = f"{{ SELECT * {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {rows} }}"
        answer = server.ask(f"SELECT (COUNT(*) AS ?n) {{ {some} }}")
        assert answer.status == 200
        if answer.seconds > ENOUGH:
            return f"SELECT (COUNT(*) AS ?n) {{ {some} }} # once more"
        rows *= 2


def one_of(workers):
    """The workers, once there is one."""
    return workers if len(workers) == 1 else None


def test_a_worker_that_is_killed_in_mid_query_loses_that_query_only(server):
    with ThreadPoolExecutor(2) as clients:
        lost = clients.submit(server.ask, ENDLESS)
        (working,) = eventually(lambda: one_of(server.busy_workers()))
        kept = clients.submit(server.ask, f"{ENDLESS} # 2", timeout=2)
        assert eventually(lambda: len(server.busy_workers()) == 2)
        os.kill(working, signal.SIGKILL)
        assert lost.result().status in LOST
        assert lost.result().problem["detail"]
        assert kept.result().status == 504


def test_a_worker_that_is_killed_in_mid_stream_breaks_the_answer(server):
    with server.open_query(STREAM) as query, http.client.HTTPResponse(query) as response:
        response.begin()
        for working in eventually(server.busy_workers):
            os.kill(working, signal.SIGKILL)
        with pytest.raises(http.client.IncompleteRead):
            response.read()


def test_workers_that_are_killed_while_idle_are_replaced(server):
    before = server.workers()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not any(map(is_alive, before)))
    answers = [server.ask_nothing() for _ in range(2 * len(before))]
    assert {answer.status for answer in answers} <= {200, *LOST}
    assert answers[-1].status == 200
    assert eventually(server.is_whole)


def test_a_worker_that_stands_still_is_ended_by_the_deadline(server):
    assert eventually(server.is_whole)
    stopped = server.workers()
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    answer = server.ask_nothing(timeout=1)
    assert answer.status in (503, 504)
    for pid in stopped:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_a_nursery_that_is_killed_takes_its_workers_with_it_and_is_replaced(server):
    before = server.workers()
    with server.open_query(ENDLESS):
        assert eventually(server.busy_workers)
        os.kill(server.nursery(), signal.SIGKILL)
        assert eventually(lambda: not any(map(is_alive, before)))
    answers = [server.ask_nothing() for _ in range(2 * len(before))]
    assert {answer.status for answer in answers} <= {200, *LOST}
    assert answers[-1].status == 200


def test_no_process_is_left_over_from_many_that_were_stopped(server):
    before = len(descendants(server.process.pid))
    with ThreadPoolExecutor(4) as clients:
        list(clients.map(lambda n: server.ask(f"{ENDLESS} # {n}", timeout=1), range(8)))
    assert eventually(lambda: len(descendants(server.process.pid)) == before)


@contextmanager
def load(server, clients=4):
    """Ask quick queries all the time; gives the answers so far."""
    answers, stop = [], Event()

    def ask():
        while not stop.is_set():
            answers.append(server.ask_nothing())

    with ThreadPoolExecutor(clients) as pool:
        asking = [pool.submit(ask) for _ in range(clients)]
        try:
            assert eventually(lambda: answers)
            yield answers
        finally:
            stop.set()
            for one in asking:
                one.result()


@pytest.fixture
def own(built, small_release, tmp_path):
    """A server over a checkout and a home of its own, which waits for nothing in the end."""
    copy = tmp_path / "home"
    shutil.copytree(built, copy)
    with running(copy, tmp_path / "log", {**PATIENT, "ALLOGRAPH_DRAIN": "0"}) as server:
        assert server.ask_nothing().headers["Dataset-Release"] == small_release.id
        yield server


def build_elsewhere(home):
    """Build a release as an operator does, elsewhere."""
    command = [sys.executable, "-m", "allograph", "build", "--root", str(home / "checkout")]
    command += ["--home", str(home)]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.parametrize("way", ["SIGHUP", "a new pointer"])
def test_a_new_release_is_served_without_a_failed_request(own, small_release, tmp_path, way):
    workers = own.workers()
    long_one = some_seconds(own)
    record = tmp_path / "home" / "checkout" / "graph" / "study" / "ino-vate.ttl"
    record.write_text(record.read_text().replace("@en", "@en-gb", 1))
    with ThreadPoolExecutor(1) as clients, load(own) as answers:
        if way == "SIGHUP":
            own.process.send_signal(signal.SIGHUP)
        else:
            build_elsewhere(tmp_path / "home")
        kept = clients.submit(own.ask, long_one, wait=LONGEST)
        assert eventually(
            lambda: answers[-1].headers["Dataset-Release"] != small_release.id, LONGEST
        )
        answers.append(kept.result())
    assert {answer.status for answer in answers} == {200}
    assert len({answer.headers["Dataset-Release"] for answer in answers}) == 2
    assert eventually(lambda: not any(map(is_alive, workers)))
    assert eventually(own.is_whole)
    label = 'ASK { ?s ?p ?label FILTER (LANG(?label) = "en-gb") }'
    assert b"true" in own.ask(label).body


def test_a_pointer_that_leads_nowhere_changes_nothing(own, small_release, tmp_path):
    (tmp_path / "home" / "current").write_text("../../../etc\n")
    for _ in range(8):
        answer = own.ask_nothing()
        assert (answer.status, answer.headers["Dataset-Release"]) == (200, small_release.id)
        sleep(0.25)


def test_a_server_that_is_told_to_stop_lets_running_answers_finish(started):
    with started(PATIENT) as server:
        query = some_seconds(server)
        left = [child.pid for child in descendants(server.process.pid)]
        with ThreadPoolExecutor(1) as clients:
            running_query = clients.submit(server.ask, query, wait=LONGEST)
            assert eventually(server.busy_workers)
            server.process.send_signal(signal.SIGTERM)
            answer = running_query.result()
        assert answer.status == 200
        assert b"bindings" in answer.body
        assert server.process.wait(PATIENCE) == 0
        assert eventually(lambda: not any(map(is_alive, left)))


def test_a_server_that_is_told_to_stop_does_not_wait_for_ever(started):
    with started() as server:
        left = [child.pid for child in descendants(server.process.pid)]
        with server.open_query(STREAM), server.open_query(ENDLESS), server.open(b"GET /"):
            assert eventually(server.busy_workers)
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(PATIENCE) == 0
        assert eventually(lambda: not any(map(is_alive, left)))


def test_a_server_that_is_killed_leaves_no_worker_behind(started):
    with started() as server, server.open_query(ENDLESS):
        assert eventually(server.busy_workers)
        left = [child.pid for child in descendants(server.process.pid)]
        server.process.kill()
        assert eventually(lambda: not any(map(is_alive, left)))


def test_readers_that_never_read_fill_no_disk(started, built):
    """What they leave unsent waits in the home, and the greediest is let go."""
    most = 32
    environ = {**PATIENT, "ALLOGRAPH_UNSENT": str(most)}
    with started(environ) as server:
        readers = [server.open_query(f"SELECT * {{ ?a ?b ?c . ?d ?e ?f }} # {n}") for n in range(2)]
        greatest = 0
        for _ in range(25):
            sleep(0.2)
            greatest = max(greatest, held_in_deleted_files(server.process.pid, built))
        assert server.ask_nothing().status == 200
        for reader in readers:
            reader.close()
    assert 0 < greatest < 3 * most << 20


def held_in_deleted_files(pid, home):
    """Bytes of the files of a process that have no name any more, all of them in its home."""
    size = 0
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            target = str(descriptor.readlink())
            if target.endswith(" (deleted)"):
                assert target.startswith(str(home)), target
                size += descriptor.stat().st_size
    return size
