"""Follow each run of a reader's query, from its request to the last byte of its answer.

A view begins the run, ``evaluate`` has its evaluation timed and charged to the client, and what
becomes of the answer is seen here: when the run is over it is counted and logged, once.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from time import perf_counter
from typing import TypeVar

from flask import Response, request
from werkzeug.wsgi import ClosingIterator

from allograph.errors import (
    AllographError,
    AnswerTooLarge,
    Busy,
    ClientGone,
    DeadlineExceeded,
    InternalError,
    MemoryExceeded,
    QueryRefused,
    QuerySyntaxError,
    WorkerLost,
)
from allograph.rdf.store import Store
from allograph.web.http.clients import current_clients
from allograph.web.http.exchange import current_exchange
from allograph.web.http.patience import patience
from allograph.web.http.query_run import QueryRun
from allograph.web.service import current_service
from allograph.workers.store import PooledStore

Pieces = Generator[bytes, None, None]
Asked = TypeVar("Asked")

# The more particular error comes first.
OUTCOMES: tuple[tuple[type[AllographError], str], ...] = (
    (QuerySyntaxError, "syntax"),
    (QueryRefused, "refused"),
    (Busy, "busy"),
    (DeadlineExceeded, "deadline"),
    (AnswerTooLarge, "too-large"),
    (ClientGone, "gone"),
    (MemoryExceeded, "memory"),
    (WorkerLost, "lost"),
    (InternalError, "mistake"),
    (AllographError, "failed"),
)


def begin_run(sparql: str) -> QueryRun:
    """Begin the run of the query that this request is about, as long as its reader waits."""
    run = QueryRun(sparql, request.remote_addr, current_service().settings, patience())
    current_exchange().run = run
    return run


@contextmanager
def charged(run: QueryRun) -> Iterator[None]:
    """Let a run ask, if its client may; what is done meanwhile is evaluation, and charged.

    Raises:
        Problem: 429, when the client has used up its seconds.

    """
    clients = current_clients()
    clients.admit(run.client)
    with run.evaluating(clients.charge):
        yield


def ask_beside(sparql: str, ask: Callable[[Store], Asked]) -> Asked:
    """Ask what a request needs to know beside its own query; admitted, charged and logged alike."""
    service, clients = current_service(), current_clients()
    run = QueryRun(sparql, request.remote_addr, service.settings, patience())
    clients.admit(run.client)
    try:
        with run.evaluating(clients.charge):
            found = ask(PooledStore(service.pool, run.patience))
    except AllographError as error:
        run.end(word_of(error))
        raise
    run.end("ok")
    return found


@contextmanager
def charged_work(run: QueryRun) -> Iterator[None]:
    """Charge the client of a run for what the front itself does meanwhile, if it may ask.

    Evaluation is charged where it is done, so its time is left out.

    Raises:
        Problem: 429, when the client has used up its seconds.

    """
    clients = current_clients()
    clients.admit(run.client)
    begun, evaluated_before = perf_counter(), run.evaluation
    try:
        yield
    finally:
        evaluation = run.evaluation - evaluated_before
        clients.charge(run.client, perf_counter() - begun - evaluation)


def timed(run: QueryRun, pieces: Pieces) -> Pieces:
    """Pass the pieces on; the time that the client takes to read them is not evaluation."""
    # Asked for here: the pieces are read outside of the request, where no application is current.
    return _timed(run, pieces, current_clients().charge)


def _timed(run: QueryRun, pieces: Pieces, charge: Callable[[str | None, float], None]) -> Pieces:
    with closing(pieces):
        while True:
            with run.evaluating(charge):
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece


def follow(response: Response) -> Response:
    """End the run with an answer that is whole, or else when its last byte is sent."""
    run = current_exchange().run
    if run is None:
        return response
    outcome = outcome_of(response.status_code, run)
    if response.is_sequence or request.method == "HEAD":
        run.bytes = 0 if request.method == "HEAD" else response.calculate_content_length() or 0
        run.end(outcome)
        return response
    close = getattr(response.response, "close", None)
    response.response = ClosingIterator(_counted(response.iter_encoded(), run, outcome), close)
    response.call_on_close(lambda: run.end("gone"))
    return response


def outcome_of(status: int, run: QueryRun) -> str:
    """Say in a word how a run ended whose answer has this status."""
    if status == HTTPStatus.OK:
        return "ok" if run.evaluation else "cached"
    word = word_of(current_exchange().error)
    return word or HTTPStatus(status).phrase.lower().replace(" ", "-")


def word_of(error: object) -> str:
    """The word for an error in the log; empty for one that has none."""
    return next((outcome for kind, outcome in OUTCOMES if isinstance(error, kind)), "")


def _counted(body: Iterable[bytes], run: QueryRun, outcome: str) -> Iterator[bytes]:
    """Pass a body on, and end its run by how it ends."""
    ended = "cut"
    try:
        for piece in body:
            run.bytes += len(piece)
            yield piece
        ended = outcome
    except (GeneratorExit, ClientGone):
        ended = "gone"
        raise
    finally:
        run.end(ended)
