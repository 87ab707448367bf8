"""The content codings that are offered, and a body that is compressed as it comes.

A body that breaks off in the middle is never finished, so that its compressed form is as visibly
broken as the body itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import brotli
import zstandard

# Bytes; at least so often what was compressed is sent on.
FLUSHED_AFTER = 1 << 16


class Compressor(NamedTuple):
    """One body being compressed."""

    add: Callable[[bytes], bytes]
    flush: Callable[[], bytes]
    finish: Callable[[], bytes]


@dataclass(frozen=True)
class Coding:
    """One row: a content coding by its registered name."""

    name: str
    start: Callable[[], Compressor]

    def tag(self, identity_tag: str) -> str:
        """The entity tag of the compressed form."""
        return f"{identity_tag}-{self.name}"


def _zstd() -> Compressor:
    compressor = zstandard.ZstdCompressor(level=3).compressobj()
    return Compressor(
        compressor.compress,
        lambda: compressor.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK),
        compressor.flush,
    )


def _brotli() -> Compressor:
    compressor = brotli.Compressor(quality=4, lgwin=20)
    return Compressor(compressor.process, compressor.flush, compressor.finish)


def _gzip() -> Compressor:
    compressor = zlib.compressobj(level=6, wbits=16 + zlib.MAX_WBITS)
    return Compressor(
        compressor.compress,
        lambda: compressor.flush(zlib.Z_SYNC_FLUSH),
        compressor.flush,
    )


# The first one wins a tie.
CODINGS = (Coding("zstd", _zstd), Coding("br", _brotli), Coding("gzip", _gzip))


def compressed(body: Iterable[bytes], coding: Coding) -> Iterator[bytes]:
    """Compress a body as it comes; it is finished only if the body was."""
    compressor = coding.start()
    waiting = 0
    for piece in body:
        waiting += len(piece)
        output = compressor.add(piece)
        if waiting >= FLUSHED_AFTER:
            output += compressor.flush()
            waiting = 0
        if output:
            yield output
    yield compressor.finish()
