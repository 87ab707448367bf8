"""How long somebody waits for an answer, and the watch that is kept meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from allograph.errors import ClientGone, DeadlineExceeded

SLICE = 0.05
"""Seconds between two looks at the clock and the client."""


@dataclass(frozen=True)
class Patience:
    """How long somebody waits for an answer, and whether they are still there."""

    seconds: float
    is_gone: Callable[[], bool] = lambda: False


class Watch:
    """The clock of one query, and its client."""

    def __init__(self, patience: Patience, now: Callable[[], float] = monotonic) -> None:
        self._patience = patience
        self._now = now
        self._started = self._looked = now()

    def elapsed(self) -> float:
        """Seconds since the watch began."""
        return self._now() - self._started

    def check(self) -> None:
        """Go on, unless there is no more reason to.

        Raises:
            DeadlineExceeded: it took longer than the patience.
            ClientGone: nobody waits for it any more; looked at once in a slice.

        """
        now = self._now()
        if now - self._started > self._patience.seconds:
            raise DeadlineExceeded(self._patience.seconds)
        if now - self._looked > SLICE:
            self._looked = now
            if self._patience.is_gone():
                raise ClientGone
