"""The figures of one made-up study, drawn from the seed and its number alone.

So the first five of fifty studies are the five that a size of five gives, and no study waits for
the one before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

NESTED = ("overall-response", "complete-remission", "mrd-negativity")
"""Outcomes of which each is a kind of the one before, and reached by no more people."""
ARMS = ("first", "second")
REGIMENS = ("inotuzumab-ozogamicin", "standard-intensive-chemotherapy")


@dataclass(frozen=True)
class Arm:
    """One arm: how many people, of whom so many reached each outcome, and how long they lived.

    ``median``, ``lower`` and ``upper`` are months; ``alive`` is the percentage alive at 24 months.
    """

    key: str
    regimen: str
    size: int
    reached: dict[str, int]
    median: Decimal
    lower: Decimal
    upper: Decimal
    alive: Decimal

    def share(self, outcome: str) -> Decimal:
        """The percentage that reached an outcome, with one decimal."""
        return one_decimal(Decimal(100 * self.reached[outcome]) / self.size)


@dataclass(frozen=True)
class Trial:
    """A made-up trial of two arms."""

    number: int
    year: int
    arms: tuple[Arm, Arm]

    @property
    def key(self) -> str:
        return key_of(self.number)

    @property
    def size(self) -> int:
        """Everybody in it."""
        return sum(arm.size for arm in self.arms)


def key_of(number: int) -> str:
    """The key of a made-up study: ``made-up-000001``."""
    return f"made-up-{number:06}"


def made_up(seed: int, number: int) -> Trial:
    """The made-up trial with this number, from 1."""
    drawn = Random(f"{seed}/{number}")  # noqa: S311  # not for secrets
    year = drawn.randint(1995, 2024)
    first, second = (_arm(drawn, key, regimen) for key, regimen in zip(ARMS, REGIMENS, strict=True))
    return Trial(number, year, (first, second))


def one_decimal(value: Decimal) -> Decimal:
    """A number as it is printed."""
    return value.quantize(Decimal("0.1"))


def _arm(drawn: Random, key: str, regimen: str) -> Arm:
    size = drawn.randint(20, 400)
    median = Decimal(drawn.randint(30, 240)) / 10
    width = 1 + median / 5
    reached = {"hsct-receipt": drawn.randint(1, size - 1)}
    most = size - 1
    for outcome in NESTED:
        reached[outcome] = most = drawn.randint(1, most)
    return Arm(
        key,
        regimen,
        size,
        reached,
        one_decimal(median),
        one_decimal(median - width),
        one_decimal(median + width),
        # Less than half are alive at 24 months, as a median below it demands.
        one_decimal(Decimal(drawn.randint(50, 450)) / 10),
    )
