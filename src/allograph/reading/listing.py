"""What there is to be named and found, of the release or else of the store that is set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allograph.errors import close_to
from allograph.questions.question import Question
from allograph.reading.reader import Reader
from allograph.reading.search import Search
from allograph.release.catalogue import Entry, of_kind, read_catalogue
from allograph.release.searchable import items
from allograph.release.statements import broader, statements


def entries(reader: Reader) -> tuple[Entry, ...]:
    """All records and concepts."""
    return reader.release.entries if reader.is_release else reader.once(read_entries)


def read_entries(reader: Reader) -> tuple[Entry, ...]:
    """Read the entries of a store that is not the release."""
    return read_catalogue(reader.store)


def entries_of(reader: Reader, kind: str) -> list[Entry]:
    """The records of a kind, or the concepts of a scheme, by label."""
    return of_kind(entries(reader), kind)


def near(key: str, known: Iterable[str]) -> list[str]:
    """The keys that were probably meant."""
    return close_to(key, known, 3)


def search(reader: Reader) -> Search:
    """The search of all that can be found; the first who asks for it has it made."""
    return reader.once(read_search)


def read_search(reader: Reader) -> Search:
    """Make the search."""
    if reader.is_release:
        release = reader.release
        return Search(release.items, release.statements, release.broader, reader.questions)
    found = items(reader.store, entries(reader), reader.questions.values())
    return Search(found, statements(reader.store), broader(reader.store), reader.questions)


def by_topic(known: Mapping[str, Question]) -> dict[str, list[Question]]:
    """Put each question under its first tag."""
    topics: dict[str, list[Question]] = {}
    for question in known.values():
        topics.setdefault(next(iter(question.tags), "other"), []).append(question)
    return dict(sorted(topics.items()))
