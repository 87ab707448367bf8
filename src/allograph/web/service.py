"""What every address serves from: the settings, the workers, and the reader of one release."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from flask import current_app

from allograph.reading.reader import Reader, Shelf
from allograph.release import Release
from allograph.settings import Settings
from allograph.web.http.exchange import current_exchange
from allograph.workers.pool import Pool

EXTENSION = "allograph"


@dataclass(frozen=True, eq=False)
class Service:
    """The parts that ``create_app`` is given, at hand in every request.

    Two services are never equal. ``reader`` asks the pool, for what pages and parameters need to
    know; what readers ask themselves is asked with their own patience, in ``runs``.
    """

    settings: Settings
    pool: Pool
    reader: Reader


def current_service() -> Service:
    """The service of the application that answers this request."""
    service: Service = current_app.extensions[EXTENSION]
    return service


def current_reader() -> Reader:
    """The reader of the release; of another store, one for this request alone.

    So what is read of a release is read once, and of another store once for each request: nobody
    tells when that one changes.
    """
    reader = current_service().reader
    if reader.is_release:
        return reader
    exchange = current_exchange()
    if exchange.reader is None:
        exchange.reader = replace(reader, shelf=Shelf())
    return exchange.reader


def asks_the_release(settings: Settings, release: Release) -> bool:
    """Tell whether the store that is asked is that of the release."""
    asked = settings.store
    return not asked or Path(asked).resolve() == release.store.resolve()
