"""Find the dates of a text as they are printed, and read them, for all that read dates.

``2018-10-15``, ``2018 Oct 15``, ``Jun 5, 2019``, ``5th of June 2019``, ``June 2019`` say one thing.
A date in digits alone is open: day or month may be first. With points, as ``01.10.2016``, the day
is, by convention; with strokes or hyphens nobody can say. ``readings`` keep both, and ``usual`` are
those of the convention.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
"""The name of a month, whole or short; small letters stand for capital ones, too."""
_YEAR = r"(?:1[89]|20)[0-9]{2}"
_PARTS = {
    "y": (_YEAR, r"(?!\w)"),
    "m": (MONTH, ""),
    "d": (r"0?[1-9]|[12][0-9]|3[01]", r"(?:st|nd|rd|th)?(?!\w|\.[0-9])"),
}
_ORDERS = ("ymd", "mdy", "dmy", "ym", "my")
_BETWEEN = r"(?:\s?,\s{0,2}|\s{1,2}(?:of\s)?)"


def _worded(place: int, order: str) -> str:
    """A pattern of a date with its month in a word: the parts as they follow each other."""
    parts = ((part, *_PARTS[part]) for part in order)
    return _BETWEEN.join(f"(?P<{part}{place}>{form}){behind}" for part, form, behind in parts)


DATE = (
    rf"(?:(?<![\w-])(?P<iso>{_YEAR}-[01][0-9]-[0-3][0-9])(?![\w-])"
    r"|(?<![\w./-])(?P<one>[0-9]{1,2})(?P<mark>[./-])(?P<two>[0-9]{1,2})(?P=mark)"
    rf"(?P<year>{_YEAR})(?![\w/])"
    rf"|(?<![\w.])(?:{'|'.join(_worded(*one) for one in enumerate(_ORDERS))}))"
)
"""A pattern of a date, for a pattern that ignores case; ``date_of`` reads its match."""
_DATE = re.compile(DATE, re.IGNORECASE)


@dataclass(frozen=True)
class PrintedDate:
    """A date at its place, in code points; ``readings`` are in ISO 8601, day first before month.

    A month alone is read as ``2019-06``. What is no day, as ``31.02.2016``, has no reading.
    """

    start: int
    end: int
    text: str
    readings: tuple[str, ...]

    @property
    def usual(self) -> tuple[str, ...]:
        """What it says by convention: with points, the day is first."""
        return self.readings[:1] if "." in self.text else self.readings

    @property
    def days(self) -> tuple[date, ...]:
        """The days of ``usual``; none for a month."""
        return tuple(date.fromisoformat(text) for text in self.usual if text.count("-") > 1)


def printed_dates(text: str) -> Iterator[PrintedDate]:
    """The dates of a text in their order."""
    for match in _DATE.finditer(text):
        if (found := date_of(match)).readings:
            yield found


def date_of(match: re.Match[str]) -> PrintedDate:
    """The date that a match of ``DATE``, or of a pattern with it, has found."""
    return PrintedDate(*match.span(), match[0], tuple(dict.fromkeys(filter(_is_day, _read(match)))))


def _read(match: re.Match[str]) -> Iterator[str]:
    if match["iso"]:
        yield match["iso"]
    elif match["mark"]:
        for day, month in ((match["one"], match["two"]), (match["two"], match["one"])):
            yield f"{match['year']}-{month:0>2}-{day:0>2}"
    else:
        place, order = next(
            (place, order) for place, order in enumerate(_ORDERS) if match[f"m{place}"]
        )
        name = match[f"m{place}"].casefold().rstrip(".")
        month = next(number for number, full in enumerate(_NAMES, 1) if full.startswith(name[:3]))
        day = f"-{match[f'd{place}']:0>2}" if "d" in order else ""
        yield f"{match[f'y{place}']}-{month:02}{day}"


def _is_day(text: str) -> bool:
    """Whether a date of ISO 8601, of a day or a month, is one of the calendar."""
    try:
        date.fromisoformat(text if text.count("-") > 1 else f"{text}-01")
    except ValueError:
        return False
    return True
