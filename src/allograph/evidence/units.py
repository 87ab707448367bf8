"""The units of the graph, by their UCUM codes, and numbers with a unit that people type.

Times convert by UCUM's own definitions (https://ucum.org/ucum, sections 4.2 and 4.3): a is the
Julian year of 365.25 d, mo a twelfth of it, 30.4375 d. Nothing else in the graph converts. A table
of ten rows does it, where ``pint`` and ``ucumvert`` would bring every unit there is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from allograph.errors import nearest
from allograph.text.numerals import DECIMAL, is_number

_NUMBER = re.compile(rf"(?P<number>{DECIMAL})\s*(?P<unit>[^\W\d_].*|%|\{{.*\}})?")
LONGEST = 60
"""Characters of a number and its unit: two of the longest names that people write."""
DECIMALS = 6
"""Places after the point that a converted number keeps."""


@dataclass(frozen=True)
class Unit:
    """What a unit measures, how many of the dimension's smallest it is, and its other names."""

    dimension: str
    factor: Fraction
    names: tuple[str, ...]


UNITS: Mapping[str, Unit] = {
    "d": Unit("time", Fraction(1), ("day", "days")),
    "wk": Unit("time", Fraction(7), ("week", "weeks")),
    "mo": Unit("time", Fraction(487, 16), ("month", "months")),
    "a": Unit("time", Fraction(1461, 4), ("year", "years")),
    "%": Unit("share", Fraction(1), ("percent", "per cent")),
    "1": Unit("number", Fraction(1), ()),
    "mg/m2": Unit("dose by body surface", Fraction(1), ("mg/m²",)),
    "{cycle}": Unit("cycles", Fraction(1), ("cycle", "cycles")),
    "/a": Unit("events by time", Fraction(4, 1461), ("per patient-year",)),
    "/mo": Unit("events by time", Fraction(16, 487), ("per patient-month",)),
    "/(100.a)": Unit("events by time", Fraction(4, 146100), ("per 100 patient-years",)),
    "{score}": Unit("points of a scale", Fraction(1), ("point", "points")),
}
IN_WORDS: Mapping[str, str] = {
    "mo": "months",
    "a": "years",
    "d": "days",
    "mg/m2": "mg/m²",
    "ug/d": "µg a day",
    "ug/m2/d": "µg/m² a day",
    "{cycle}": "cycles",
    "{score}": "points",
    "/a": "per patient-year",
    "/mo": "per patient-month",
    "/(100.a)": "per 100 patient-years",
}
"""How people read a unit behind a number; one that is missing here is read as its code."""
_CODE_BY_NAME = {
    name.casefold(): code for code, unit in UNITS.items() for name in (code, *unit.names)
}


def in_unit(text: str, code: str) -> str:
    """Return the number in a text such as "12", "12 mo" or "1 year", in the unit ``code``.

    Raises ``ValueError``, with what is taken, for what is no number or in no unit that converts.
    """
    found = _NUMBER.fullmatch(text.strip()) if len(text) <= LONGEST else None
    taken = [other for other in UNITS if UNITS[other].dimension == UNITS[code].dimension]
    if not found:
        raise ValueError(f"'{text}' is not a number in {_or(taken)}, as in 12 {code}")
    if not is_number(found["number"], DECIMAL):
        raise ValueError(f"'{text}' has too many digits to be a number of the graph")
    given = found["unit"]
    if given is None:
        return found["number"]
    known = _CODE_BY_NAME.get(given.casefold())
    if known not in taken:
        meant = nearest(given, [name for other in taken for name in (other, *UNITS[other].names)])
        raise ValueError(f"'{given}' is not a unit that converts to {code}{meant}")
    return _decimal(Fraction(found["number"]) * UNITS[known].factor / UNITS[code].factor)


def _decimal(number: Fraction) -> str:
    """Write a number without needless zeros."""
    text = f"{float(number):.{DECIMALS}f}"  # finite: a number has few digits, a factor is small
    return text.rstrip("0").rstrip(".")


def _or(codes: list[str]) -> str:
    return " or ".join(codes)
