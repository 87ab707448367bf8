"""What every address serves from: one release, its store, its questions and its names."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app

from allograph.namespaces import Namespaces
from allograph.questions import Question
from allograph.release import Release
from allograph.settings import Settings
from allograph.store import Store

EXTENSION = "allograph"


@dataclass(frozen=True, eq=False)
class Service:
    """The parts that ``create_app`` is given, at hand in every request.

    Two services are never equal, so what is read from one release can be kept by its service.
    """

    settings: Settings
    release: Release
    store: Store
    questions: Mapping[str, Question]
    namespaces: Namespaces


def current_service() -> Service:
    """Return the service of the application that answers this request."""
    service: Service = current_app.extensions[EXTENSION]
    return service
