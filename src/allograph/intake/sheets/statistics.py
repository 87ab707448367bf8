"""The statistics that a sheet can hold: the class of the figure, its unit, and what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Scale:
    """How a sheet writes a number, and what turns it into the unit of the graph."""

    factor: Decimal
    highest: Decimal | None = None


SCALES = {
    "percent": Scale(Decimal(1), Decimal(100)),
    "fraction": Scale(Decimal(100), Decimal(1)),
    "months": Scale(Decimal(1)),
}


@dataclass(frozen=True)
class Statistic:
    """One row of the table: how figures with this statistic stand in the graph."""

    kind: str
    unit: str
    scales: tuple[str, ...] = ("percent", "fraction")
    needs_value: bool = True
    at_time: bool = False
    has_origin: bool = False


STATISTICS = {
    "count": Statistic("Count", "1", needs_value=False),
    "percentage": Statistic("Proportion", "%"),
    "survival-probability": Statistic("ProbabilityAtTime", "%", at_time=True, has_origin=True),
    "cumulative-incidence": Statistic("ProbabilityAtTime", "%", at_time=True, has_origin=True),
    "median-time-to-event": Statistic("TimeToEvent", "mo", ("months",), has_origin=True),
}
