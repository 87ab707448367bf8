"""What goes into a synthesis: people counted in one arm or two, and effects with their errors."""

from __future__ import annotations

import math
from dataclasses import dataclass

RISK_RATIO = "rr"
ODDS_RATIO = "or"
RISK_DIFFERENCE = "rd"
HAZARD_RATIO = "hr"
MEAN_DIFFERENCE = "md"

RATIOS = frozenset({RISK_RATIO, ODDS_RATIO, HAZARD_RATIO})
"""Measures that are modelled by their logarithm."""
MEASURES = (RISK_RATIO, ODDS_RATIO, RISK_DIFFERENCE, HAZARD_RATIO, MEAN_DIFFERENCE)
COUNTED = (RISK_RATIO, ODDS_RATIO, RISK_DIFFERENCE)
"""Measures that the people of two arms give."""


@dataclass(frozen=True)
class Counted:
    """One study: ``events`` of ``people`` had the outcome.

    Raises ``ValueError`` for numbers that are no share of people; no people at all are none, too,
    but they are a study that counted nobody.
    """

    label: str
    events: int
    people: int

    def __post_init__(self) -> None:
        if not 0 <= self.events <= self.people:
            raise ValueError(f"{self.label}: {self.events} of {self.people} is no share of people")

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.events / self.people


@dataclass(frozen=True)
class TwoArms:
    """One study: people with the outcome, of all, in an arm and in its comparator.

    Raises ``ValueError`` for numbers that are no share of people.
    """

    label: str
    events: int
    people: int
    comparator_events: int
    comparator_people: int

    def __post_init__(self) -> None:
        for events, people in self.arms:
            if not 0 <= events <= people:
                raise ValueError(f"{self.label}: {events} of {people} is no share of people")

    @property
    def arms(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Events and people of the arm, then of its comparator."""
        return (self.events, self.people), (self.comparator_events, self.comparator_people)


@dataclass(frozen=True)
class Estimate:
    """One effect on the scale of its model: the logarithm for a ratio, else as it is.

    Raises ``ValueError`` if the value is not finite or the standard error not above zero.
    """

    label: str
    value: float
    standard_error: float
    people: int | None = None

    def __post_init__(self) -> None:
        if not math.isfinite(self.value):
            raise ValueError(f"{self.label}: an effect of {self.value} cannot be pooled")
        if not (math.isfinite(self.standard_error) and self.standard_error > 0):
            raise ValueError(
                f"{self.label}: a standard error is above zero, not {self.standard_error}"
            )
