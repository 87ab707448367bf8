"""The curated studies and their reports again and again, each copy under keys of its own.

A copy has identifiers and digests of its own, too, so that it passes ``check``; no text is held
for it, so ``verify`` cannot prove it. Figures, words and doubts are those of the curated studies.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from allograph.curated.sources import Part, Sources

COPIED = ("study", "report")
"""The folders of the graph whose records are copied."""

MOST = 20
IDENTIFIED = 50
"""Identifiers of copies end on numbers from here on, as none of the curated ones does."""

_RECORD = re.compile(r"\b((?:study|report)[:/][a-z0-9]+(?:-[a-z0-9]+)*)")
_IDENTIFIER = re.compile(r"(?<![\w ])(\w*?)(?<!\d)(\d{3,})\d\d(?!\w)")
_DIGEST = re.compile(r'(?<=")[0-9a-f]{2}(?=[0-9a-f]{62}")')


def write_copies(source: Sources, folder: Path, copies: int) -> Iterator[int]:
    """Write a root that holds each curated study so many times, at most ``MOST``.

    Gives the number of each copy when it is written; the first is the curated files themselves.
    """
    if copies > MOST:
        raise ValueError(f"at most {MOST} copies have identifiers of their own")
    for each in source.folders:
        shutil.copytree(each, folder / each.name, dirs_exist_ok=True)
    yield 1
    for number in range(2, copies + 1):
        for path in source.files(Part.GRAPH):
            kind = path.parent.name
            if kind in COPIED:
                copy = folder / "graph" / kind / f"{path.stem}-{number:02}.ttl"
                copy.write_text(copied(path.read_text(encoding="utf-8"), number), encoding="utf-8")
        yield number


def copied(text: str, number: int) -> str:
    """The text of a file with the keys, identifiers and digests of a copy."""
    suffix = f"{number:02}"
    text = _RECORD.sub(rf"\1-{suffix}", text)
    parts = _RECORD.split(text)  # the digits of a key identify nothing
    parts[::2] = [_IDENTIFIER.sub(rf"\g<1>\g<2>{IDENTIFIED + number}", part) for part in parts[::2]]
    text = "".join(parts)
    return _DIGEST.sub(suffix, text)
