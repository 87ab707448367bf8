"""The pool as a ``Store``: for what pages and parameters need to know, whole and parsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from allograph.errors import AnswerTooLarge
from allograph.rdf.answers import Answer, Boolean, Solutions
from allograph.rdf.formats import FORMAT_BY_NAME, read_answer
from allograph.rdf.store import graph_query
from allograph.rdf.terms import Triple
from allograph.workers.jobs import Job
from allograph.workers.patience import Patience
from allograph.workers.pool import Pool

FORMATS = ("json", "nt")
"""What answers travel in: solutions and truth values, and triples."""

MOST = 1 << 24
"""The most bytes of an answer that is held whole; larger ones are for streaming. No such answer is
long for its bytes alone: nothing of it is sent before all of it is there."""


class PooledStore:
    """A store whose queries run in the workers of a pool."""

    def __init__(self, pool: Pool, patience: Patience) -> None:
        self._pool = pool
        self._patience = patience

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> Answer:
        """Answer a query; graphs that are given are its whole dataset and override FROM."""
        job = Job(sparql, FORMATS, tuple(default_graphs), tuple(named_graphs))
        format, pieces = self._pool.evaluate(job, self._patience, MOST)
        content = bytearray()
        with closing(pieces):
            for piece in pieces:
                content += piece
                if len(content) > MOST:
                    raise AnswerTooLarge(MOST)
        return read_answer(bytes(content), FORMAT_BY_NAME[format])

    def graph(self, iri: str | None) -> Iterator[Triple]:
        """The triples of a named graph, or of the default graph."""
        answer = self.query(graph_query(iri))
        if isinstance(answer, Solutions | Boolean):
            raise TypeError("a CONSTRUCT answers triples")
        return answer

    def close(self) -> None:
        """End the workers."""
        self._pool.close()
