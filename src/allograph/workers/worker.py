"""A worker: it opens the store, and answers one job after another until it is killed.

It ends by itself when an answer fails after it began, and after a mistake of ours: what such a
worker still holds is nobody's answer.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
import traceback
from typing import IO, TYPE_CHECKING, cast

from allograph.errors import (
    AllographError,
    InternalError,
    MemoryExceeded,
    QuerySyntaxError,
    StoreError,
)
from allograph.namespaces import Namespaces
from allograph.rdf.answers import Answer, Boolean, Solutions
from allograph.rdf.failures import failure_of
from allograph.rdf.formats import FORMAT_OF_JOB, Format, write_answer
from allograph.rdf.sparql import check_query, explain, may_call_a_service
from allograph.rdf.store import Store, is_endpoint, open_store
from allograph.workers.frames import HungUp, Line, Tag
from allograph.workers.jobs import REPORTED, Job, Setup, pack_error, unpack_job
from allograph.workers.limits import limit_memory
from allograph.workers.network import close_network

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

CHUNK = 1 << 16
STACK = 1 << 28
"""Oxigraph's parser recurses; 256 MiB hold some forty thousand levels of nesting."""


class AnswerWriter:
    """The frames of one answer, as a file to write to.

    It sends only while it is called, and is no ``io`` object, because those write what they hold
    when they are garbage: by then the line is another answer's.
    """

    def __init__(self, line: Line, job: int) -> None:
        self._line = line
        self._job = job
        self._held = bytearray()
        self._has_begun = False

    def begin(self, format: str) -> None:
        """Send the first frame."""
        self._has_begun = True
        self._line.send(Tag.BEGIN, self._job, format.encode())

    def write(self, content: ReadableBuffer, /) -> int:
        """Send what fills a frame, and hold the rest."""
        before = len(self._held)
        self._held += content
        written = len(self._held) - before
        while len(self._held) >= CHUNK:
            self._line.send(Tag.DATA, self._job, bytes(self._held[:CHUNK]))
            del self._held[:CHUNK]
        return written

    def flush(self) -> None:
        """Do nothing: ``end`` sends what is held, and a failed answer does not."""

    def end(self) -> None:
        """Send what is held, and the last frame."""
        if self._held:
            self._line.send(Tag.DATA, self._job, bytes(self._held))
        self._line.send(Tag.END, self._job)

    def fail(self, error: AllographError, *, is_last: bool = False) -> bool:
        """Send why there is no more, in place of what is held; tell whether others may follow."""
        is_last = is_last or self._has_begun
        tag = Tag.BROKEN if is_last else Tag.FAILED
        self._line.send(tag, self._job, pack_error(error))
        return not is_last


class Worker:
    """One store, one line to the front, and the jobs that come over it."""

    def __init__(self, line: Line, setup: Setup, store: Store) -> None:
        self._line = line
        self._setup = setup
        self._store = store
        self._namespaces = Namespaces(setup.prefixes)

    def serve(self) -> None:
        """Answer until the front hangs up, or until this worker must not answer any more."""
        try:
            self._line.send(Tag.READY, 0)
            while frame := self._line.receive():
                if not self._answer(frame.job, unpack_job(frame.content)):
                    return
        except HungUp:
            return

    def _answer(self, number: int, job: Job) -> bool:
        """Answer one job; tell whether this worker may have another."""
        writer = AnswerWriter(self._line, number)
        try:
            self._evaluate(job, writer)
        except HungUp:
            raise
        except REPORTED as error:
            return writer.fail(error)
        except (OSError, RuntimeError) as error:
            failure = failure_of(error, job.sparql, self._setup.place)
            return writer.fail(failure)
        except MemoryError:
            return writer.fail(MemoryExceeded(), is_last=True)
        except Exception:  # noqa: BLE001  # a mistake of ours keeps its traceback, and ends here
            traceback.print_exc()
            return writer.fail(InternalError(os.getpid()), is_last=True)
        return True

    def _evaluate(self, job: Job, writer: AnswerWriter) -> None:
        answer = _evaluate(job, self._store, self._setup.services, self._namespaces)
        format = _chosen(job, answer)
        writer.begin(format.name)
        write_answer(answer, format, cast(IO[bytes], writer), self._namespaces)
        writer.end()


def serve(descriptor: int, setup: Setup) -> int:
    """Serve over a socket, in a thread with a stack that deep queries cannot overflow.

    Returns the exit status: not 0 after what no worker should do, such as a panic in Oxigraph.
    """
    os.environ["RUST_BACKTRACE"] = "0"
    threading.stack_size(STACK)
    line = Line(socket.socket(fileno=descriptor))
    try:
        store = open_store(setup.place, setup.timeout)
    except (AllographError, OSError, RuntimeError) as error:
        sys.stderr.write(f"{error}\n")
        return os.EX_UNAVAILABLE
    worker = Worker(line, setup, store)
    ended: list[bool] = []

    def follow() -> None:
        # Here, because the stack of this thread counts as memory, too.
        limit_memory(setup.memory)
        if not is_endpoint(setup.place) and not setup.services:
            close_network(setup.place)
        worker.serve()
        ended.append(True)

    thread = threading.Thread(target=follow)
    thread.start()
    thread.join()
    return os.EX_OK if ended else os.EX_SOFTWARE


def _evaluate(job: Job, store: Store, services: tuple[str, ...], namespaces: Namespaces) -> Answer:
    """Evaluate; the slower check comes first where it matters, else only to explain a mistake."""
    if may_call_a_service(job.sparql):
        check_query(job.sparql, services, namespaces)
    try:
        return store.query(
            job.sparql, default_graphs=job.default_graphs, named_graphs=job.named_graphs
        )
    except QuerySyntaxError as mistake:
        raise explain(mistake, job.sparql, services, namespaces) from None


def _chosen(job: Job, answer: Answer) -> Format:
    """The first format of the job that can hold the answer."""
    are_solutions = isinstance(answer, Solutions | Boolean)
    for name in job.formats:
        if (FORMAT_OF_JOB[name].kind == "solutions") is are_solutions:
            return FORMAT_OF_JOB[name]
    raise StoreError(f"none of {', '.join(job.formats)} can hold the answer")
