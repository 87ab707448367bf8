"""The numbers of a printed form or a label, each with the unit that is printed with it.

Units are UCUM codes, as in the graph: in ``11 and 25 months`` both numbers are in ``mo``, in
``44 patients (92%)`` the first is in ``1`` and the second in ``%``. A number that belongs to a
word, as the 2 of ``mg/m2``, is none.

Journals print one number in many ways: ``0.71``, ``.71``, ``0·71`` and ``0,71``; ``1,234`` and
``1 234`` with a thin space; ``-8.7`` with a hyphen, a dash or a minus; ``95% CI`` and ``CI95%``;
``1-sided`` and ``one-sided``.
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

NUMBER = re.compile(
    r"(?:(?:^|(?<=[-(\[{=:<>≤≥~±,;])|(?<=\s)(?<![0-9%)\]]\s))(?=-[0-9.])-)?"
    r"(?:(?<![\w.])|(?<=\bCI)|(?<=\bCrI))(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
)
"""A number with its sign, in a text of which each dash is a hyphen; that of a span is none."""
LIKE_POINTS, LIKE_SPACES, DASHES = "·∙", "\u00a0\u2002-\u200a\u202f", "\u2010-\u2015\u2212"
THOUSANDS = re.compile(rf"(?<![0-9.,])([1-9][0-9]{{0,2}}(?:[,{LIKE_SPACES}][0-9]{{3}})+)(?![0-9])")
DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d{1,2}(?!\d))|(?<![\d.,]0)(?<=\b0),(?=\d)")
SIDES = {"one": "1", "two": "2"}
SIDED = re.compile(r"\b(one|two)(?=[\s-](?:sided|tailed)\b)", re.IGNORECASE)
SIDES_OF_INTERVAL = re.compile(
    r"[12](?=[\s-](?:sided|tailed)\s(?:[a-z]+\s)?(?:[0-9.]+\s?%[\s-]?)?"
    r"(?:CI\b|CrI\b|KI\b|confidence|credib|interval|limits?\b))",
    re.IGNORECASE,
)
"""``two-sided 90% CI``: on how many sides an interval has a limit, which no record holds."""
JOINED = re.compile(r"\s*(?:[-,;/±]|\+/-|to|and|or|vs?\.?|versus|through)\s*", re.IGNORECASE)
"""What stands between two numbers that share the unit after the second."""
LEVEL = re.compile(r"\s?%[\s-]?(?:confidence|credib|CI\b|CrI\b|KI\b|limits)", re.IGNORECASE)
"""What makes a number the level of an interval, whose per cent is its own."""
LEVEL_BEHIND = re.compile(r"\b(?:CI|CrI|KI)\s?(?:8[05]|9[0-9])(?:\.[0-9]+)?\s?%(?!-)")
"""The same where the level stands behind: ``CI 95%``."""
UNITS = (
    ("%", r"%|per ?cent\b"),
    ("mg/m2", r"mg\s?/\s?m(?:2|²|\^2)|mg\s?[·.]?\s?m-2|mg per square met"),
    ("mg/kg", r"mg\s?/\s?kg"),
    ("mg", r"mg\b(?!\s?/)"),
    ("ug/m2/d", r"(?:µ|μ|u|mc)g\s?/\s?m(?:2|²|\^2)(?:\s?/\s?|\sper\s)d(?:ay)?\b"),
    ("ug/d", r"(?:µ|μ|u|mc)g\s?/\s?d(?:ay)?\b"),
    ("{cycle}", r"cycles?\b"),
    ("a", r"(?:years?|yrs?|y)\b"),
    ("mo", r"(?:months?|mos?)\b"),
    ("wk", r"(?:weeks?|wks?)\b"),
    ("d", r"days?\b"),
    ("1", r"(?:patients?|people|persons?|participants?|subjects?|children|adults|women|men)\b"),
)
UNIT = re.compile(
    r"[\s-]*(?:" + "|".join(f"({form})" for _code, form in UNITS) + ")",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PrintedNumber:
    """A number, its unit if one is printed, the text before it, and whether it is a level."""

    number: Decimal
    unit: str | None
    before: str
    is_level: bool = False


@lru_cache(KEPT)
def printed_numbers(text: str) -> tuple[PrintedNumber, ...]:
    """The numbers of a text, in their order."""
    plain = in_plain_digits(text)
    numbers = NUMBER.finditer(plain)
    found = [match for match in numbers if not SIDES_OF_INTERVAL.match(plain, match.start())]
    units = [_unit(plain, match.end()) for match in found]
    behind = [match.span() for match in LEVEL_BEHIND.finditer(plain)]
    levels = [
        LEVEL.match(plain, match.end()) is not None
        or any(start < match.start() < end for start, end in behind)
        for match in found
    ]
    for place, (one, other) in reversed(list(enumerate(pairwise(found)))):
        is_joined = JOINED.fullmatch(plain, one.end(), other.start())
        if units[place] is None and is_joined and not levels[place + 1]:
            units[place] = units[place + 1]
    return tuple(
        PrintedNumber(Decimal(match.group()), unit, plain[: match.start()], is_level)
        for match, unit, is_level in zip(found, units, levels, strict=True)
    )


def in_plain_digits(text: str) -> str:
    """A printed form with the points, dashes, spaces and thousands of a program."""
    grouped = THOUSANDS.sub(lambda match: re.sub("[^0-9]", "", match[0]), text)
    plain = re.sub(f"[{DASHES}]", "-", re.sub(f"[{LIKE_SPACES}]", " ", grouped))
    plain = re.sub(f"[{LIKE_POINTS}]", ".", plain)
    return SIDED.sub(lambda match: SIDES[match[0].casefold()], DECIMAL_COMMA.sub(".", plain))


def _unit(text: str, place: int) -> str | None:
    match = UNIT.match(text, place)
    return None if match is None or match.lastindex is None else UNITS[match.lastindex - 1][0]


def names_unit(text: str, unit: str) -> bool:
    """Whether a text prints a unit."""
    plain = in_plain_digits(text)
    return any(code == unit and re.search(form, plain, re.IGNORECASE) for code, form in UNITS)


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
