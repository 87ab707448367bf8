"""Read what a person named only if it is a regular file, and only as far as a limit.

A FIFO keeps its reader waiting, a device may never end, and to open one can already do something:
so the kind of a path is asked first, and asked again of what was opened (POSIX ``open``,
``O_NONBLOCK``), since another program may have put something else there meanwhile.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from allograph.errors import FileError, Location
from allograph.text.lines import text_of

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_CHUNK = 1 << 20


def read_regular(path: Path, shown_as: str, most: int) -> bytes:
    """The bytes of a regular file, at most ``most``; else a ``FileError`` that says the cure."""
    at = Location(shown_as)
    try:
        _check_kind(path.stat().st_mode, at)
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(opened, "rb") as file:
            _check_kind(os.fstat(opened).st_mode, at)
            content = bytearray()
            while len(content) <= most and (chunk := file.read(_CHUNK)):
                content += chunk
    except OSError as error:
        raise FileError(at, reason(error)) from None
    except ValueError:  # a NUL in the path, which no system takes
        raise FileError(at, "no path of a file") from None
    if len(content) > most:
        raise FileError(at, f"more than {most:,} bytes; divide it into several files")
    return bytes(content)


def read_regular_text(path: Path, shown_as: str, most: int) -> str:
    """The text of a regular file in UTF-8, with at most ``most`` bytes."""
    return text_of(read_regular(path, shown_as, most), shown_as)


def _check_kind(mode: int, at: Location) -> None:
    if not stat.S_ISREG(mode):
        kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "no regular file")
        raise FileError(at, f"this is {kind}; name a file")


def read_bytes(path: Path, shown_as: str) -> bytes:
    """Read a file that a person named; messages call it ``shown_as``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(Location(shown_as), reason(error)) from None


def read_text(path: Path, shown_as: str) -> str:
    """Read a text file that a person named."""
    return text_of(read_bytes(path, shown_as), shown_as)


def reason(error: OSError) -> str:
    """Why the system refused, in its own words: ``no such file or directory``."""
    return (error.strerror or str(error)).lower()
