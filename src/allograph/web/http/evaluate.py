"""Run queries: the one place where the front asks the workers.

``answer`` and ``answer_whole`` are for the queries of readers, whose runs are followed: in pieces
in a chosen format, or whole and parsed for a page. What pages need to know themselves, they ask
by the ``Reader`` of the release.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import request

from allograph.rdf.answers import Answer
from allograph.web.http.query_run import QueryRun
from allograph.web.http.runs import Pieces, charged, timed
from allograph.web.service import current_service
from allograph.workers.jobs import Job
from allograph.workers.store import PooledStore

NOTHING = "urn:x-allograph:nothing"
"""A graph that no store holds."""


def answer(run: QueryRun, job: Job) -> Pieces:
    """Answer a reader's query in pieces; closing them stops it.

    For HEAD it is asked of an empty graph: that tells whether it is a good one, and takes no time.
    """
    asked = replace(job, default_graphs=(NOTHING,)) if request.method == "HEAD" else job
    with charged(run):
        _format, pieces = current_service().pool.evaluate(asked, run.patience)
    return timed(run, pieces)


def answer_whole(
    run: QueryRun, *, default_graphs: Sequence[str] = (), named_graphs: Sequence[str] = ()
) -> Answer:
    """Answer a reader's query for a page, whole and parsed."""
    store = PooledStore(current_service().pool, run.patience)
    with charged(run):
        return store.query(run.sparql, default_graphs=default_graphs, named_graphs=named_graphs)
