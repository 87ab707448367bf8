"""What workers are told: their setup, once, and then one job after another; and how errors return.

All of it is JSON, as the content of ``frames``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from allograph.errors import (
    AllographError,
    InternalError,
    MemoryExceeded,
    ParameterError,
    QueryFailed,
    QueryRefused,
    QuerySyntaxError,
    ServiceFailed,
    StoreError,
    Unwritable,
)


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


REPORTED = (
    ParameterError,
    QueryFailed,
    QueryRefused,
    QuerySyntaxError,
    ServiceFailed,
    StoreError,
    Unwritable,
)
"""What may be wrong with a query or a store; any other error in a worker is a mistake of ours."""


def pack_error(error: AllographError) -> bytes:
    """An error as the front will raise it again."""
    match error:
        case QuerySyntaxError():
            arguments: list[object] = [error.message, error.line, error.column]
        case ParameterError():
            arguments = [error.parameter, str(error)]
        case Unwritable():
            arguments = [error.message, error.offered]
        case InternalError():
            arguments = [error.worker]
        case MemoryExceeded():
            arguments = []
        case _:
            arguments = [str(error)]
    return json.dumps([type(error).__name__, arguments]).encode()


def unpack_error(content: bytes) -> AllographError:
    """The error that ``pack_error`` wrote."""
    name, arguments = json.loads(content)
    return _ERRORS[name](*arguments)


_ERRORS: Mapping[str, type[AllographError]] = {
    error.__name__: error for error in (*REPORTED, InternalError, MemoryExceeded)
}
