"""What a rule is, and what it finds.

A rule is a function from the evidence to doubts. Its words (label, explanation, example, cure,
severity, the flag that it raises or decides) stand in ``ontology/rules/<key>.ttl``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from allograph.evidence import Evidence


@dataclass(frozen=True, order=True)
class Doubt:
    """What a rule says about one node: a sentence, the value in doubt, and what else is involved.

    ``about`` and ``involves`` are IRIs; the sentence holds figures and our words, never a source's.
    """

    about: str
    message: str
    value: str | None = None
    involves: tuple[str, ...] = ()


Rule: TypeAlias = Callable[[Evidence], Iterator[Doubt]]
