"""Walk from IRI to IRI: up a hierarchy, along relations, through what belongs together."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator


def walk(starts: Iterable[str], further: Callable[[str], Iterable[str]]) -> Iterator[str]:
    """Each IRI that is reached, the starts among them: the nearest first, each once.

    A circle ends the walk, and whoever stops listening has no more steps made.
    """
    waiting = deque(starts)
    seen: set[str] = set()
    while waiting:
        iri = waiting.popleft()
        if iri not in seen:
            seen.add(iri)
            yield iri
            waiting.extend(further(iri))
