"""What every address serves from: one release, its store, its questions and its names."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from allograph.namespaces import Namespaces
from allograph.questions import Question
from allograph.release import Release
from allograph.settings import Settings
from allograph.store import Store
from allograph.workers.pool import Patience, Pool
from allograph.workers.store import PooledStore

EXTENSION = "allograph"


@dataclass(frozen=True, eq=False)
class Service:
    """The parts that ``create_app`` is given, at hand in every request.

    Two services are never equal, so what is read from one release can be kept by its service.
    """

    settings: Settings
    release: Release
    pool: Pool
    questions: Mapping[str, Question]
    namespaces: Namespaces

    @property
    def store(self) -> Store:
        """The pool as a store, for what pages and parameters need to know."""
        return PooledStore(self.pool, Patience(self.settings.timeout))


def current_service() -> Service:
    """Return the service of the application that answers this request."""
    service: Service = current_app.extensions[EXTENSION]
    return service
