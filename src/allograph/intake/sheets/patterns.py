"""Regular expressions that a person wrote in a profile: they match within a time, or are refused.

Some, such as ``(a|aa)+$``, try more ways than there are seconds, and Python's ``re`` cannot be
stopped. ``regex`` (https://pypi.org/project/regex/) reads the same notation and takes a time
limit; the engines of linear time have no lookahead, which profiles use to say "any but these".
What would grow in memory meanwhile, counts inside counts and recursion, is refused unread.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod
from typing import Any

import regex

LONGEST = 1_000  # characters of an expression
SECONDS = 1.0  # for one text, a thousand times what a sensible expression needs
_MOST_REPEATED = 10_000  # by all counts of an expression together: a compiled count is unrolled
_COUNT = re.compile(r"\{(\d*),?(\d*)\}")
_RECURSION = re.compile(r"\(\?(?:R|&|P>|[+-]?\d)")


class PatternError(ValueError):
    """An expression that cannot be read, or takes too long; the message says which."""


@lru_cache(maxsize=256)
def compiled(pattern: str) -> Any:
    """The expression, ready to match; raise a ``PatternError`` if it is none that is run here."""
    if len(pattern) > LONGEST:
        raise PatternError(f"a regular expression of more than {LONGEST:,} characters")
    counts = [max(int(most or 1), int(least or 1), 1) for least, most in _COUNT.findall(pattern)]
    if prod(counts) > _MOST_REPEATED or _RECURSION.search(pattern):
        raise PatternError("a regular expression that repeats too much; write a simpler one")
    try:
        return regex.compile(pattern, regex.VERSION0)
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise PatternError(f"no regular expression: {error}") from None


def fullmatch(pattern: str, text: str, seconds: float = SECONDS) -> Any:
    """The match of all of a text, or ``None``; raise a ``PatternError`` if it takes too long."""
    try:
        return compiled(pattern).fullmatch(text, timeout=seconds)
    except (TimeoutError, MemoryError):
        message = f"'{pattern}' takes too long to match '{text[:40]}'"
        cure = "write it without a repetition inside a repetition"
        raise PatternError(f"{message}; {cure}") from None
