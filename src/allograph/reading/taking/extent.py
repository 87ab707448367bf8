"""Which part of an answer is wanted: ``limit=`` rows, after the first ``offset=`` of them.

The rows of every question have a total order, so that parts fit together: the next part begins
where this one ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.errors import ParameterError
from allograph.text.numerals import whole_number

LIMIT, OFFSET = "limit", "offset"
NAMES = (LIMIT, OFFSET)
MOST = 1_000_000_000


@dataclass(frozen=True)
class Extent:
    """A part of an answer; as it is, all of it."""

    limit: int | None = None
    offset: int = 0

    @property
    def is_part(self) -> bool:
        """Tell whether it may leave rows out."""
        return self.limit is not None or self.offset > 0

    @property
    def meaning(self) -> tuple[str, ...]:
        """What tells an answer of this part from others."""
        return (f"limit={self.limit}", f"offset={self.offset}") if self.is_part else ()

    @property
    def next(self) -> Extent | None:
        """The part behind this one; nothing, if this one has no end."""
        return Extent(self.limit, self.offset + self.limit) if self.limit is not None else None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The arguments that name it."""
        limit = [] if self.limit is None else [(LIMIT, str(self.limit))]
        return [*limit, (OFFSET, str(self.offset))] if self.offset else limit


def extent_of(arguments: Mapping[str, Sequence[str]]) -> Extent:
    """Read a part from arguments; the last of several counts.

    Raises:
        ParameterError: for what is no whole number, or too large.

    """
    limit, offset = (_number(arguments, name, lowest) for name, lowest in ((LIMIT, 1), (OFFSET, 0)))
    return Extent(limit, offset or 0)


def part_of_query(sparql: str, extent: Extent, beyond: int = 0) -> str:
    """The query for a part of its answer, and for some rows ``beyond``; it ends with its order."""
    limit = "" if extent.limit is None else f"\nLIMIT {extent.limit + beyond}"
    offset = f"\nOFFSET {extent.offset}" if extent.offset else ""
    return f"{sparql.rstrip()}{limit}{offset}\n" if extent.is_part else sparql


def _number(arguments: Mapping[str, Sequence[str]], name: str, lowest: int) -> int | None:
    given = [text for text in arguments.get(name, ()) if text]
    if not given:
        return None
    number = whole_number(given[-1], lowest, MOST)
    if number is None:
        message = f"{name}: '{given[-1]}' is no whole number from {lowest} to {MOST:,}"
        raise ParameterError(name, message)
    return number
