"""What a judgement of certainty is bound to: one pool of one answer, and its numbers.

An answer has the address at which the service gives it, a pool of it has words, and a digest is
made of the numbers: when one of these changes, the answer is another one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from allograph.namespaces import BASE, key_of
from allograph.synthesis.pooled import Synthesis

DIGITS = 4
"""Significant digits of pooled numbers that count: more differ with a library's version."""


class PooledRow(Protocol):
    """One figure of a pool: its study, the figure and its report, by their IRIs."""

    @property
    def study(self) -> str: ...
    @property
    def figure(self) -> str: ...
    @property
    def report(self) -> str: ...


class Pool(Protocol):
    """What is asked of a pool: what its figures have in common, they, and the pooled number."""

    @property
    def words(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def rows(self) -> Sequence[PooledRow]: ...
    @property
    def synthesis(self) -> Synthesis: ...
    @property
    def refusals(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class AnswerKey:
    """One pool of an answer: where it is given, what it is of, and the digest of its numbers."""

    address: str
    words: str
    digest: str


def answer_key(outcome: str, pool: Pool, **asked: Sequence[str]) -> AnswerKey:
    """The key of a pool of the answer for an outcome (an IRI or a key).

    ``asked`` are the arguments of its address, as in ``drug=("blinatumomab",)``: keys, or IRIs,
    which are cut to their keys; those without a value do not count.
    """
    parts = [
        f"{name}={key_of(value) if value.startswith(BASE) else value}"
        for name in sorted(asked)
        for value in sorted(asked[name])
    ]
    key = key_of(outcome) if outcome.startswith(BASE) else outcome
    address = f"{BASE}pool/{key}" + ("?" + "&".join(parts) if parts else "")
    return AnswerKey(address, pool.words, digest_of(pool))


def digest_of(pool: Pool) -> str:
    """The SHA-256 of the figures of a pool, what they are made of, and the pooled numbers."""
    found = pool.synthesis
    numbers = [found.estimate, found.lower, found.upper, found.level]
    content = {
        "model": found.model,
        "people": found.people,
        "numbers": [None if number is None else f"{number:.{DIGITS}g}" for number in numbers],
        "rows": sorted(row.figure for row in pool.rows),
        "refusals": sorted(pool.refusals),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
