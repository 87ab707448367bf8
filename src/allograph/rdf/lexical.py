"""Which texts fit a datatype: the lexical spaces of XSD 1.1 part 2, section 3.

https://www.w3.org/TR/xmlschema11-2/. Python's own readers are no judges: ``int`` takes ``1_2`` and
the digits of every script. White space around a value is a mistake, as no step of RDF takes it away
(RDF 1.1 Concepts, section 5.1).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, partial

from allograph.rdf.names import CHARS, LETTERS
from allograph.rdf.vocabularies import XSD

DIGITS, SMALLEST, LARGEST = 15, -30, 11
"""Significant digits of a number, and the powers of ten of its last and its first digit.

Any two such numbers can be multiplied, and the product divided and rounded, with the 28 digits that
``decimal`` reckons with; none is infinite as a float.
"""

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]{1,4})?")
_YEAR = r"(?P<year>-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
_MONTHS = r"(?:[0-9]+Y)?(?:[0-9]+M)?"
_DAYS = r"(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?"
_INTEGER = re.compile("[+-]?[0-9]+")
_FLOAT = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[Ee][+-]?[0-9]+)?|[+-]?INF|NaN"
_DATES = {
    "date": f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}?",
    "dateTime": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}?",
    "dateTimeStamp": f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
    "gMonthDay": f"--{_MONTH}-{_DAY}{_ZONE}?",
}
_PATTERNS = {
    "string": "(?s:.*)",
    "boolean": "true|false|1|0",
    "decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    "double": _FLOAT,
    "float": _FLOAT,
    "time": f"{_TIME}{_ZONE}?",
    "gYear": f"{_YEAR}{_ZONE}?",
    "gYearMonth": f"{_YEAR}-{_MONTH}{_ZONE}?",
    "gMonth": f"--{_MONTH}{_ZONE}?",
    "gDay": f"---{_DAY}{_ZONE}?",
    "duration": f"-?P(?=[0-9T]){_MONTHS}{_DAYS}",
    "yearMonthDuration": f"-?P(?=[0-9]){_MONTHS}",
    "dayTimeDuration": f"-?P(?=[0-9T]){_DAYS}",
    "hexBinary": "(?:[0-9A-Fa-f]{2})*",
    "base64Binary": "(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}[AEIMQUYcgkosw048] ?= ?)?"
    "|(?:(?:[A-Za-z0-9+/] ?){4})*[A-Za-z0-9+/] ?[AQgw] ?= ?= ?",
    # XSD lets any text be an IRI; RFC 3987 leaves these out, and so do we.
    "anyURI": r'[^\s<>"{}|\\^`\x00-\x20\x7f]*',
    "normalizedString": r"[^\t\n\r]*",
    "token": r"(?:[^\t\n\r ]+(?: [^\t\n\r ]+)*)?",
    "language": "[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "Name": f"[{LETTERS}_:][{CHARS}.:]*",
    "NCName": f"[{LETTERS}_][{CHARS}.]*",
    "NMTOKEN": f"[{CHARS}.:]+",
}
_RANGES: Mapping[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
NUMBERS = frozenset({XSD[name] for name in ("decimal", "double", "float", *_RANGES)})
"""The datatypes of numbers."""


def fits(text: str, datatype: str) -> bool:
    """Whether a text is in the lexical space of a datatype.

    Any text fits a datatype that is none of XSD, and none fits a name that XSD has not.
    """
    if not datatype.startswith(XSD):
        return True
    judge = _JUDGES.get(datatype.removeprefix(XSD))
    return judge is not None and judge(text)


def number_of(text: str | None) -> Decimal | None:
    """The number that a text is, if it is one that can be reckoned with (see ``DIGITS``)."""
    if text is None or not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text)
    _sign, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int) or len(digits) > DIGITS:
        return None
    return number if exponent >= SMALLEST and exponent + len(digits) - 1 <= LARGEST else None


def _is_integer(lowest: int | None, highest: int | None, text: str) -> bool:
    if not _INTEGER.fullmatch(text):
        return False
    # Python reads no more than 4,300 digits; which side of a range such a number is on is clear.
    digits = text.lstrip("+-").lstrip("0")[:30] or "0"
    number = -int(digits) if text.startswith("-") else int(digits)
    return (lowest is None or number >= lowest) and (highest is None or number <= highest)


def _is_day(pattern: str, text: str) -> bool:
    """A date of the calendar, which is Gregorian for all years (section D.2.1)."""
    match = _compiled(pattern).fullmatch(text)
    if match is None:
        return False
    parts = match.groupdict()
    # The calendar repeats itself after 400 years; a day without a year may be that of a leap year.
    year = int(parts.get("year", "2000")[-4:]) % 400 or 400
    return int(parts["day"]) <= calendar.monthrange(year, int(parts["month"]))[1]


def _matches(pattern: str, text: str) -> bool:
    return _compiled(pattern).fullmatch(text) is not None


_compiled = cache(re.compile)
"""Names take a hundredth of a second, and hardly any text is one."""


_JUDGES: Mapping[str, Callable[[str], bool]] = {
    **{name: partial(_matches, pattern) for name, pattern in _PATTERNS.items()},
    **{name: partial(_is_day, pattern) for name, pattern in _DATES.items()},
    **{name: partial(_is_integer, *limits) for name, limits in _RANGES.items()},
}
