"""What earlier checks found, kept in files, so that only what changed is checked anew.

An entry is named for all that it follows from, and holds the SHA-256 of the rest of itself: what
is damaged, cut, or put there by somebody else is told once, and made anew. An entry is written
beside its place and renamed into it, so a reader meets a whole one or none; two checks that write
the same entry write the same bytes. Whoever cannot read or write here checks without.

Invariant: nothing but speed depends on an entry. It may be removed at any moment, by anybody.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from allograph.errors import FileError
from allograph.text.files import read_regular, reason

SUFFIX = ".kept"
MOST_ENTRIES = 64
MOST_BYTES = 64 << 20
"""Of all entries together; the ones that were not used for the longest time are removed."""
LARGEST = 256 << 20
"""Bytes that an entry may unpack to."""
ABANDONED = 3600
"""Seconds after which a file that nobody renamed is nobody's any more."""

_FORM = b"allograph check 1"
_UNFINISHED = ".unfinished-"


class _DamagedError(Exception):
    """An entry that is not what it was when it was written."""


@dataclass
class Kept:
    """The entries in a folder; ``tell`` gets a remark, each once."""

    folder: Path
    tell: Callable[[str], None]
    _told: set[str] = field(default_factory=set)

    def get(self, name: str) -> Any:
        """What was kept by this name; ``None`` if nothing is, or if it is damaged."""
        path = self.folder / f"{name}{SUFFIX}"
        try:
            content = _unpacked(read_regular(path, path.name, MOST_BYTES), name)
        except FileError as error:
            if path.is_symlink() or path.exists():
                self._tell(f"{path} cannot be read, and is made anew: {error.message}")
            return None
        except OSError as error:
            self._tell(f"{path} cannot be read: {reason(error)}")
            return None
        except _DamagedError:
            self._tell(f"{path} is damaged, and is made anew")
            return None
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, name: str, content: Any) -> None:
        """Keep a value of JSON by a name."""
        packed = _packed(content, name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(dir=self.folder, prefix=_UNFINISHED)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(packed)
                Path(unfinished).replace(self.folder / f"{name}{SUFFIX}")
            except OSError:
                with suppress(OSError):
                    Path(unfinished).unlink()
                raise
        except OSError as error:
            self._tell(
                f"what a check finds cannot be kept in {self.folder}: {reason(error)};"
                " choose another folder: ALLOGRAPH_HOME=FOLDER, or keep nothing: --no-cache"
            )
        else:
            self._tidy()

    def newest(self, prefix: str, most: int) -> Iterator[str]:
        """The names that begin so, those used last first."""
        found = [path for _used, _size, path in self._entries() if path.name.startswith(prefix)]
        yield from (path.name.removesuffix(SUFFIX) for path in found[:most])

    def _tell(self, remark: str) -> None:
        if remark not in self._told:
            self._told.add(remark)
            self.tell(remark)

    def _entries(self) -> list[tuple[float, int, Path]]:
        """When each entry was used, its size and its place; those used last first."""
        found = []
        with suppress(OSError):
            for entry in os.scandir(self.folder):
                if entry.name.endswith(SUFFIX) and entry.is_file(follow_symlinks=False):
                    with suppress(OSError):
                        status = entry.stat(follow_symlinks=False)
                        found.append((status.st_mtime, status.st_size, Path(entry.path)))
        return sorted(found, reverse=True)

    def _tidy(self) -> None:
        """Remove what is too much, and what a check that was killed has left."""
        size = 0
        for number, (_used, bytes_, path) in enumerate(self._entries(), 1):
            size += bytes_
            if number > MOST_ENTRIES or size > MOST_BYTES:
                with suppress(OSError):
                    path.unlink()
        with suppress(OSError):
            for path in self.folder.glob(f"{_UNFINISHED}*"):
                with suppress(OSError):
                    if time.time() - path.stat().st_mtime > ABANDONED:
                        path.unlink()


def _packed(content: Any, name: str) -> bytes:
    body = zlib.compress(json.dumps([name, content], ensure_ascii=False).encode(), 1)
    return b"%s %s\n%s" % (_FORM, hashlib.sha256(body).hexdigest().encode(), body)


def _unpacked(packed: bytes, name: str) -> Any:
    head, _end, body = packed.partition(b"\n")
    if head != b"%s %s" % (_FORM, hashlib.sha256(body).hexdigest().encode()):
        raise _DamagedError
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(body, LARGEST)
        if not unpacking.eof:
            raise _DamagedError
        written_for, content = json.loads(text)
    except (zlib.error, ValueError) as error:
        raise _DamagedError from error
    if written_for != name:
        raise _DamagedError
    return content
