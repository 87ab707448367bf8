"""Years as sheets write them: 2011, 2011a of two studies of one year, 2011.0 of a program."""

from __future__ import annotations

import re

from allograph.intake.sheets.numbers import folded_digits, shortened

_YEAR = re.compile(r"((?:18|19|20)[0-9]{2})(?:\.0*)?\s?[a-z]?", re.IGNORECASE)
_NUMBER = re.compile(r"([0-9]{4})\.0*")
_NOT_YET = re.compile(
    r"(?:in press|forthcoming|submitted|accepted|unpublished|ongoing|in preparation|no date"
    r"|n\.?d\.?|ahead of print|epub|online first)(?![a-z]).*",
    re.IGNORECASE,
)


class YearError(ValueError):
    """A text that is no year, with the cure."""


def year_of(text: str) -> str:
    """The four digits of a year, or nothing where the text says that there is none yet."""
    folded = folded_digits(text)
    if match := _YEAR.fullmatch(folded):
        return match[1]
    if _NOT_YET.fullmatch(folded):
        return ""
    cure = 'write it so, or say study.year = "" if the column holds something else'
    if re.fullmatch(r"'?[0-9]{2}", folded):
        cure = "two digits leave the century open; write all four"
    raise YearError(f"'{shortened(text)}' is no year of four digits, as in 1948; {cure}")


def without_point(text: str) -> str:
    """A year as a person writes it: programs make 2011.0 of it where another cell is empty."""
    match = _NUMBER.fullmatch(text)
    return match[1] if match else text
