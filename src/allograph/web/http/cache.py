"""Keep whole answers in memory by their entity tags, the last used ones, up to a number of bytes.

A tag is that of a ``keeping.Key``, so an answer that is kept never becomes wrong. Only whole
answers are put here: one that broke off has no place in a cache.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from flask import Flask, current_app

from allograph.errors import Busy

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


@dataclass
class Making:
    """An answer that somebody makes now; without a body when it is done, that failed."""

    done: threading.Event = field(default_factory=threading.Event)
    body: bytes | None = None


class AnswerCache:
    """The answers that were last used, together at most ``limit`` bytes; with 0, none.

    Invariant: whatever stands in ``_making`` has one thread that makes it, and that thread takes it
    out again, after the answer was put; so who looks for both under the lock misses neither.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.hits = 0
        self.misses = 0
        self._answers: OrderedDict[str, KeptAnswer] = OrderedDict()
        self._making: dict[str, Making] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, tag: str) -> KeptAnswer | None:
        """The answer with this tag, which is now the last used one."""
        with self._lock:
            answer = self._answers.get(tag)
            if answer is None:
                self.misses += 1
            else:
                self.hits += 1
                self._answers.move_to_end(tag)
            return answer

    def made_once(self, tag: str, make: Callable[[], bytes], wait: float) -> bytes:
        """What is kept under a tag, else make and keep it; of several at once, one makes it.

        Raises:
            Busy: when somebody else has not made it after ``wait`` seconds.

        """
        until = monotonic() + wait
        if (kept := self.get(tag)) is not None:
            return kept.body
        while True:
            with self._lock:
                if tag in self._answers:
                    return self._answers[tag].body
                if (others := self._making.get(tag)) is None:
                    mine = self._making[tag] = Making()
                    break
            if not others.done.wait(max(0.0, until - monotonic())):
                raise Busy("this answer is being made for somebody else", 1)
            if others.body is not None:
                return others.body
        try:
            mine.body = make()
            self.put(tag, mine.body, {})
            return mine.body
        finally:
            with self._lock:
                del self._making[tag]
            mine.done.set()

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
    """The cache of the application that answers this request."""
    cache: AnswerCache = current_app.extensions[EXTENSION]
    return cache
