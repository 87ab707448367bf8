"""Run queries: the one place where the front asks the workers.

``answer`` and ``answer_whole`` are for the queries of readers, whose runs are followed: in pieces
in a chosen format, or whole and parsed for a page. ``run``, ``select`` and ``construct`` are for
what the pages need to know themselves.
"""

from collections.abc import Callable, Iterable, Sequence
from http import HTTPStatus

from flask import request

from allograph.answers import Answer, Boolean, Solutions
from allograph.exports import sorted_triples
from allograph.terms import Term, Triple
from allograph.web.problems import Problem
from allograph.web.runs import Pieces, evaluated, evaluated_whole
from allograph.web.service import current_service
from allograph.workers.jobs import Job
from allograph.workers.pool import Patience
from allograph.workers.store import PooledStore

Row = dict[str, Term]

SECONDS = "timeout"
"""The argument by which a reader lowers the deadline of a query."""


def answer(job: Job) -> Pieces:
    """Answer a reader's query in pieces; closing them stops it."""
    return evaluated(lambda: current_service().pool.evaluate(job, patience())[1])


def answer_whole(
    sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Answer:
    """Answer a reader's query for a page, whole and parsed."""
    store = PooledStore(current_service().pool, patience())
    return evaluated_whole(
        lambda: store.query(sparql, default_graphs=default_graphs, named_graphs=named_graphs)
    )


def patience() -> Patience:
    """Say how long the reader of this request waits, and how to see that they are gone."""
    most = current_service().settings.timeout
    given = request.values.get(SECONDS)
    is_gone: Callable[[], bool] = request.environ.get("waitress.client_disconnected", _is_there)
    if given is None:
        return Patience(most, is_gone)
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise Problem(
            HTTPStatus.BAD_REQUEST,
            f"timeout is a number of seconds above 0, not '{given}'",
            parameter=SECONDS,
        )
    return Patience(min(seconds, most), is_gone)


def _is_there() -> bool:
    """Take it, for want of a way to see, that the reader is not gone."""
    return False


def select(sparql: str) -> list[Row]:
    """Return the solutions of a query of ours; an unbound variable is absent from its row."""
    solutions = expect_solutions(run(sparql))
    variables = [variable.value for variable in solutions.variables]
    return [
        {name: term for name in variables if (term := solution[name]) is not None}
        for solution in solutions
    ]


def expect_solutions(found: Answer) -> Solutions:
    """Return the answer of a query that is known to be a SELECT."""
    if not isinstance(found, Solutions):
        raise TypeError("only a SELECT has solutions")
    return found


def construct(sparql: str) -> list[Triple]:
    """Return the triples of a query of ours, each once and in order."""
    triples = run(sparql)
    if isinstance(triples, Solutions | Boolean):
        raise TypeError("only a CONSTRUCT has triples")
    return sorted_triples(triples)


def run(sparql: str) -> Answer:
    """Evaluate one query of ours."""
    return current_service().store.query(sparql)


def iris(terms: Iterable[str]) -> str:
    """Write IRIs as the data block of a VALUES clause."""
    return " ".join(f"<{iri}>" for iri in sorted(set(terms)))
