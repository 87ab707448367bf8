"""Numbers as reviewers write them in cells: whole numbers, and decimals with point or comma.

A cell either is a number in the notation that the profile names, or is an error with its cure;
nothing is guessed, since "1,476" is two different numbers to two readers.
"""

from __future__ import annotations

import re
from decimal import Decimal

_WHOLE = {
    ".": re.compile(r"\d+(?:\.0+)?|\d{1,3}(?:,\d{3})+"),
    ",": re.compile(r"\d+(?:,0+)?"),
}
_DECIMAL = {
    ".": re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|-?\.\d+"),
    ",": re.compile(r"-?\d+(?:,\d+)?"),
}
_KIND_OF = (
    (re.compile(r"\d+\s*\(.*\)"), "two figures in one cell; give each its own column"),
    (re.compile(r"\d+\s*(?:/|of)\s*\d+"), "two figures in one cell; give each its own column"),
    (re.compile(r"[<>≤≥~≈].*"), "a bound, not a figure; clear the cell, or curate it by hand"),
    (re.compile(r"[\d.,]+\s*[*†‡§a-z]+"), "a number with a mark; write the number alone"),
)


class NumberError(ValueError):
    """A cell that is no number, and how to mend it."""


def whole_number(text: str, decimal: str) -> int:
    """The number of people in a cell; raise a ``NumberError`` with the cure."""
    if not _WHOLE[decimal].fullmatch(text):
        raise NumberError(f"'{text}' is no whole number of people{_cure(text, decimal)}")
    return int(Decimal(_with_point(text, decimal)))


def decimal_number(text: str, decimal: str) -> Decimal:
    """The number in a cell with the digits that it has; raise a ``NumberError`` with the cure."""
    if not _DECIMAL[decimal].fullmatch(text):
        raise NumberError(f"'{text}' is no number{_cure(text, decimal)}")
    return Decimal(_with_point(text, decimal))


def decimals_of(number: Decimal) -> int:
    """How many digits stand after the point: 1 in 80.7."""
    return max(0, -exponent_of(number))


def exponent_of(number: Decimal) -> int:
    """The power of ten of the last digit: -1 for 80.7, and 1 for 50 if only the 5 is known."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{number} is no finite number")
    return exponent


def plain(number: Decimal) -> str:
    """A number in digits, as Turtle and CSV write it: never 1E+2."""
    return f"{number:f}"


def _with_point(text: str, decimal: str) -> str:
    return text.replace(",", "." if decimal == "," else "")


def _cure(text: str, decimal: str) -> str:
    other = "," if decimal == "." else "."
    if re.fullmatch(rf"-?\d+{re.escape(other)}\d+", text):
        return f'; if the sheet has decimals so, say decimal = "{other}" in the profile'
    for pattern, cure in _KIND_OF:
        if pattern.fullmatch(text):
            return f": {cure}"
    return "; write digits, or nothing where the report prints nothing"
