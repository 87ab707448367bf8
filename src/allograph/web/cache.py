"""Keep whole answers in memory by their entity tags, the last used ones, up to a number of bytes.

A tag is made of the release, the query, its dataset and the type, so an answer that is kept never
becomes wrong. Only whole answers are put here: one that broke off has no place in a cache.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app

EXTENSION = "allograph.cache"
MEBIBYTE = 1 << 20
# Bytes that an entry takes beside what it holds, about.
OVERHEAD = 512


@dataclass(frozen=True)
class KeptAnswer:
    """The body of an answer, and the headers that it had."""

    body: bytes
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        held = sum(len(name) + len(value) for name, value in self.headers.items())
        return len(self.body) + held + OVERHEAD


class AnswerCache:
    """The answers that were last used, together at most ``limit`` bytes; with 0, none."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.hits = 0
        self.misses = 0
        self._answers: OrderedDict[str, KeptAnswer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, tag: str) -> KeptAnswer | None:
        """Return the answer with this tag, which is now the last used one."""
        with self._lock:
            answer = self._answers.get(tag)
            if answer is None:
                self.misses += 1
            else:
                self.hits += 1
                self._answers.move_to_end(tag)
            return answer

    def put(self, tag: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Keep a whole answer, and let go of those that were used longest ago."""
        answer = KeptAnswer(body, dict(headers))
        if answer.size > self.limit:
            return
        with self._lock:
            if tag in self._answers:
                self.size -= self._answers.pop(tag).size
            self._answers[tag] = answer
            self.size += answer.size
            while self.size > self.limit:
                _, oldest = self._answers.popitem(last=False)
                self.size -= oldest.size


def keep_answers(app: Flask, mebibytes: int) -> None:
    """Give an application its cache."""
    app.extensions[EXTENSION] = AnswerCache(mebibytes * MEBIBYTE)


def current_cache() -> AnswerCache:
    """Return the cache of the application that answers this request."""
    cache: AnswerCache = current_app.extensions[EXTENSION]
    return cache


def remembered(tag: str, make: Callable[[], bytes]) -> bytes:
    """Return what is kept under a tag, else make it and keep it."""
    cache = current_cache()
    kept = cache.get(tag)
    if kept is not None:
        return kept.body
    made = make()
    cache.put(tag, made, {})
    return made
