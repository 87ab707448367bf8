"""One release: where its parts lie, and what it is served from."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from allograph.namespaces import Namespaces
from allograph.questions.code_book import CodeBook, from_tree
from allograph.questions.question import Question, read_question
from allograph.release.catalogue import Entry
from allograph.release.searchable import Item
from allograph.release.statements import Statement

LOCK = "lock"
"""An empty file of each release, on which a builder or a server holds a lock while it uses it."""


@dataclass(frozen=True)
class Release:
    """One release, by its directory."""

    directory: Path

    @property
    def id(self) -> str:
        return self.directory.name

    @property
    def store(self) -> Path:
        return self.directory / "store"

    @property
    def exports(self) -> Path:
        return self.directory / "exports"

    @property
    def ontology(self) -> Path:
        return self.directory / "ontology.ttl"

    @property
    def shapes(self) -> Path:
        return self.directory / "shapes.ttl"

    @property
    def void(self) -> Path:
        return self.directory / "void.ttl"

    @property
    def quality(self) -> Path:
        return self.directory / "quality.ttl"

    @property
    def examples(self) -> Path:
        return self.directory / "sparql-examples.ttl"

    @property
    def questions_file(self) -> Path:
        return self.directory / "questions.json"

    @property
    def code_book_file(self) -> Path:
        return self.directory / "columns.json"

    @property
    def prefixes_file(self) -> Path:
        return self.directory / "prefixes.json"

    @property
    def search_file(self) -> Path:
        return self.directory / "search.json"

    @property
    def manifest_file(self) -> Path:
        return self.directory / "manifest.json"

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the release holds: version, date, counts, and size and digest of each file."""
        content: dict[str, Any] = _read_json(self.manifest_file)
        return content

    @cached_property
    def questions(self) -> dict[str, Question]:
        """The questions that were asked when it was built, by name."""
        return {
            name: read_question(name, text, f"queries/{name}.rq", self.namespaces, self.code_book)
            for name, text in _read_json(self.questions_file).items()
        }

    @cached_property
    def code_book(self) -> CodeBook:
        """What the columns of questions meant when it was built, by name."""
        return from_tree(_read_json(self.code_book_file))

    @cached_property
    def namespaces(self) -> Namespaces:
        """The prefixes that were declared when it was built."""
        return Namespaces(_read_json(self.prefixes_file))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Every record and concept by name."""
        return tuple(
            Entry(synonyms=tuple(entry.pop("synonyms")), **entry)
            for entry in _read_json(self.search_file)["entries"]
        )

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Everything that can be searched for."""
        return tuple(
            Item(**{name: _tuple(value) for name, value in item.items()})
            for item in _read_json(self.search_file)["items"]
        )

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every figure and comparison that can be searched for."""
        return tuple(
            Statement(**{name: _tuple(value) for name, value in statement.items()})
            for statement in _read_json(self.search_file)["statements"]
        )

    @cached_property
    def broader(self) -> dict[str, tuple[str, ...]]:
        """What is directly broader than each outcome and condition, as in ``outcome/survival``."""
        found = _read_json(self.search_file)["broader"]
        return {narrower: tuple(keys) for narrower, keys in found.items()}

    @property
    def is_whole(self) -> bool:
        """Tell whether it was built to its end and nothing of it is missing or cut.

        The manifest names this release and every file beside the store with its size; the store
        is whole if it can be opened, which is seen when it is.
        """
        try:
            manifest = _read_json(self.manifest_file)
            if not isinstance(manifest, Mapping) or manifest.get("release") != self.id:
                return False
            sizes = {name: file["bytes"] for name, file in manifest["contents"].items()}
            return (self.store / "CURRENT").is_file() and all(
                (self.directory / name).stat().st_size == size for name, size in sizes.items()
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return False

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep it from being removed meanwhile; a lock of the file system, gone with its process.

        On a file system that knows no locks it is not kept from anything.
        """
        try:
            lock = (self.directory / LOCK).open("rb")
        except OSError:
            yield
            return
        with lock:
            lock_shared(lock)
            yield


def _tuple(value: Any) -> Any:
    """A list of JSON as the tuple that it was."""
    return tuple(value) if isinstance(value, list) else value


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def lock_shared(file: IO[bytes]) -> None:
    """Hold a lock that others may share, but nobody who removes."""
    try:
        fcntl.flock(file, fcntl.LOCK_SH)
    except OSError:
        return


def lock_alone(file: IO[bytes]) -> bool:
    """Hold a lock that nobody shares; false if somebody holds one already."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
