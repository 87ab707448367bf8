"""What is read of the graph to judge a node: one value for shapes and for their queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


class Unknown(Exception):
    """A shape, or a query, of which it is not known what it reads."""


@dataclass
class Sight:
    """What is read from a node on: properties in and against their direction, and from where else.

    ``all_properties`` is a query that asks which properties a node has, and about these.
    """

    forward: set[str] = field(default_factory=set)
    inverse: set[str] = field(default_factory=set)
    starts: set[str] = field(default_factory=set)
    all_properties: bool = False

    def written(self) -> list[Any]:
        """As a value of JSON."""
        return [*map(sorted, (self.forward, self.inverse, self.starts)), self.all_properties]

    @classmethod
    def read(cls, content: list[Any]) -> Sight:
        """From such a value."""
        forward, inverse, starts, all_properties = content
        return cls(set(forward), set(inverse), set(starts), all_properties)
