"""What every address serves from: one release, its store, its questions and its names."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from flask import current_app, g

from allograph.namespaces import Namespaces
from allograph.questions.question import Question
from allograph.rdf.store import Store
from allograph.release import Release
from allograph.settings import Settings
from allograph.workers.pool import Patience, Pool
from allograph.workers.store import PooledStore

EXTENSION = "allograph"

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


class Shelf:
    """What is made once and then at hand; of several who want it first, one makes it.

    Invariant: a value is written under the lock of its name, and never changed afterwards. What
    could not be made is not kept: the next who wants it tries again.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._locks: dict[object, threading.Lock] = {}
        self._made: dict[object, object] = {}

    def once(self, name: object, make: Callable[[], Made]) -> Made:
        """Return what is kept under a name, else make and keep it."""
        if name not in self._made:
            with self._lock:
                lock = self._locks.setdefault(name, threading.Lock())
            with lock:
                if name not in self._made:
                    self._made[name] = make()
        return cast("Made", self._made[name])


@dataclass(frozen=True, eq=False)
class Service:
    """The parts that ``create_app`` is given, at hand in every request.

    Two services are never equal. ``shelf`` holds what is read once for each release.
    """

    settings: Settings
    release: Release
    pool: Pool
    questions: Mapping[str, Question]
    namespaces: Namespaces
    shelf: Shelf = field(default_factory=Shelf)

    @property
    def store(self) -> Store:
        """The pool as a store, for what pages and parameters need to know."""
        return PooledStore(self.pool, Patience(self.settings.timeout))

    @cached_property
    def is_release(self) -> bool:
        """Whether the store that is asked is the release; another may change at any time."""
        asked = self.settings.store
        return not asked or Path(asked).resolve() == self.release.store.resolve()


def current_service() -> Service:
    """Return the service of the application that answers this request."""
    service: Service = current_app.extensions[EXTENSION]
    return service


def once(
    read: Callable[Arguments, Made], *arguments: Arguments.args, **named: Arguments.kwargs
) -> Made:
    """Read something of the store: once for a release, which never changes.

    Of another store it is read once for each request, for nobody tells when that one changes.
    """
    service = current_service()
    shelf: Shelf = service.shelf if service.is_release else g.setdefault("shelf", Shelf())
    name = (read, arguments, tuple(named.items()))
    return shelf.once(name, lambda: read(*arguments, **named))
