"""The numbers of a printed form or a label, each with the unit that is printed with it.

Units are UCUM codes, as in the graph: in ``11 and 25 months`` both numbers are in ``mo``, in
``44 patients (92%)`` the first is in ``1`` and the second in ``%``. A number that belongs to a
word, as the 2 of ``mg/m2``, is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from allograph.doubts.rules.words.words import KEPT
from allograph.evidence import Evidence
from allograph.evidence.records import Printed, Report, Study

NUMBER = re.compile(r"(?<![\w.])(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))")
JOINED = re.compile(r"\s*(?:[-–—−,;/]|to|and|or|vs\.?|versus|through)\s*", re.IGNORECASE)  # noqa: RUF001
"""What stands between two numbers that share the unit after the second."""
LEVEL = re.compile(r"\s?%[\s-]?(?:confidence|credib|CI\b|CrI\b|KI\b|limits)", re.IGNORECASE)
"""What makes a number the level of an interval, whose per cent is its own."""
UNITS = (
    ("%", r"%|per ?cent\b"),
    ("mg/m2", r"mg\s?/\s?m(?:2|²|\^2)|mg\s?[·.]?\s?m[-−]2|mg per square met"),  # noqa: RUF001
    ("mg/kg", r"mg\s?/\s?kg"),
    ("mg", r"mg\b(?!\s?/)"),
    ("ug/m2/d", r"(?:µ|μ|u|mc)g\s?/\s?m(?:2|²|\^2)(?:\s?/\s?|\sper\s)d(?:ay)?\b"),
    ("ug/d", r"(?:µ|μ|u|mc)g\s?/\s?d(?:ay)?\b"),
    ("{cycle}", r"cycles?\b"),
    ("a", r"(?:years?|yrs?)\b"),
    ("mo", r"(?:months?|mos?)\b"),
    ("wk", r"(?:weeks?|wks?)\b"),
    ("d", r"days?\b"),
    ("1", r"(?:patients?|people|persons?|participants?|subjects?|children|adults|women|men)\b"),
)
UNIT = re.compile(
    r"[\s\-‐]*(?:" + "|".join(f"({form})" for _code, form in UNITS) + ")",  # noqa: RUF001
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PrintedNumber:
    """A number, its unit if one is printed, and the text before it."""

    number: Decimal
    unit: str | None
    before: str


@lru_cache(KEPT)
def printed_numbers(text: str) -> tuple[PrintedNumber, ...]:
    """The numbers of a text, in their order."""
    plain = DECIMAL_COMMA.sub(".", THOUSANDS.sub("", text.replace("·", ".")))
    found = list(NUMBER.finditer(plain))
    units = [_unit(plain, match.end()) for match in found]
    for place, (one, other) in reversed(list(enumerate(pairwise(found)))):
        is_joined = JOINED.fullmatch(plain, one.end(), other.start())
        if units[place] is None and is_joined and not LEVEL.match(plain, other.end()):
            units[place] = units[place + 1]
    return tuple(
        PrintedNumber(Decimal(match.group()), unit, plain[: match.start()])
        for match, unit in zip(found, units, strict=True)
    )


def _unit(text: str, place: int) -> str | None:
    match = UNIT.match(text, place)
    return None if match is None or match.lastindex is None else UNITS[match.lastindex - 1][0]


def names_unit(text: str, unit: str) -> bool:
    """Whether a text prints a unit."""
    return any(code == unit and re.search(form, text, re.IGNORECASE) for code, form in UNITS)


def label_of(printed: Printed | Report | Study) -> str:
    """The label of a node; nothing where it has none of its own."""
    return "" if printed.label == printed.iri else printed.label


def first_place(evidence: Evidence, locators: Iterable[str]) -> tuple[str, int] | None:
    """Section and sentence of what is printed, where they are known."""
    for iri in locators:
        place = evidence.places.get(iri)
        if place is not None and place.section is not None and place.sentence is not None:
            return place.section, place.sentence
    return None
