"""The parts of a figure that a second reader reads, and where two readings of them differ.

Numbers are compared by value: 75 and 75.0 are one number. A figure that counts people is
its own numerator, which may be left out, and a denominator that was read beside a figure without
one is no difference if it is the size of its group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from allograph.rdf.lexical import number_of
from allograph.rdf.nodes import Node

SHARE = ("numerator", "denominator")
INTERVAL = ("lowerLimit", "upperLimit")
RANGE = ("rangeLow", "rangeHigh")
PAIRS = (SHARE, INTERVAL, RANGE)
"""Numbers of which the first is never more than the second."""
NUMBERS = ("value", *SHARE, *INTERVAL, *RANGE)
"""The properties of a figure that hold a number which a source prints."""

WORDS = {
    "value": "value",
    "numerator": "numerator",
    "denominator": "denominator",
    "lowerLimit": "lower limit",
    "upperLimit": "upper limit",
    "rangeLow": "start of the range",
    "rangeHigh": "end of the range",
    "bound": "bound",
    "valueStatus": "reason for no value",
}
"""What people call each part."""

PEOPLE = "1"
"""The unit of a figure that counts people."""


@dataclass(frozen=True)
class Difference:
    """A part in which two readings differ; ``None`` is what was not printed to a reader."""

    part: str
    first: str | None
    second: str | None

    def __str__(self) -> str:
        """``value: first 75, second 76``."""
        first, second = self.first or "none", self.second or "none"
        return f"{WORDS[self.part]}: first {first}, second {second}"


def differences(figure: Node, reading: Node, group: Node) -> Iterator[Difference]:
    """Where a reading differs from the figure; ``group`` are the people that it is about."""
    first = {part: figure.text(part) for part in NUMBERS}
    second = {part: reading.text(part) for part in NUMBERS}
    if figure.text("unit") == PEOPLE and None in (first["numerator"], second["numerator"]):
        first["numerator"] = second["numerator"] = None
    if first["denominator"] is None and _same(second["denominator"], group.text("size")):
        second["denominator"] = None
    for part in NUMBERS:
        if not _same(first[part], second[part]):
            yield Difference(part, first[part], second[part])
    for part in ("bound", "valueStatus"):
        stated, read = figure.key(part), reading.key(part)
        if stated != read and {stated, read} != {None, "not-reported"}:
            yield Difference(part, stated, read)


def _same(first: str | None, second: str | None) -> bool:
    """Whether two numbers are one; what is no number is compared as it is written."""
    one, other = number_of(first), number_of(second)
    return first == second if one is None or other is None else one == other
