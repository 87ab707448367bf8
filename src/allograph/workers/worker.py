"""A worker: it opens the store, and answers one job after another until it is killed."""

from __future__ import annotations

import io
import os
import threading
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from allograph.answers import Answer, Boolean, Solutions
from allograph.errors import AllographError, QueryFailed, QuerySyntaxError, StoreError
from allograph.formats import FORMAT_BY_NAME, Format, write_answer
from allograph.namespaces import Namespaces
from allograph.sparql import check_query, explain, graphs_named_twice, may_call_a_service
from allograph.store import Store, is_endpoint, open_store
from allograph.workers.jobs import Job, Setup, Tag, pack_error, unpack_job
from allograph.workers.limits import close_network, limit_memory

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

CHUNK = 1 << 16
STACK = 1 << 28
"""Oxigraph's parser recurses; 256 MiB hold some forty thousand levels of nesting."""


class Frames(io.RawIOBase):
    """A file whose writes are DATA frames."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, content: ReadableBuffer, /) -> int:
        """Send one frame."""
        data = bytes(content)
        self._connection.send_bytes(Tag.DATA.value + data)
        return len(data)


class Worker:
    """One store, one connection, and the jobs that come over it."""

    def __init__(self, connection: Connection, setup: Setup) -> None:
        self._connection = connection
        self._setup = setup
        self._namespaces = Namespaces(setup.prefixes)
        self._store = open_store(setup.place, setup.timeout)

    def serve(self) -> None:
        """Answer until the front hangs up."""
        limit_memory(self._setup.memory)
        if not is_endpoint(self._setup.place) and not self._setup.services:
            close_network()
        self._connection.send_bytes(Tag.READY.value)
        while True:
            try:
                content = self._connection.recv_bytes()
            except EOFError:
                return
            self._answer(unpack_job(content))

    def _answer(self, job: Job) -> None:
        try:
            found = _evaluate(job, self._store, self._setup.services)
            format = _chosen(job, found)
            self._connection.send_bytes(Tag.BEGIN.value + format.name.encode())
            output = io.BufferedWriter(Frames(self._connection), CHUNK)
            write_answer(found, format, output, self._namespaces)
            output.flush()
        except AllographError as error:
            self._fail(error)
        except (RuntimeError, OSError) as error:
            self._fail(QueryFailed(f"the query cannot be evaluated: {error}"))
        else:
            self._connection.send_bytes(Tag.END.value)

    def _fail(self, error: AllographError) -> None:
        self._connection.send_bytes(Tag.FAILED.value + pack_error(error))


def run(descriptor: int, setup: Setup) -> None:
    """Serve over a socket, in a thread with a stack that deep queries cannot overflow."""
    os.environ["RUST_BACKTRACE"] = "0"
    threading.stack_size(STACK)
    worker = Worker(Connection(descriptor), setup)
    thread = threading.Thread(target=worker.serve)
    thread.start()
    thread.join()


def _evaluate(job: Job, store: Store, services: tuple[str, ...]) -> Answer:
    """Evaluate; the slower check comes first where it matters, else only to explain a mistake."""
    if may_call_a_service(job.sparql):
        check_query(job.sparql, services)
    default, named = job.default_graphs, job.named_graphs
    if not default and not named:
        default, named = graphs_named_twice(job.sparql)
    try:
        return store.query(job.sparql, default_graphs=default, named_graphs=named)
    except QuerySyntaxError as mistake:
        raise explain(mistake, job.sparql, services) from None


def _chosen(job: Job, found: Answer) -> Format:
    """The first format of the job that can hold the answer."""
    are_solutions = isinstance(found, Solutions | Boolean)
    for name in job.formats:
        if (FORMAT_BY_NAME[name].kind == "solutions") is are_solutions:
            return FORMAT_BY_NAME[name]
    raise StoreError(f"none of {', '.join(job.formats)} can hold the answer")
