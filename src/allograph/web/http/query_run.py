"""One run of one query: how long it takes, what it sends, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from uuid import uuid4

from allograph.settings import Settings
from allograph.web.http.log import log_query
from allograph.web.http.metrics import QUERIES, QUERY_SECONDS
from allograph.workers.patience import Patience


@dataclass
class QueryRun:
    """One run of one query: what it has taken so far."""

    sparql: str
    client: str | None
    settings: Settings
    patience: Patience
    id: str = field(default_factory=lambda: uuid4().hex)
    rows: int | None = None
    bytes: int = 0
    evaluation: float = 0
    is_over: bool = False
    _begun: float = field(default_factory=perf_counter)

    @property
    def seconds(self) -> float:
        """How long it has been running."""
        return perf_counter() - self._begun

    @contextmanager
    def evaluating(self, charge: Callable[[str | None, float], None]) -> Iterator[None]:
        """Count what is done meanwhile as evaluation, and charge it to the client."""
        begun = perf_counter()
        try:
            yield
        finally:
            seconds = perf_counter() - begun
            self.evaluation += seconds
            charge(self.client, seconds)

    def end(self, outcome: str) -> None:
        """Count and log the run; only its first end counts."""
        if self.is_over:
            return
        self.is_over = True
        QUERIES.labels(outcome).inc()
        QUERY_SECONDS.observe(self.seconds)
        measured = {
            "id": self.id,
            "outcome": outcome,
            "rows": self.rows,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 6),
            "evaluation": round(self.evaluation, 6),
        }
        log_query(self.sparql, self.client, measured, self.settings)
