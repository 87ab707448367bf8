"""What the cells of a row hold, whatever kind of pool it is made of."""

from __future__ import annotations

from dataclasses import dataclass

from allograph.evidence.pooling.answers import Pool
from allograph.reading.summary.absolute import Limits
from allograph.reading.summary.table import Absolute, Relative


@dataclass(frozen=True)
class Cells:
    """The cells, why one is empty, remarks for the notes, and each figure's value in words.

    ``stand_in`` is the pool with the numbers of its only study, where it has none of its own: what
    is proposed of certainty needs an interval.
    """

    state: str
    values: tuple[str, ...]
    why: tuple[str, ...] = ()
    absolute: Absolute | None = None
    absolute_why: str = ""
    relative: Relative | None = None
    extremes: tuple[float, float] | None = None
    remarks: tuple[str, ...] = ()
    stand_in: Pool | None = None


def limits_of(value: float | None, lower: float | None, upper: float | None) -> Limits | None:
    """A number with its interval; ``None`` without a number."""
    return None if value is None else Limits(value, lower, upper)
