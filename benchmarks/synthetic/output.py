"""Where quads go: a file, a pipe, a compressed file, a store; a batch at a time."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import pyoxigraph

WRITTEN, LOADED = 10_000, 200_000
"""Quads that are held at once: for a file, and for a store, which writes a table for each load."""


def batches(lines: Iterator[str], most: int) -> Iterator[tuple[bytes, int]]:
    """The lines in batches of so many at most, and how many each holds."""
    while batch := list(islice(lines, most)):
        yield "".join(batch).encode(), len(batch)


def write_file(lines: Iterator[str], place: str) -> Iterator[int]:
    """Write to a file, one that ends with .gz compressed, or to ``-``; gives each batch's size."""
    with _opened(place) as file:
        for content, number in batches(lines, WRITTEN):
            file.write(content)
            yield number


def write_store(lines: Iterator[str], folder: Path) -> Iterator[int]:
    """Load into an Oxigraph store, a batch at a time; gives the size of each batch."""
    store = pyoxigraph.Store(str(folder))
    for content, number in batches(lines, LOADED):
        store.bulk_load(content, format=pyoxigraph.RdfFormat.N_QUADS)
        yield number
    store.optimize()
    store.flush()


def sst_files(folder: Path) -> int:
    """The files of a store's tables; a worker must be able to keep all of them open."""
    return len(list(folder.glob("*.sst")))


@contextmanager
def _opened(place: str) -> Iterator[BinaryIO | gzip.GzipFile]:
    if place == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with Path(place).open("wb") as file:
        if not place.endswith(".gz"):
            yield file
            return
        # Neither name nor time, so that the same quads give the same bytes.
        with gzip.GzipFile("", "wb", compresslevel=6, fileobj=file, mtime=0) as packed:
            yield packed
