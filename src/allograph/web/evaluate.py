"""Run queries: the one place where the front touches the store.

``answer`` is for the queries of readers, and gives each an id that its answer carries;
``select`` and ``construct`` are for what the pages need to know.
"""

from collections.abc import Iterable, Sequence
from uuid import uuid4

from flask import g

from allograph.answers import Answer, Boolean, Solutions
from allograph.exports import sorted_triples
from allograph.terms import Term, Triple
from allograph.web.metrics import QUERY_SECONDS
from allograph.web.service import current_service

Row = dict[str, Term]


def answer(
    sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Answer:
    """Answer a reader's query, which has been checked."""
    g.query_id = uuid4().hex
    return run(sparql, default_graphs=default_graphs, named_graphs=named_graphs)


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


def run(
    sparql: str, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Answer:
    """Evaluate one query, and measure how long its answer took to begin."""
    with QUERY_SECONDS.time():
        return current_service().store.query(
            sparql, default_graphs=default_graphs, named_graphs=named_graphs
        )


def iris(terms: Iterable[str]) -> str:
    """Write IRIs as the data block of a VALUES clause."""
    return " ".join(f"<{iri}>" for iri in sorted(set(terms)))
