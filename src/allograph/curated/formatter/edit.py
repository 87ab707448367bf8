"""Put new values into a curated file, and leave every other character as it is."""

from __future__ import annotations

from typing import TypeAlias

from allograph.rdf.turtle import canonical_triples
from allograph.rdf.turtle_statements import written_in

Changes: TypeAlias = dict[tuple[str, str], str]
"""New objects, as Turtle writes them, by subject and predicate; each triple has one object."""


def with_values(text: str, changes: Changes, shown_as: str) -> str:
    """The text with new objects in place of the old. Raises ``TurtleError`` if it is no Turtle."""
    for one in reversed(list(written_in(text, shown_as))):
        if (value := changes.get((one.subject, one.predicate))) is not None:
            text = text[: one.start] + value + text[one.end :]
    canonical_triples(text, shown_as)
    return text
