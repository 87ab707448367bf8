"""What a relative effect means for 1,000 people, given how many have the outcome without it.

The formulas are those of the Cochrane Handbook 5.1, section 11.5.5, and of its chapter 14 today:
a risk ratio multiplies the risk, an odds ratio the odds; a hazard ratio is the power of the share
that has not had the event, which holds if hazards stay proportional. Shares are from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

PER = 1000
"""Of how many people absolute effects are told."""
HAZARDS = ("hr", "shr")
"""Ratios of hazards: of all causes, or of one beside others."""
MEASURES = ("rr", "or", *HAZARDS, "rd")
"""Measures that give a share of people."""


@dataclass(frozen=True)
class Limits:
    """A number and its interval; ``None`` where a limit is not known."""

    value: float
    lower: float | None = None
    upper: float | None = None

    def through(self, change: Callable[[float], float]) -> Limits:
        """The same after a change that keeps or turns the order of numbers."""
        ends = [change(end) for end in (self.lower, self.upper) if end is not None]
        if len(ends) < 2:
            return Limits(change(self.value))
        return Limits(change(self.value), min(ends), max(ends))


def with_ratio(measure: str, without: float, ratio: float, *, is_event: bool) -> float:
    """The share with a treatment, of the share without it and a ratio.

    ``measure`` is ``rr``, ``or``, ``hr``, ``shr`` or ``rd``. A hazard is that of an event: where
    the share counts those who have not had it, as survival does, ``is_event`` is false. More than
    all people are all of them, and fewer than none are none. Raises ``ValueError`` for another
    measure.
    """
    if measure == "rr":
        share = without * ratio
    elif measure == "or":
        share = without * ratio / (1 - without + without * ratio)
    elif measure in HAZARDS:
        share = 1 - (1 - without) ** ratio if is_event else without**ratio
    elif measure == "rd":
        share = without + ratio
    else:
        raise ValueError(f"'{measure}' gives no share of people")
    return min(1.0, max(0.0, share))


def middle_of(shares: list[float]) -> float:
    """The share without the treatment that stands for several studies: their median.

    It is what the Handbook takes where only one is given (11.5.5). Raises ``StatisticsError``
    without any.
    """
    return median(shares)
