"""What there is to be named and found, of the release or else of the store that is set."""

from collections.abc import Iterable

from allograph.errors import close_to
from allograph.reading.search import Index
from allograph.release.catalogue import Entry, of_kind, read_catalogue
from allograph.release.searchable import items
from allograph.web.service import current_service, once


def entries() -> tuple[Entry, ...]:
    """Return all records and concepts."""
    service = current_service()
    return service.release.entries if service.is_release else once(read_entries)


def read_entries() -> tuple[Entry, ...]:
    """Read the entries of a store that is not the release."""
    return read_catalogue(current_service().store)


def entries_of(kind: str) -> list[Entry]:
    """Return the records of a kind, or the concepts of a scheme, by label."""
    return of_kind(entries(), kind)


def near(key: str, known: Iterable[str]) -> list[str]:
    """Return the keys that were probably meant."""
    return close_to(key, known, 3)


def current_index() -> Index:
    """Return the index of all that can be found; the first who asks for it has it made."""
    return once(read_index)


def read_index() -> Index:
    """Make the index."""
    service = current_service()
    if service.is_release:
        return Index(service.release.items)
    return Index(items(service.store, entries(), service.questions.values()))
