"""Every error that ALLograph raises on purpose, as one tree.

::

    AllographError
    ├── FileError             a file that a person wrote: where, what is wrong, the cure
    │   ├── TurtleError
    │   └── QuestionError
    ├── QuerySyntaxError      SPARQL that does not parse: line and column
    ├── QueryRefused          SPARQL that we do not run: updates, SERVICE
    ├── QueryFailed           SPARQL that cannot be evaluated, such as an unknown function
    ├── Unwritable            an answer, or a graph, that its format cannot hold
    ├── UnknownQuestion
    ├── ParameterError        a value, or a name, that a question does not take
    ├── SettingError
    ├── StoreError            a store that cannot be opened or does not answer
    │   └── ServiceFailed     an endpoint that SERVICE names does not answer
    ├── InternalError         a mistake of this program, met by a worker
    ├── Stopped               a query that was stopped before its answer was whole
    │   ├── DeadlineExceeded
    │   ├── Busy              no worker was free: how long to wait
    │   ├── AnswerTooLarge
    │   ├── ClientGone
    │   └── WorkerLost        its worker ended
    │       └── MemoryExceeded
    ├── ReleaseError          a release that cannot be built or found
    │   └── InvalidGraph      the graph breaks its shapes, so nothing is built
    └── AddressInUse

Each message says what is wrong, then the cure. A record that breaks a shape is no error, it is
data: a ``ValidationResult``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Location:
    """A place in a file: ``graph/study/ino-vate.ttl:17:5``."""

    path: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = (self.path, self.line, self.column)
        return ":".join(str(part) for part in parts if part is not None)

    def __lt__(self, other: Location) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[str, int, int]:
        return (self.path, self.line or 0, self.column or 0)


class AllographError(Exception):
    """The root of the tree."""


class FileError(AllographError):
    """A mistake in a file that a person wrote."""

    def __init__(self, location: Location, message: str) -> None:
        super().__init__(f"{location}: {message}")
        self.location = location
        self.message = message


class TurtleError(FileError):
    """A curated file that is not the Turtle we ask for."""


class QuestionError(FileError):
    """A question file whose header and query do not fit together."""


class QuerySyntaxError(AllographError):
    """SPARQL that does not parse."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        place = "" if line is None else f"line {line}, column {column}: "
        super().__init__(f"{place}{message}")
        self.message = message
        self.line = line
        self.column = column


class QueryRefused(AllographError):
    """SPARQL that parses but is not run here."""


class QueryFailed(AllographError):
    """SPARQL that parses but cannot be evaluated."""


class Unwritable(AllographError):
    """An answer, or a graph, that a format cannot hold; ``offered`` are media types that can."""

    def __init__(self, message: str, offered: Iterable[str]) -> None:
        self.message = message
        self.offered = tuple(offered)
        super().__init__(f"{message}; ask for one of {', '.join(self.offered)}")


class UnknownQuestion(AllographError):
    """No question has this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no question is called '{name}'{nearest(name, known)}")
        self.name = name
        self.known = tuple(known)


class ParameterError(AllographError):
    """A value, or a name, that a question does not take; ``known`` are those that it takes."""

    def __init__(self, parameter: str, message: str, known: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.known = tuple(known)


class SettingError(AllographError):
    """A setting that does not exist, or a value that does not fit it."""


class StoreError(AllographError):
    """A store that cannot be opened, or that does not answer."""


class ServiceFailed(StoreError):
    """An endpoint that SERVICE names, and that may be asked, does not answer."""


class InternalError(AllographError):
    """A mistake of this program; ``worker`` is the process whose lines in the log tell more."""

    def __init__(self, worker: int) -> None:
        super().__init__(
            "the service made a mistake, which its log tells of;"
            f" please report it, with these lines: worker {worker}"
        )
        self.worker = worker


class Stopped(AllographError):
    """A query that was stopped before its answer was whole."""


class DeadlineExceeded(Stopped):
    """It took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"the query took longer than {_time(seconds)}; ask for less")


class Busy(Stopped):
    """No worker was free, or too many queries are long."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(f"{message}; try again in {_time(retry_after)}")
        self.retry_after = retry_after


class AnswerTooLarge(Stopped):
    """The answer has more bytes than it may."""

    def __init__(self, most: int) -> None:
        super().__init__(f"the answer has more than {most} bytes; ask for less, or with LIMIT")


class ClientGone(Stopped):
    """Nobody waits for the answer any more."""

    def __init__(self) -> None:
        super().__init__("the client is gone")


class WorkerLost(Stopped):
    """The worker of the query ended in the middle of it."""

    def __init__(self, message: str = "the worker of this query ended; try again") -> None:
        super().__init__(message)


class MemoryExceeded(WorkerLost):
    """The worker ended because it needed too much memory, or too deep a stack."""

    def __init__(self) -> None:
        super().__init__("the query needs more memory than it may; ask for less")


class ReleaseError(AllographError):
    """A release that cannot be built or found."""


class InvalidGraph(ReleaseError):
    """The graph breaks its shapes; ``results`` are the lines that say where."""

    def __init__(self, results: Iterable[str]) -> None:
        self.results = tuple(results)
        super().__init__("the graph breaks its shapes, so nothing was built: allograph check")


class AddressInUse(AllographError):
    """Somebody else listens on the address already."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"port {port} on {host} is in use; choose another: ALLOGRAPH_PORT={port + 1}"
        )


LONGEST_WORD = 100
"""Letters of a word that is compared with known ones; a longer one is nobody's slip of a key."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Name the known word that was probably meant, else all of them, as the end of a message."""
    words = sorted(known)
    if close := close_to(word, words, 1):
        return f"; did you mean '{close[0]}'?"
    return f"; there are {', '.join(words)}" if words else ""


def nearest_first(word: str, known: Iterable[str]) -> list[str]:
    """The known words: those that were probably meant, then the others."""
    words = sorted(known)
    return list(dict.fromkeys([*close_to(word, words, 3), *words]))


def close_to(word: str, known: Iterable[str], most: int) -> list[str]:
    """The known words that were probably meant, the nearest first, at most so many."""
    return get_close_matches(word, sorted(known), n=most) if len(word) <= LONGEST_WORD else []


def _time(seconds: float) -> str:
    return "1 second" if seconds == 1 else f"{seconds:g} seconds"
