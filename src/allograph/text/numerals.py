"""Read the numbers that people send: a few plain ASCII digits, and nothing else that Python takes.

``int`` and ``float`` take more than people mean (``1_0``, ``nan``, the digits of any script), are
slow over thousands of digits or refuse them, and answer ``1e999`` with infinity. So a number is
looked at before it is read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import inf

LONGEST = 30
"""Characters of a number: more than any value of the graph has, and than any limit needs."""

INTEGER = r"[+-]?[0-9]+"
DECIMAL = r"[+-]?[0-9]+(?:\.[0-9]+)?"

_DIGITS = re.compile(r"[0-9]+")
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")


def is_number(text: str, pattern: str) -> bool:
    """Tell whether a text is a number of a pattern (``INTEGER``, ``DECIMAL``), and is short."""
    return len(text) <= LONGEST and re.fullmatch(pattern, text) is not None


def whole_number(text: str, lowest: int, highest: int) -> int | None:
    """Read a whole number without a sign; ``None`` for anything else, or beyond the bounds."""
    if len(text) > LONGEST or not _DIGITS.fullmatch(text):
        return None
    number = int(text)
    return number if lowest <= number <= highest else None


def half_unit(number: Decimal) -> Decimal:
    """Half a unit of the last digit of a number: 0.5 for 92, 0.005 for 0.45; 0 for NaN."""
    exponent = number.as_tuple().exponent
    return Decimal(5).scaleb(exponent - 1) if isinstance(exponent, int) else Decimal(0)


def between(low: str, high: str) -> str:
    """From one number to another, as printed: by a dash, or ``-16.0 to -1.4``, which has signs."""
    return f"{low} to {high}" if low.startswith("-") else f"{low}\N{EN DASH}{high}"


def seconds(text: str) -> float | None:
    """Read a finite number of seconds above 0; ``None`` for anything else."""
    if len(text) > LONGEST or not _SECONDS.fullmatch(text):
        return None
    number = float(text)
    return number if 0 < number < inf else None
