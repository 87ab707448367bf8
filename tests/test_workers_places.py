"""The pool never loses a place, whatever goes wrong with processes, descriptors and the nursery."""

import errno
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from allograph.errors import Busy, ClientGone, DeadlineExceeded, StoreError, WorkerLost
from allograph.workers.jobs import Job, Setup
from allograph.workers.limits import LONG_NICENESS
from allograph.workers.patience import Patience
from allograph.workers.pool import Limits, Pool
from allograph.workers.process import NurseryProcess, spawn_nursery
from allograph.workers.slots import Slots

pytestmark = pytest.mark.slow  # each has a pool of its own, and waits for processes

MIB = 1 << 20
WORKERS = 3
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
STREAM = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
PATIENT = Patience(20)

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="without /proc nobody sees it")


@pytest.fixture(scope="module")
def setup(release, namespaces):
    return Setup(str(release.store), dict(namespaces.items()), memory=256 * MIB, timeout=20)


class Nurseries:
    """Starts nurseries, or does not; and knows those that it started."""

    def __init__(self):
        self.started = []
        self.failures = []

    def __call__(self, descriptor):
        if self.failures:
            raise self.failures.pop()
        self.started.append(spawn_nursery(descriptor))
        return self.started[-1]

    @property
    def pid(self):
        return self.started[-1].pid


@pytest.fixture
def nurseries():
    return Nurseries()


@pytest.fixture
def pool(setup, nurseries):
    """A pool whose nursery is given up after half a second; in the end it is as good as new."""
    limits = Limits(workers=WORKERS, long_queries=2, queue=8, wait=10)
    pool = Pool(setup, limits, nurseries, partial(NurseryProcess, answering=0.5))
    yield pool
    assert_whole(pool)
    pool.close()


def answer(pool, sparql="ASK {}", patience=PATIENT):
    _format, pieces = pool.evaluate(Job(sparql, ("csv", "nt")), patience)
    return b"".join(pieces)


def eventually(condition, seconds=60.0):
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    return condition()


def assert_whole(pool):
    """All places are there and filled, and each of them answers right."""
    assert eventually(lambda: pool.occupancy().idle == WORKERS), pool.occupancy()
    assert eventually(lambda: len(pool.pids()) == WORKERS)
    with ThreadPoolExecutor(WORKERS) as clients:
        queries = [f"SELECT ({number} AS ?x) {{}}" for number in range(30)]
        answers = list(clients.map(partial(answer, pool), queries))
    assert answers == [b"x\r\n%d\r\n" % number for number in range(30)]
    assert pool.occupancy().busy + pool.occupancy().idle == WORKERS


def stop_all(pool):
    """Let all workers stand still; one that is just being replaced is waited for."""
    assert_whole(pool)
    assert eventually(lambda: pool.occupancy().idle == len(pool.pids()) == WORKERS)
    stopped = set(pool.pids())
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    return stopped


def failures_of_all_places(pool, patience):
    """What goes wrong when all places are taken at once; who has one keeps it to the end."""
    with ThreadPoolExecutor(WORKERS) as clients:
        asked = [
            clients.submit(pool.evaluate, Job(STREAM, ("csv",)), patience) for _ in range(WORKERS)
        ]
        failures = [failure for each in asked if (failure := each.exception())]
    for each in asked:
        if not each.exception():
            each.result()[1].close()
    return failures


@contextmanager
def no_descriptors():
    """Leave this process without any file descriptor, as a crowd of connections does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    held = []
    try:
        with suppress(OSError):
            while True:
                held.append(os.dup(0))
        yield
    finally:
        for descriptor in held:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_query_that_is_stopped_when_there_are_no_descriptors_leaves_its_place(pool, caplog):
    for _ in range(2):
        answers = [pool.evaluate(Job(STREAM, ("csv",)), PATIENT)[1] for _ in range(WORKERS)]
        with no_descriptors():
            for pieces in answers:
                pieces.close()
            assert eventually(lambda: "no worker can be started" in caplog.text)
            with suppress(Busy):  # what the stopped ones let go of is enough for two
                assert answer(pool) == b"true"
            assert pool.occupancy().idle + pool.occupancy().busy == WORKERS
        assert_whole(pool)
        assert "no worker can be started: Too many open files" in caplog.text
        assert "workers can be started again" in caplog.text
        caplog.clear()


REFUSING = """
import errno, os, sys
from pathlib import Path
from allograph.workers.nursery import main

def fork():
    if Path(os.environ["REFUSED"]).exists():
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return os.fork()

main(fork)
"""


def test_a_fork_that_is_refused_is_tried_again(setup, tmp_path, caplog):
    refused = tmp_path / "refused"
    refused.touch()

    def spawn(descriptor):
        command = [sys.executable, "-c", REFUSING, str(descriptor)]
        environ = os.environ | {"REFUSED": str(refused)}
        return subprocess.Popen(command, pass_fds=[descriptor], env=environ)

    limits = Limits(workers=WORKERS, long_queries=2, queue=8, wait=1)
    pool = Pool(setup, limits, spawn)
    assert (pool.occupancy().idle, pool.pids()) == (WORKERS, [])
    for _ in range(2 * WORKERS):
        with pytest.raises(Busy, match="no worker can be started: Resource temporarily"):
            answer(pool)
    refused.unlink()
    assert answer(pool) == b"true"
    assert_whole(pool)
    refused.touch()
    answers = [pool.evaluate(Job(STREAM, ("csv",)), PATIENT)[1] for _ in range(WORKERS)]
    for pieces in answers:
        pieces.close()
    assert eventually(lambda: caplog.text.count("no worker can be started") == 2)
    assert pool.occupancy().idle + pool.occupancy().busy == WORKERS
    refused.unlink()
    assert_whole(pool)
    pool.close()


def test_a_nursery_that_cannot_be_replaced_at_once_is_replaced_later(pool, nurseries):
    nurseries.failures = [OSError(errno.EAGAIN, "no process"), OSError(errno.EMFILE, "no files")]
    os.kill(nurseries.pid, signal.SIGKILL)
    assert eventually(lambda: not nurseries.failures)
    assert_whole(pool)
    assert len(nurseries.started) == 2


def test_a_nursery_that_does_not_start_at_first_is_an_error_of_the_store(setup):
    def no_process(_descriptor):
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    def no_program(descriptor):
        return subprocess.Popen([sys.executable, "-c", ""], pass_fds=[descriptor])

    with pytest.raises(StoreError, match="no worker can be started: Resource temporarily"):
        Pool(setup, Limits(1, 1, 1, 1), no_process)
    with pytest.raises(StoreError, match="the process that starts workers does not start"):
        Pool(setup, Limits(1, 1, 1, 1), no_program)


def test_a_nursery_that_stands_still_is_replaced(pool, nurseries, caplog):
    _format, stopped = pool.evaluate(Job(STREAM, ("csv",)), PATIENT)
    os.kill(nurseries.pid, signal.SIGSTOP)
    stopped.close()
    assert answer(pool) == b"true"
    assert eventually(lambda: len(nurseries.started) == 2)
    assert nurseries.started[0].wait(10) == -signal.SIGKILL
    assert_whole(pool)
    assert "gave no answer for 0.5 seconds; it is replaced" in caplog.text


def test_a_nursery_that_is_killed_takes_no_place_with_it(pool, nurseries, caplog):
    _format, lost = pool.evaluate(Job(STREAM, ("csv",)), PATIENT)
    os.kill(nurseries.pid, signal.SIGKILL)
    with pytest.raises(WorkerLost):
        b"".join(lost)
    assert_whole(pool)
    assert "the process that starts workers ended; it is replaced" in caplog.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_to_all_processes_at_once_are_for_the_front(pool, nurseries, number):
    _format, pieces = pool.evaluate(Job(STREAM, ("csv",)), PATIENT)
    for pid in (nurseries.pid, *pool.pids()):
        os.kill(pid, number)
    assert next(pieces)
    pieces.close()
    assert nurseries.started[0].poll() is None


def test_workers_that_are_killed_while_idle_are_filled_again_though_nobody_asks(pool):
    answer(pool)
    before = set(pool.pids())
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: len(set(pool.pids()) - before) == WORKERS)


def test_workers_that_are_killed_while_they_start_are_replaced(setup):
    limits = Limits(workers=WORKERS, long_queries=2, queue=8, wait=10)
    pool = Pool(setup, limits)
    for pid in pool.pids():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    assert_whole(pool)
    pool.close()


def test_workers_that_stand_still_are_ended_by_the_deadline(pool):
    stopped = stop_all(pool)
    failures = failures_of_all_places(pool, Patience(0.5))
    assert failures and all(isinstance(f, (DeadlineExceeded, WorkerLost)) for f in failures)
    assert stopped.isdisjoint(pool.pids())


def test_a_worker_that_stands_still_takes_no_query_of_any_length(pool):
    """More than a socket holds: the front must not wait for it for ever."""
    stop_all(pool)
    with pytest.raises((DeadlineExceeded, WorkerLost)):
        answer(pool, "ASK {} #" + "x" * 4 * MIB, Patience(0.5))
    for pid in pool.pids():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_a_worker_that_stands_still_in_mid_frame_is_ended_by_the_deadline(pool):
    _format, pieces = pool.evaluate(Job(STREAM, ("csv",)), Patience(2))
    for pid in pool.pids():
        os.kill(pid, signal.SIGSTOP)
    with pytest.raises((DeadlineExceeded, WorkerLost)):
        b"".join(pieces)
    for pid in pool.pids():
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGCONT)


def test_workers_that_are_killed_all_the_time_cost_only_their_own_queries(pool):
    """Whoever is answered is answered right, and in the end nothing is missing."""
    stop = threading.Event()

    def kill():
        while not stop.wait(0.03):
            for pid in pool.pids()[:1]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def ask(number):
        try:
            return answer(pool, f"SELECT ({number} AS ?x) {{}}") == b"x\r\n%d\r\n" % number
        except (Busy, WorkerLost, StoreError):
            return True

    killer = threading.Thread(target=kill)
    killer.start()
    with ThreadPoolExecutor(6) as clients:
        answers = list(clients.map(ask, range(150)))
    stop.set()
    killer.join()
    assert all(answers)


def test_an_answer_that_is_large_and_quick_keeps_its_worker(pool):
    assert_whole(pool)
    restarts = pool.occupancy().restarts
    quick = "SELECT * { ?s ?p ?o . ?s ?q ?r } LIMIT 8000"
    assert len(answer(pool, quick)) > MIB
    assert pool.occupancy().restarts == restarts


@on_linux
def test_a_long_query_is_lowered_with_all_its_threads(pool):
    patience = Patience(20, lambda: any(map(is_low, pool.pids())))
    with pytest.raises(ClientGone):
        answer(pool, ENDLESS, patience)


def is_low(pid):
    """Tell whether all threads of a process have the priority of long queries."""
    try:
        stats = [task.read_text() for task in Path(f"/proc/{pid}/task").glob("*/stat")]
    except OSError:
        return False
    niceness = {int(stat.rpartition(")")[2].split()[16]) for stat in stats}
    return niceness == {LONG_NICENESS}


@on_linux
def test_no_process_and_no_descriptor_is_left_of_a_pool(setup):
    def open_descriptors():
        return len(list(Path("/proc/self/fd").iterdir()))

    Pool(setup, Limits(1, 1, 1, 1)).close()
    before = open_descriptors()
    pool = Pool(setup, Limits(workers=WORKERS, long_queries=2, queue=8, wait=10))
    for _ in range(5):
        pool.evaluate(Job(STREAM, ("csv",)), PATIENT)[1].close()
    assert_whole(pool)
    pids = pool.pids()
    pool.close()
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    assert eventually(lambda: open_descriptors() == before), (before, open_descriptors())
    with pytest.raises(Busy):
        answer(pool)


ORPHAN = """
import os, time
from allograph.workers.limits import die_with

parent = os.getpid()
if os.fork() == 0:
    die_with(parent, "another system")
    print(os.getpid(), flush=True)
    time.sleep(60)
os.read(0, 1)
"""


def test_where_the_kernel_does_not_see_to_it_a_worker_looks_for_its_parent_itself():
    command = [sys.executable, "-c", ORPHAN]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as parent:
        orphan = int(parent.stdout.readline())
        parent.stdin.close()
        parent.wait()
        assert parent.stdout.read() == ""  # which ends when the last process that has it ends
    with pytest.raises(ProcessLookupError):
        assert eventually(lambda: os.kill(orphan, 0))


def test_who_waits_is_served_in_order_and_nobody_else_is_woken():
    slots = Slots(1, 9, 1)
    slot = slots.take(0)
    order, looks = [], []
    started = threading.Semaphore(0)

    def wait(number):
        started.release()
        mine = slots.take(30, lambda: looks.append(number))
        order.append(number)
        slots.put_back(mine)

    threads = []
    for number in range(5):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        started.acquire()
        assert eventually(lambda expected=number + 1: slots.waiting == expected)
    slots.put_back(slot)
    for thread in threads:
        thread.join()
    assert order == list(range(5))
    assert (slots.occupancy().idle, slots.occupancy().busy, slots.waiting) == (1, 0, 0)


def test_a_slot_that_is_handed_to_somebody_who_leaves_goes_to_the_next():
    slots = Slots(1, 9, 1)
    slot = slots.take(0)

    def leaves():
        slots.put_back(slot)
        return True

    with pytest.raises(ClientGone):
        slots.take(30, leaves)
    assert slots.take(0) is slot


def test_a_slot_that_is_handed_over_at_the_last_moment_is_taken():
    slots = Slots(1, 9, 1)
    slot = slots.take(0)

    def returns_it_late():
        slots.put_back(slot)
        return False

    assert slots.take(0.01, returns_it_late) is slot


def test_a_slot_may_be_put_back_while_its_own_thread_looks_at_the_others():
    """As it happens when an answer that nobody closed is collected as garbage."""
    slots = Slots(3, 9, 1)
    first, second = slots.take(0), slots.take(0)
    slots.fill(first, "a worker")
    slots.put_back(first)
    assert slots.remove(lambda _worker: slots.put_back(second) or True) == ["a worker"]
    assert (slots.occupancy().idle, slots.occupancy().busy) == (3, 0)


def test_no_more_than_the_queue_may_wait():
    slots = Slots(1, 0, 1)
    slots.take(0)
    with pytest.raises(Busy, match="try again in 5 seconds"):
        slots.take(5)


def test_only_so_many_slots_are_long_at_once():
    slots = Slots(3, 0, 1)
    first, second = slots.take(0), slots.take(0)
    assert slots.become_long(first)
    assert slots.become_long(first)
    assert not slots.become_long(second)
    slots.put_back(first)
    assert slots.become_long(second)


def test_whoever_waits_when_the_pool_closes_is_told_at_once():
    slots = Slots(1, 9, 1)
    slots.take(0)
    with ThreadPoolExecutor(1) as clients:
        waiting = clients.submit(slots.take, 30)
        assert eventually(lambda: slots.waiting == 1)
        slots.close(0)
        with pytest.raises(Busy):
            waiting.result()
