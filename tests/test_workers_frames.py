"""Frames: no answer ever holds a byte of another, however a worker fails."""

import gc
import socket
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from pyoxigraph import Literal, NamedNode, Triple

from allograph.errors import InternalError, MemoryExceeded, QueryFailed, ServiceFailed, WorkerLost
from allograph.workers.frames import HEAD, MOST, Frame, HungUp, Line, Tag
from allograph.workers.jobs import Job, Setup, pack, unpack_error
from allograph.workers.patience import Patience
from allograph.workers.pool import Limits, Pool
from allograph.workers.process import WorkerProcess
from allograph.workers.worker import AnswerWriter, Worker

pytestmark = pytest.mark.slow

MIB = 1 << 20
CLOSED = "http://127.0.0.1:1/"
FAILS_AT_ITS_END = "SELECT ?s { { ?s ?p ?o } UNION { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } }"
JOB = Job("CONSTRUCT {} {}", ("nt",))


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


def triples(number, error=None):
    for each in range(number):
        yield Triple(NamedNode("x:s"), NamedNode("x:p"), Literal(str(each)))
    if error:
        raise error


class ScriptedStore:
    """A store whose answers are given; one that is an error is raised."""

    def __init__(self, *answers):
        self._answers = list(answers)

    def query(self, _sparql, **_dataset):
        answer = self._answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer


def frames_of(*answers):
    """What a worker over a store with these answers says, one job each, until it ends."""
    ours, theirs = socket.socketpair()
    setup = Setup("/srv/store", {}, memory=0, timeout=1)
    worker = Worker(Line(theirs), setup, ScriptedStore(*answers))

    def serve():
        worker.serve()
        gc.collect()
        theirs.close()

    line = Line(ours)
    for number in range(1, len(answers) + 1):
        line.send(Tag.JOB, number, pack(JOB))
    gc.collect()  # what other tests left is bound to this thread, and must not die in the other
    thread = threading.Thread(target=serve)
    thread.start()
    frames = []
    with pytest.raises(HungUp):
        while frame := line.receive():
            frames.append(frame)
            if frame.tag is Tag.END and frame.job == len(answers):
                ours.shutdown(socket.SHUT_WR)
    thread.join()
    ours.close()
    return frames


def said(frames):
    return [(frame.tag, frame.job) for frame in frames]


def test_each_frame_bears_the_number_of_its_job():
    frames = frames_of(triples(1), triples(20_000))
    assert said(frames)[:5] == [
        (Tag.READY, 0),
        (Tag.BEGIN, 1),
        (Tag.DATA, 1),
        (Tag.END, 1),
        (Tag.BEGIN, 2),
    ]
    assert {frame.job for frame in frames[4:]} == {2}


@pytest.mark.parametrize("number", [1, 30_000])
def test_what_a_failed_answer_left_over_is_never_sent(number):
    """Of a row in a buffer nothing is sent, neither now nor when the buffer is garbage."""
    frames = frames_of(triples(number, RuntimeError("the disk is gone")), triples(1))
    assert said(frames)[-1] == (Tag.BROKEN, 1)
    assert {frame.job for frame in frames[1:]} == {1}


def test_a_worker_whose_answer_failed_in_the_middle_ends():
    assert 2 not in {frame.job for frame in frames_of(triples(1, OSError("gone")), triples(1))}


def test_a_worker_whose_query_failed_before_its_answer_began_goes_on():
    frames = frames_of(QueryFailed("no"), triples(1))
    assert said(frames) == [
        (Tag.READY, 0),
        (Tag.FAILED, 1),
        (Tag.BEGIN, 2),
        (Tag.DATA, 2),
        (Tag.END, 2),
    ]


@pytest.mark.parametrize(
    ("error", "told"),
    [(TypeError("a bug"), InternalError), (KeyError("x"), InternalError), (MemoryError(), None)],
)
def test_a_worker_that_made_a_mistake_says_so_and_ends(error, told, capfd):
    frames = frames_of(error, triples(1))
    assert said(frames) == [(Tag.READY, 0), (Tag.BROKEN, 1)]
    assert isinstance(unpack_error(frames[-1].content), told or MemoryExceeded)
    assert ("Traceback" in capfd.readouterr().err) is (told is InternalError)


def test_a_writer_sends_only_while_it_is_called(ends):
    line, other = map(Line, ends)
    writer = AnswerWriter(line, 7)
    writer.begin("csv")
    writer.write(b"left over")
    writer.flush()
    del writer
    gc.collect()
    assert other.receive(0) == Frame(Tag.BEGIN, 7, b"csv")
    assert other.receive(0) is None


def test_half_a_frame_holds_nobody_up(ends):
    line = Line(ends[0])
    whole = HEAD.pack(3, Tag.DATA.value, 1) + b"abc"
    for byte in whole[:-1]:
        ends[1].send(bytes([byte]))
        assert line.receive(0) is None
    ends[1].send(whole[-1:] + whole)
    assert line.receive(0) == line.receive(0) == Frame(Tag.DATA, 1, b"abc")


@pytest.mark.parametrize(
    "nonsense", [HEAD.pack(1, b"?", 1), HEAD.pack(MOST + 1, Tag.DATA.value, 1)]
)
def test_what_is_no_frame_ends_the_line(ends, nonsense):
    ends[1].send(nonsense)
    with pytest.raises(HungUp):
        Line(ends[0]).receive(0)


def test_a_line_whose_other_end_takes_nothing_is_given_up(ends):
    with pytest.raises(HungUp):
        Line(ends[0]).send(Tag.JOB, 1, b"x" * 10 * MIB, seconds=0.05)


@pytest.fixture
def asked(ends):
    """A worker that was asked its first job, and what stands for its process."""
    worker = WorkerProcess(0, Line(ends[0]), socket.socket())
    process = Line(ends[1])
    process.send(Tag.READY, 0)
    assert worker.is_ready(0)
    worker.ask(JOB, 1)
    process.receive(0)
    yield worker, process
    worker.end()


@pytest.mark.parametrize(
    "frames",
    [
        [(Tag.BEGIN, 2)],
        [(Tag.BEGIN, 0)],
        [(Tag.DATA, 1)],
        [(Tag.END, 1)],
        [(Tag.READY, 0)],
        [(Tag.BEGIN, 1), (Tag.BEGIN, 1)],
        [(Tag.BEGIN, 1), (Tag.DATA, 2)],
        [(Tag.BEGIN, 1), (Tag.FAILED, 1)],
        [(Tag.BEGIN, 1), (Tag.END, 1), (Tag.DATA, 1)],
    ],
    ids=repr,
)
def test_a_worker_that_speaks_out_of_turn_is_lost(asked, frames):
    worker, process = asked
    for tag, job in frames:
        process.send(tag, job)
    with pytest.raises(WorkerLost):
        for _ in frames:
            worker.receive(0)
    assert not worker.is_free


@pytest.mark.parametrize(
    ("tags", "is_free"),
    [
        ([], False),
        ([Tag.BEGIN], False),
        ([Tag.BEGIN, Tag.DATA], False),
        ([Tag.BEGIN, Tag.DATA, Tag.END], True),
        ([Tag.FAILED], True),
        ([Tag.BROKEN], False),
        ([Tag.BEGIN, Tag.BROKEN], False),
    ],
    ids=repr,
)
def test_a_worker_is_asked_again_only_when_its_last_answer_was_whole(asked, tags, is_free):
    worker, process = asked
    for tag in tags:
        process.send(tag, 1)
        worker.receive(0)
    assert worker.is_free is is_free


@pytest.mark.slow
def test_queries_that_fail_in_mid_answer_leave_nothing_to_others(release, namespaces):
    """Eight clients at once, half of whose queries fail; every answer of the others is compared."""
    setup = Setup(str(release.store), dict(namespaces.items()), 256 * MIB, 20, (CLOSED,))
    pool = Pool(setup, Limits(workers=3, long_queries=3, queue=64, wait=20))

    def ask(number):
        sparql = f"{FAILS_AT_ITS_END} # {number}" if number % 2 else f"SELECT ({number} AS ?x) {{}}"
        try:
            _format, pieces = pool.evaluate(Job(sparql, ("csv",)), Patience(20))
            return b"".join(pieces)
        except ServiceFailed as error:
            return CLOSED in str(error)

    with ThreadPoolExecutor(8) as clients:
        answers = list(clients.map(ask, range(80)))
    pool.close()
    assert answers == [number % 2 == 1 or b"x\r\n%d\r\n" % number for number in range(80)]
