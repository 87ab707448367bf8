"""What is known of one request while it is answered: the one value that travels beside it.

Views pass on by arguments what they know. Here stands what a step has to know of another one, or
of the view: each field has one writer, named beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import g

from allograph.errors import AllographError
from allograph.reading.reader import Reader
from allograph.web.http.codings import Coding
from allograph.web.http.query_run import QueryRun


@dataclass
class Exchange:
    """One request and its answer; it ends with the request, and one thread alone sees it."""

    run: QueryRun | None = None
    """The run of the reader's query. ``runs.begin_run`` writes it; ``keeping`` looks whether its
    query may be kept, ``headers`` names it, and ``runs.follow`` ends it."""

    error: AllographError | None = None
    """What went wrong. ``problems`` writes it; ``runs.follow`` says in the log which it was."""

    coding: Coding | None = None
    """How the answer is to be compressed. This and the next two are of ``compression`` alone."""

    is_identity_refused: bool = False
    """Whether the client takes no answer that is not compressed."""

    held: str = ""
    """The entity tags that the client holds, as it sent them."""

    reader: Reader | None = None
    """The reader of a store that is no release. ``service.current_reader`` makes it."""

    ids: int = 0
    """How many ids were made up for this page, by ``anchors.fresh_id``."""


def current_exchange() -> Exchange:
    """What is known of the request that is being answered."""
    exchange: Exchange = g.setdefault("exchange", Exchange())
    return exchange
