"""Texts that a spreadsheet program would run as a formula, made harmless by an apostrophe.

A program that opens a CSV file takes what begins with ``=``, ``+``, ``-``, ``@``, a tab or a
carriage return for a formula (OWASP, CSV Injection). A number is none, and stays a number; nor is
a printed figure with what stands in brackets behind it, as in ``-8.7 [95% CI, -16.0 to -1.4]``.
"""

from __future__ import annotations

import re

FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIGURE = re.compile(
    r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d{1,3})?%?(?: ?[\[(](?:(?!\w\()[^=+@|!'\"&*/^\t\r])*)?",
    re.ASCII,
)
"""Behind the number there is no operator, no quotation mark and no call of a function."""


def guarded(text: str) -> str:
    """A text that no spreadsheet program runs: ``=1+1`` becomes ``'=1+1``; numbers stay."""
    runs = text.startswith(FORMULA) and not _FIGURE.fullmatch(text)
    return f"'{text}" if runs else text


def unguarded(text: str) -> str:
    """The text before it was guarded."""
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
