"""Read times, ages, numbers and words out of a request, as people write them.

Every pattern stands in one of the tables below: how people write a sign, an age, a time, a number.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from allograph.reading.search.lexicon import Word
from allograph.reading.search.limits import LONGEST_WORD
from allograph.text.words import STOP_WORDS, WORD, plain

SIGNS = (
    (re.compile(r"\b(ph|mrd|cd\d+)\s*\+", re.I), r"\1 positive "),
    (re.compile(r"\b(ph|mrd|cd\d+)\s*[-\u2212\u2013](?=\s|$|[,;.)])", re.I), r"\1 negative "),
    (re.compile(r"\b(\d{2})\s*\+(?=\s|$)"), r"over \1 "),
    (re.compile(r"\b1st\b", re.I), "first"),
    (re.compile(r"\b2nd\b", re.I), "second"),
    (re.compile(r"\b(?:\d+[\s-]*days?|day[\s-]*\d+)[\s-]+mortality\b", re.I), "early death"),
    (re.compile(r"\b9[0579](?:\.\d+)?\s*%\s*(?=CI\b|confidence)", re.I), ""),
    (re.compile(r"\br\s*/\s*r\b", re.I), "relapsed refractory "),
)
"""Signs that stand for words."""

_YEARS = r"\s*-?\s*(?:years?|yrs?|y/?o?)?(?:[\s-]*(?:old|of age))?s?"
_AGES = (
    re.compile(
        rf"(?:\b(?:over|above|older than|aged?|at least|from)|>=?|\u2265)\s*(\d{{2}})\b{_YEARS}"
        r"(?![\d.%])",
        re.I,
    ),
    re.compile(r"\b(\d{2})\s*(?:years?|yrs?|y)?\s*(?:and|or)\s*(?:older|over|above|more)\b", re.I),
    re.compile(r"\b(\d{2})[\s-]*(?:years?|yrs?|y)[\s-]*olds?\b", re.I),
)
_YOUNG = re.compile(
    rf"(?:\b(?:under|below|younger than|up to)|<=?|\u2264)\s*(\d{{1,2}})\b{_YEARS}(?![\d.%])", re.I
)
OLD_FROM, YOUNG_UP_TO = 50, 25
"""Years of age from which people are spoken of as older, and up to which as young."""

_NUMBERS_IN_WORDS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
)
_NUMBER_WORDS = {name: str(number) for number, name in enumerate(_NUMBERS_IN_WORDS, 1)}
MONTHS = {"y": 12.0, "m": 1.0, "w": 7 / 30.4375, "d": 1 / 30.4375}
"""Months of a unit of time, by its first letter."""
SHORT = {"w": "weeks", "d": "days"}
"""Units of times that are no whole months, as they are said."""
_TIME = re.compile(
    rf"\b(?P<number>\d+(?:\.\d+)?|{'|'.join(_NUMBER_WORDS)})[\s-]*"
    r"(?P<unit>years?|yrs?|y|months?|mos?|mths?|m|weeks?|wks?|days?)\b(?![/\d])",
    re.I,
)
_UNIT_FIRST = re.compile(r"\b(?P<unit>year|month|week|day)[\s-]+(?P<number>\d+)\b", re.I)

_PRINTED_TIME = re.compile(r"\b(\d+[.,\u00b7]\d+)[\s-]*(?:months?|mos?|mths?)\b", re.I)
"""A time that is given with a decimal is a figure: nobody looks for survival at 7.7 months."""

_FRACTION = re.compile(r"\b(\d+)\s*(?:/|of|out of)\s*(\d+)\b", re.I)
_NUMBER = re.compile(r"(?<![\w.])(\d+[.,\u00b7]\d+)\s*%?|(?<![\w.])(\d+)\s*%")
_WHOLE = re.compile(r"\s*(\d+)\s*")

COMPARING = frozenset(
    "vs v versus against compared compare comparison comparing better superior or than".split()  # noqa: SIM905
)
"""Words that set one treatment against another."""

FILLERS = (
    STOP_WORDS
    | COMPARING
    | frozenset(
        """
        about active affect affects agent all also am any arm arms be been between both can cell
        cells chance cohort combination combined compare could currently data differ difference
        different effective evidence expected find followed following frequency get give given
        group guidance guideline guidelines happen happens has have having help hows i if improve
        improved improves incidence into known level levels likelihood long look low many me mono
        monotherapy more most much need new no not often old only other our outcome outcomes
        patient patients people per percent percentage please plus prob probability published rate
        rates ratio reach reached reaching receive received report reported reporting reports
        result results s show single so some studies study such t tell then therapy there these
        this those together treated treating treatment treatments trial trials typical under up use
        used using usual usually very via want we well what whats while without work working works
        would you your
        """.split()  # noqa: SIM905  # a list of words is read, and kept, as lines of them
    )
)
"""Words that narrow nothing: they are left out of what nobody reports."""


@dataclass
class Spoken:
    """A request taken apart: ``times`` in months, and as they are said."""

    words: list[Word] = field(default_factory=list)
    times: dict[str, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    compares: bool = False


def take_apart(request: str) -> Spoken:
    """Read the times, ages and numbers of a request, and then its words."""
    spoken = Spoken()
    text = request
    for sign, words in SIGNS:
        text = sign.sub(words, text)
    for ages in _AGES:
        text = ages.sub(lambda match: _aged(match, is_young=False), text)
    text = _YOUNG.sub(lambda match: _aged(match, is_young=True), text)
    text = _PRINTED_TIME.sub(_taking(spoken.numbers, _number), text)
    for times in (_TIME, _UNIT_FIRST):
        text = times.sub(lambda match: _timed(match, spoken.times), text)
    text = _FRACTION.sub(_taking(spoken.numbers, _fraction), text)
    text = _NUMBER.sub(_taking(spoken.numbers, _number), text)
    if whole := _WHOLE.fullmatch(text):
        spoken.numbers.append(whole[1])
    spoken.words = [Word(word, plain(word)[:LONGEST_WORD]) for word in WORD.findall(text)]
    spoken.compares = any(word.plain in COMPARING - {"or"} for word in spoken.words)
    return spoken


def _taking(into: list[str], read: Callable[[re.Match[str]], str]) -> Callable[..., str]:
    """Put what is read of a match into a list, and leave a gap for it in the text."""

    def take(match: re.Match[str]) -> str:
        into.append(read(match))
        return " "

    return take


def _aged(match: re.Match[str], *, is_young: bool) -> str:
    """The words for people of an age; an age that says neither stays as it is."""
    years = int(match[1])
    if is_young:
        return " children " if years <= YOUNG_UP_TO else match[0]
    return " elderly " if years >= OLD_FROM else match[0]


def _timed(match: re.Match[str], times: dict[str, str]) -> str:
    """Note a time in months, and leave a gap for it in the text."""
    number, unit = match["number"].lower(), match["unit"][0].lower()
    count = float(_NUMBER_WORDS.get(number, number))
    months = f"{count * MONTHS[unit]:.1f}".removesuffix(".0")
    times[months] = f"{count:g} {SHORT[unit]}" if unit in SHORT else f"{months} months"
    return " "


def _number(match: re.Match[str]) -> str:
    return (match[1] or match[match.lastindex or 1]).replace(",", ".").replace("\u00b7", ".")


def _fraction(match: re.Match[str]) -> str:
    return f"{match[1]}/{match[2]}"
