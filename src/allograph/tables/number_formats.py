"""What a number format shows of a number (ECMA-376, part 1, section 18.8.31).

A cell holds a number, and its format says how a spreadsheet program shows it: ``0%`` multiplies
by a hundred, ``0"%"`` only writes the sign. The text of a cell has the digits that the cell holds,
and the sign that the reviewer sees; where the two say different things, such as a 5 that is shown
as ``<5`` or as ``5 thousand``, the cell is a fault.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

DATE = "a date: a spreadsheet program makes one of 3/17; write it as text, or in two columns"

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|[_*]."  # the width of a character, or a character that fills the cell
    r"|\[(?P<bracket>[^\]]*)\]?"
    r"|(?P<general>general|standard)"
    r"|(?P<exponent>e[+-])"
    r"|(?P<date>am/pm|a/p|[ymdhsbg]|e)"
    r"|(?P<digit>[0#?@.,/])"
    r"|(?P<percent>%)"
    r"|(?P<end>;)"
    r"|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]{1,15}(?:E[+-]?[0-9]{1,3})?)", re.IGNORECASE)
_COMPARE = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_SCALES_DOWN = re.compile(r"[0#?],+(?![0#?,])")
_ANOTHER_NUMBER = re.compile(r"[<>≤≥~≈±/\d‰]")  # in words of the format
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass
class _Section:
    """A part of a format between semicolons, and which numbers it is for."""

    condition: tuple[str, Decimal] | None = None
    words: str = ""
    """What it writes besides the number."""
    digits: str = ""
    percents: int = 0
    is_date: bool = False

    def is_for(self, number: Decimal) -> bool:
        """Whether its condition names a number; a section without one is for the others."""
        if self.condition is None:
            return False
        sign, limit = self.condition
        return bool(_COMPARE[sign](number, limit))


def shown(number: Decimal, number_format: str) -> tuple[str, str]:
    """The text of a number under a format, and what is wrong with it, if anything is."""
    section = _section_for(number, _sections(number_format))
    text = plain(number.scaleb(2 * section.percents)) + "%" * section.percents
    if section.is_date:
        return text, DATE
    words = section.words.strip()
    if _SCALES_DOWN.search(section.digits):
        return text, f"holds {text} and is shown in thousands; give the cell the format 0"
    is_word = not section.digits and not section.percents and _LETTERS.search(words)
    if is_word or _ANOTHER_NUMBER.search(words):
        message = f"holds {text}, and its number format shows '{words[:40]}' beside or for it"
        return text, f"{message}; write what it means, as text"
    if "%" in words and not section.percents:
        text += "%"
    return text, ""


def plain(number: Decimal) -> str:
    """A number as people write it: 16, not 16.0 or 1.6E+1."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _section_for(number: Decimal, sections: tuple[_Section, ...]) -> _Section:
    """By its condition, else by the sign: positive; negative; zero."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        others = [each for each in numeric if each.condition is None] or [numeric[-1]]
        return next((each for each in numeric if each.is_for(number)), others[-1])
    place = 0 if number > 0 else 1 if number < 0 else 2
    return numeric[place] if place < len(numeric) else numeric[0]


@lru_cache(maxsize=1024)
def _sections(number_format: str) -> tuple[_Section, ...]:
    sections = [_Section()]
    for kind, text in _tokens(number_format):
        section = sections[-1]
        match kind:
            case "end":
                sections.append(_Section())
            case "quoted" | "escaped" | "other":
                section.words += text
            case "bracket":
                _add_bracket(section, text)
            case "percent":
                section.percents += 1
            case "date":
                section.is_date = True
            case "general" | "digit" | "exponent":
                section.digits += "0" if kind == "general" else text
    return tuple(sections)


def _tokens(number_format: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(number_format):
        if kind := match.lastgroup:
            yield kind, match[kind]


def _add_bracket(section: _Section, text: str) -> None:
    """A colour, a condition, a currency (``[$€-407]``) or hours that go on counting (``[h]``)."""
    if text.startswith("$"):
        section.words += text[1:].partition("-")[0]
    elif text.strip("hmsHMS") == "" and text:
        section.is_date = True
    elif match := _CONDITION.fullmatch(text):
        try:
            section.condition = match[1], Decimal(match[2])
        except InvalidOperation:  # such as 1.2.3, which no program shows
            return
