"""How far a printed figure was rounded, so that arithmetic asks no more of it than its digits."""

from __future__ import annotations

from decimal import Decimal

from allograph.evidence.records import Figure, Result
from allograph.evidence.units import IN_WORDS
from allograph.text.numerals import half_unit

HUNDRED = Decimal(100)


def rounding(figure: Figure) -> Decimal:
    """How far the value may lie from the printed one: its tolerance, else its digits."""
    if isinstance(figure, Result) and figure.tolerance is not None:
        return figure.tolerance
    return Decimal(0) if figure.value is None else half_unit(figure.value)


def shown(figure: Figure) -> str:
    """The value with its unit, for a sentence: ``80.7%``, ``7.7 months``."""
    if figure.unit == "%":
        return f"{figure.value}%"
    return f"{figure.value} {IN_WORDS.get(figure.unit or '', '')}".rstrip()


def nearest(people: int, percentage: Decimal) -> int:
    """The whole number of people that comes nearest to a percentage."""
    return round(percentage * people / HUNDRED)


def share(numerator: int, people: int) -> Decimal:
    """A share in percent."""
    return HUNDRED * numerator / people


def gives(people: int, percentage: Decimal, tolerance: Decimal) -> bool:
    """Whether some whole number of so many people gives a printed percentage."""
    return abs(share(nearest(people, percentage), people) - percentage) <= tolerance
