"""One figure as people."""

from __future__ import annotations

from dataclasses import dataclass

from allograph.evidence.records import Result


@dataclass(frozen=True)
class Share:
    """One figure as people: ``is_printed`` when the count is, else the percentage gives it."""

    result: Result
    numerator: int
    denominator: int
    tier: str | None
    is_printed: bool

    @property
    def percentage(self) -> float:
        """In percent."""
        return 100 * self.numerator / self.denominator
