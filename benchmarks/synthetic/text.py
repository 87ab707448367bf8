"""The text of a made-up report, and where each sentence of it stands.

The text is written sentence by sentence, so that a locator is known when its sentence is: its
start and end in Unicode code points, its number, and its SHA-256.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

SECTION = "Abstract"


@dataclass(frozen=True)
class Span:
    """Where a sentence stands; ``start`` and ``end`` count code points from 0."""

    start: int
    end: int
    sentence: int
    sha256: str


class Text:
    """A text that grows, a sentence at a time, below one heading."""

    def __init__(self) -> None:
        self._parts = [f"{SECTION}\n\n"]
        self._length = len(self._parts[0])
        self._sentences = 0

    def add(self, sentence: str) -> Span:
        """Write one more sentence, and say where it stands."""
        start, end = self._length, self._length + len(sentence)
        self._parts.append(f"{sentence} ")
        self._length = end + 1
        self._sentences += 1
        return Span(start, end, self._sentences, sha256(sentence.encode()))

    def content(self) -> bytes:
        """The text so far, in UTF-8."""
        return f"{''.join(self._parts).rstrip()}\n".encode()


def sha256(content: bytes) -> str:
    """The digest that a held text and a locator carry."""
    return hashlib.sha256(content).hexdigest()
