"""Run queries: the one place where the front asks the workers.

``answer`` and ``answer_whole`` are for the queries of readers, whose runs are followed: in pieces
in a chosen format, or whole and parsed for a page. ``run``, ``select`` and ``construct`` are for
what the pages need to know themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from flask import g, request

from allograph.rdf.answers import Answer, Boolean, Solutions
from allograph.rdf.terms import Term, Triple
from allograph.release.exports import sorted_triples
from allograph.web.runs import Pieces, evaluated, evaluated_whole
from allograph.web.service import current_service
from allograph.workers.jobs import Job
from allograph.workers.store import PooledStore

Row = dict[str, Term]

NOTHING = "urn:x-allograph:nothing"
"""A graph that no store holds."""


def answer(job: Job) -> Pieces:
    """Answer a reader's query in pieces; closing them stops it.

    For HEAD it is asked of an empty graph: that tells whether it is a good one, and takes no time.
    """
    asked = replace(job, default_graphs=(NOTHING,)) if request.method == "HEAD" else job
    return evaluated(lambda: current_service().pool.evaluate(asked, g.run.patience)[1])


def answer_whole(
    sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Answer:
    """Answer a reader's query for a page, whole and parsed."""
    store = PooledStore(current_service().pool, g.run.patience)
    return evaluated_whole(
        lambda: store.query(sparql, default_graphs=default_graphs, named_graphs=named_graphs)
    )


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
