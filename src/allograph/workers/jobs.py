"""What the front and a worker say to each other: a job one way, the frames of its answer back.

A frame is one byte that tells what it is, and its content. An answer is BEGIN with the name of its
format, any number of DATA, and END; FAILED, at any place, says why there is no more. A connection
that ends without either is a worker that is gone, and its answer is not whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import Enum

from allograph.errors import (
    AllographError,
    ParameterError,
    QueryFailed,
    QueryRefused,
    QuerySyntaxError,
    StoreError,
    Unwritable,
)


class Tag(bytes, Enum):
    """The first byte of a frame."""

    READY = b"R"
    BEGIN = b"B"
    DATA = b"D"
    END = b"E"
    FAILED = b"F"


@dataclass(frozen=True)
class Setup:
    """What all workers are told once: their store, its prefixes, and what they may use.

    ``memory`` is in bytes, ``timeout`` in seconds; ``services`` are the endpoints that SERVICE may
    name, and workers have a network only if there are any, or if the store is an endpoint itself.
    """

    place: str
    prefixes: Mapping[str, str]
    memory: int
    timeout: int
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Job:
    """One query: its text, its dataset, and the formats that its answer may have, by name.

    The first format that fits is taken: one of solutions for SELECT and ASK, one of graphs else.
    """

    sparql: str
    formats: tuple[str, ...]
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def pack(message: Setup | Job) -> bytes:
    """A message as JSON."""
    return json.dumps(asdict(message)).encode()


def unpack_setup(content: bytes) -> Setup:
    """The setup that ``pack`` wrote."""
    return Setup(**json.loads(content))


def unpack_job(content: bytes) -> Job:
    """The job that ``pack`` wrote."""
    return Job(**json.loads(content))


def pack_error(error: AllographError) -> bytes:
    """An error as the front will raise it again."""
    match error:
        case QuerySyntaxError():
            arguments: list[object] = [error.message, error.line, error.column]
        case ParameterError():
            arguments = [error.parameter, str(error)]
        case Unwritable():
            arguments = [error.message, error.offered]
        case _:
            arguments = [str(error)]
    return json.dumps([type(error).__name__, arguments]).encode()


def unpack_error(content: bytes) -> AllographError:
    """The error that ``pack_error`` wrote."""
    name, arguments = json.loads(content)
    return _ERRORS[name](*arguments)


_ERRORS: Mapping[str, type[AllographError]] = {
    error.__name__: error
    for error in (
        ParameterError,
        QueryFailed,
        QueryRefused,
        QuerySyntaxError,
        StoreError,
        Unwritable,
    )
}
