"""Find the numbers of a text as it is printed: digits, words, dates and identifiers, each once.

A number keeps its place (start and end in Unicode code points), and tells what it can say:
``1,234`` is 1234, ``0,8`` and ``0·8`` are 0.8, a half is 0.5 or 50 %. What only bears digits is
told apart: a *date* is one number (``2018 Oct 15``), an *identifier* is one
(``10.1002/cncr.31720``), and so is a *name* of letters and digits (``CD22``, ``3A``). The 2 of
``mg/m2`` belongs to a unit, and Roman numerals (``phase II``) are no numbers here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from allograph.text.dates import DATE, date_of
from allograph.text.number_words import NUMBER_WORDS
from allograph.text.number_words import readings as readings_of_words


class Kind(StrEnum):
    """What bears the digits."""

    NUMBER = "number"
    DATE = "date"
    IDENTIFIER = "identifier"
    NAME = "name"


@dataclass(frozen=True)
class PrintedNumber:
    """A number at its place.

    ``readings`` are what it can say, ``dates`` what a date can (ISO 8601). ``unit`` is what stands
    beside it: ``%``, ``year``, ``people``, ``time`` (a cycle, a week and the like), or nothing of
    these.
    """

    start: int
    end: int
    text: str
    kind: Kind
    readings: tuple[Decimal, ...] = ()
    dates: tuple[str, ...] = ()
    unit: str = ""


_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_SUPERSCRIPTS + "⁻", "0123456789-")
_RAISED = re.compile(rf"(⁻?[{_SUPERSCRIPTS}]+)$")
_TOKEN = re.compile(
    "|".join(
        (
            r"(?P<doi>(?<!\w)10\.[0-9]{4,9}/[^\s\"<>]*[^\s\"<>.,;:)\]])",
            r"(?P<address>(?:https?://|www\.)[^\s\"<>]*[^\s\"<>.,;:)\]]|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{1,200}\w)",
            r"(?P<orcid>(?<!\w)[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X](?!\w))",
            r"(?P<registered>(?<!\w)(?:NCT|ISRCTN|PMC|ChiCTR|UMIN|ACTRN|DRKS)-?[0-9]{5,}(?!\w)"
            r"|(?<!\w)[0-9]{4}-[0-9]{6}-[0-9]{2}(?!\w))",
            rf"(?P<date>{DATE})",
            r"(?P<scientific>(?<![\w.])(?:[0-9]+(?:[.,·][0-9]+)?\s?[×x]\s?)?10"  # noqa: RUF001
            rf"(?:\^[-−]?[0-9]+|⁻?[{_SUPERSCRIPTS}]+))",  # noqa: RUF001
            r"(?P<unit>(?<![A-Za-z])(?:[cdkm\u00b5\u03bc]?m(?:[23](?!\w)|⁻?[²³])"
            rf"|[A-Za-z]+⁻[{_SUPERSCRIPTS}]))",
            r"(?P<locus>(?<!\w)(?:t\([0-9XY]+;[0-9XY]+\)|[0-9]+[pq][0-9]+(?:\.[0-9]+)?(?!\w)))",
            r"(?P<name>(?<!\w)(?:(?!CI[0-9.]+\s?%)[^\W\d_]+[0-9]\w*|[0-9]{1,3}(?-i:[A-Z])(?!\w)"
            r"|[0-9]+(?:\.[0-9]+){2,}(?!\w)))",
            rf"(?P<raised>[{_SUPERSCRIPTS}]+)",
            r"(?P<vulgar>[½⅓⅔¼¾⅕⅛])",
            r"(?P<number>(?P<sign>(?<![\w)\]%.,\u2010-\u2015])(?:[-−+]|(?<![0-9)\]%]\s)–))?"  # noqa: RUF001
            r"(?:(?<![\w.])|(?<=\bCI)|(?<=[^\W\d_]-)|(?<=[^\W\d_]/))"
            r"(?:[0-9]{1,3}(?:[,\u00a0\u2009\u202f'][0-9]{3})+(?![0-9])(?:[.·][0-9]+)?"
            r"|[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]+,[0-9]{1,2}(?![0-9,])"
            r"|[0-9]+(?:[.·][0-9]+)?|\.[0-9]+)(?:st|nd|rd|th)?(?![0-9]))",
        )
    ),
    re.IGNORECASE,
)
_UNITS = (
    ("%", re.compile(r"\s?(?:%|per\s?cent\b)", re.IGNORECASE)),
    ("year", re.compile(r"[\s\-\u2010\u2011]?(?:years?|yrs?)\b", re.IGNORECASE)),
    (
        "people",
        re.compile(r"\s(?:patients?|people|persons|participants|subjects|children|adults)\b", re.I),
    ),
    (
        "time",
        re.compile(r"(?:[\s-]\w+){0,2}[\s-](?:cycles?|courses?|days?|weeks?|months?)\b", re.I),
    ),
)
_BEHIND_A_TIME = re.compile(r"\b(?:cycles?|courses?|days?|weeks?|months?|years?)\s$", re.IGNORECASE)
_SHARES = {"½": "0.5", "⅓": "0.33", "⅔": "0.67", "¼": "0.25", "¾": "0.75", "⅕": "0.2", "⅛": "0.125"}
_THOUSANDS = re.compile(r"(?<=[0-9])[,\u00a0\u2009\u202f'](?=[0-9]{3}(?![0-9]))")


def printed_numbers(text: str, words: Mapping[str, Decimal] | None = None) -> list[PrintedNumber]:
    """The numbers of a text in their order.

    ``words`` are further words for a number, with what they say: ``a month`` is 1.
    """
    found = list(_in_digits(text))
    taken = [False] * (len(text) + 1)
    for number in found:
        taken[number.start : number.end] = [True] * (number.end - number.start)
    for number in _in_words(text, words or {}):
        if not any(taken[number.start : number.end]):
            found.append(number)
            taken[number.start : number.end] = [True] * (number.end - number.start)
    return sorted(found, key=lambda number: number.start)


def _in_digits(text: str) -> Iterator[PrintedNumber]:
    for match in _TOKEN.finditer(text):
        start, end, shown = match.start(), match.end(), match[0]
        match match.lastgroup and _group(match):
            case "unit":
                continue
            case "address" if not re.search(r"[0-9]", shown):
                continue
            case "doi" | "address" | "orcid" | "registered":
                yield PrintedNumber(start, end, shown, Kind.IDENTIFIER)
            case "date":
                yield PrintedNumber(start, end, shown, Kind.DATE, dates=date_of(match).usual)
            case "name" | "locus":
                yield PrintedNumber(start, end, shown, Kind.NAME)
            case _:
                said = _readings(shown)
                yield PrintedNumber(
                    start, end, shown, Kind.NUMBER, said, unit=_unit(text, start, end)
                )


def _group(match: re.Match[str]) -> str:
    """Which of the patterns has matched."""
    return next(name for name in _PATTERNS if match[name])


_PATTERNS = (
    "doi", "address", "orcid", "registered", "date", "scientific", "unit", "locus", "name",
    "raised", "vulgar", "number",
)  # fmt: skip


def _in_words(text: str, words: Mapping[str, Decimal]) -> Iterator[PrintedNumber]:
    """Words of the list first, since they may be longer; then all others."""
    listed = sorted(words, key=len, reverse=True)
    if listed:
        forms = "|".join(r"\s+".join(map(re.escape, form.split())) for form in listed)
        for match in re.finditer(rf"(?<!\w)(?:{forms})(?!\w)", text, re.IGNORECASE):
            value = words[" ".join(match[0].casefold().split())]
            whole = NUMBER_WORDS.match(text, match.start())
            if whole and whole.end() > match.end():
                continue
            said = (*(readings_of_words(match[0]) if whole else ()), value)
            yield _of_words(text, match, tuple(dict.fromkeys(said)))
    for match in NUMBER_WORDS.finditer(text):
        yield _of_words(text, match, readings_of_words(match[0]))


def _of_words(text: str, match: re.Match[str], said: tuple[Decimal, ...]) -> PrintedNumber:
    start, end = match.span()
    return PrintedNumber(start, end, match[0], Kind.NUMBER, said, unit=_unit(text, start, end))


def _unit(text: str, start: int, end: int) -> str:
    if unit := next((unit for unit, form in _UNITS if form.match(text, end)), ""):
        return unit
    return "time" if _BEHIND_A_TIME.search(text[max(0, start - 10) : start]) else ""


def _readings(shown: str) -> tuple[Decimal, ...]:
    """What digits say; the sign is U+002D or U+2212, the point any of those that are printed."""
    if shown in _SHARES:
        return Decimal(_SHARES[shown]), Decimal(_SHARES[shown]) * 100
    plain = re.sub(r"(?<=[0-9])(?:st|nd|rd|th)$", "", shown.translate(_DIGITS), flags=re.I)
    plain = plain.replace("−", "-").replace("–", "-").replace("·", ".").lstrip("+")  # noqa: RUF001
    raised = _RAISED.sub(r"^\1", shown).translate(_DIGITS).replace("−", "-")  # noqa: RUF001
    if power := re.fullmatch(r"(?:([0-9.,·]+)\s?[×x]\s?)?10\^(-?[0-9]+)", raised):  # noqa: RUF001
        factor = Decimal((power[1] or "1").replace(",", ".").replace("·", "."))
        return (factor.scaleb(int(power[2][:4])),)
    if re.fullmatch(r"-?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+", plain):
        return (Decimal(plain.replace(".", "").replace(",", ".")),)
    if _THOUSANDS.search(plain) and not plain.startswith("0"):
        return (Decimal(_THOUSANDS.sub("", plain)),)
    said = Decimal(plain.replace(",", "."))
    is_grouped = re.fullmatch(r"[1-9][0-9]{0,2}\.[0-9]{3}", plain)
    return (said, Decimal(plain.replace(".", ""))) if is_grouped else (said,)
