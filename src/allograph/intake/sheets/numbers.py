"""Numbers as reviewers write them in cells: whole numbers, and decimals with point or comma.

A cell either is a number in the notation that the profile names, or is an error with its cure;
nothing is guessed, since "1.000" is two different numbers to two readers. A mark that stands
before three digits is taken for that of thousands only where no other reading gives a number of
the same kind: 1,476 people are not 1.476 people, but 1,000 may be 1.000, which is one.
"""

from __future__ import annotations

import re
from decimal import Decimal

NOTATIONS = {".": ",", ",": "."}
"""The marks of decimals, and the marks of thousands beside them."""

_MOST_DIGITS = 12  # more are no number of people, nor one that a report prints
_FIXED = "\u00a0\u2007\u2009\u202f'\u2019"  # spaces that do not break, apostrophes: never decimals
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:[{_FIXED}][0-9]{{3}})+(?![0-9])")
_WIDE = {0xFF10 + digit: str(digit) for digit in range(10)}
_WIDE |= {0xFF0E: ".", 0xFF0C: ",", 0xFF0D: "-", 0xFF05: "%", 0x2212: "-", 0x2010: "-", 0x2011: "-"}
_KIND_OF = (
    (r"[0-9.,]+\s*\(.*\)", "two figures in one cell; give each its own column"),
    (r"[0-9.,]+\s*(?:/|of|\u00b1|\+/-|to|-|\u2013)\s*[0-9.,]+\s*%?",
     "two figures in one cell; give each its own column"),
    (r"[0-9]{1,3}(?: [0-9]{3})+", "a space among the digits: one number, or two? write 1000"),
    (r"(?:[<>\u2264\u2265~\u2248]|ca\b|about).*",
     "a bound, not a figure; clear the cell, or curate it by hand"),
    (r"[0-9.,]+[eE][-+]?[0-9]+", "a number as programs shorten it; write its digits"),
    (r"[0-9.,]+\s*[*\u2020\u2021\u00a7\u00b9\u00b2\u00b3a-zA-Z]+",
     "a number with a mark; write the number alone"),
)  # fmt: skip


class NumberError(ValueError):
    """A cell that is no number, and how to mend it."""


def whole_number(text: str, decimal: str = "") -> int:
    """The number of people in a cell; raise a ``NumberError`` with the cure.

    ``decimal`` is the mark that the profile names, if it does: a point is expected then.
    """
    digits = folded_digits(text)
    mark = decimal or "."
    other = NOTATIONS[mark]
    what = f"'{shortened(text)}' is no whole number of people"
    if len(digits) > 2 * _MOST_DIGITS:
        raise NumberError(f"{what}; it has {len(digits)} characters")
    if _is(rf"[1-9][0-9]{{0,2}}(?:{_re(mark)}000)+", digits) or (
        not decimal and _is(rf"[1-9][0-9]{{0,2}}(?:{_re(other)}000)+", digits)
    ):
        one, many = re.split(r"[.,]", digits)[0], re.sub(r"[.,]", "", digits)
        # Only the mark that is no decimal one divides thousands without doubt.
        thousands = mark if other in digits else other
        say = f'; if all such are thousands, say decimal = "{thousands}" in the profile'
        message = f"'{shortened(text)}' is {many} to one reader and {one} to another"
        raise NumberError(f"{message}; write {many} or {one}{say}")
    if _is(rf"[1-9][0-9]{{0,2}}(?:{_re(other)}[0-9]{{3}})+(?:{_re(mark)}0+)?", digits):
        digits = digits.replace(other, "")
    if not _is(rf"[0-9]+(?:{_re(mark)}0*)?", digits):
        raise NumberError(f"{what}{_cure(digits, mark, whole=True)}")
    people = digits.partition(mark)[0]
    if len(people.lstrip("0")) > _MOST_DIGITS:
        raise NumberError(f"{what}: it has {len(people)} digits")
    return int(people)


def decimal_number(text: str, decimal: str = "") -> Decimal:
    """The number in a cell with the digits that it has; raise a ``NumberError`` with the cure."""
    digits = folded_digits(text)
    mark = decimal or "."
    other = NOTATIONS[mark]
    what = f"'{shortened(text)}' is no number"
    if len(digits) > 2 * _MOST_DIGITS:
        raise NumberError(f"{what}: it has {len(digits)} characters")
    # With one mark of thousands and no decimals, another reader sees decimals: 1,476.
    if _is(
        rf"-?[1-9][0-9]{{0,2}}(?:{_re(other)}[0-9]{{3}}){{2,}}(?:{_re(mark)}[0-9]+)?", digits
    ) or (_is(rf"-?[1-9][0-9]{{0,2}}{_re(other)}[0-9]{{3}}{_re(mark)}[0-9]+", digits)):
        digits = digits.replace(other, "")
    if _is(rf"-?[1-9][0-9]{{0,2}}{_re(other)}[0-9]{{3}}", digits):
        whole, point = digits.replace(other, ""), digits.replace(other, ".")
        message = f"'{shortened(text)}' is {whole} to one reader and {point} to another"
        raise NumberError(f"{message}; write {whole}, or {digits.replace(other, mark)}")
    if not _is(rf"-?(?:[0-9]+(?:{_re(mark)}[0-9]+)?|{_re(mark)}[0-9]+)", digits):
        raise NumberError(f"{what}{_cure(digits, mark, whole=False)}")
    return Decimal(digits.replace(mark, "."))


def folded_digits(text: str) -> str:
    """A number with the digits of ASCII, without the marks that can only be those of thousands."""
    folded = text.translate(_WIDE).strip()
    if _GROUPED.match(folded):
        folded = re.sub(f"[{_FIXED}]", "", folded)
    return folded


def shortened(text: str) -> str:
    """A text as messages quote it."""
    return text if len(text) <= 40 else f"{text[:37]}..."


def decimals_of(number: Decimal) -> int:
    """How many digits stand after the point: 1 in 80.7."""
    return max(0, -exponent_of(number))


def exponent_of(number: Decimal) -> int:
    """The power of ten of the last digit: -1 for 80.7, and 1 for 50 if only the 5 is known."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError(f"{number} is no finite number")
    return exponent


def plain(number: Decimal) -> str:
    """A number in digits, as Turtle and CSV write it: never 1E+2."""
    return f"{number:f}"


def _re(mark: str) -> str:
    return re.escape(mark)


def _is(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def _cure(digits: str, mark: str, *, whole: bool) -> str:
    other = NOTATIONS[mark]
    if _is(rf"-?[0-9]+{_re(other)}[0-9]+", digits):
        return f'; if the sheet has decimals so, say decimal = "{other}" in the profile'
    if whole and _is(rf"[0-9]+{_re(mark)}[0-9]+", digits):
        return "; nobody counts parts of people: is it another column, or are these thousands?"
    for pattern, cure in _KIND_OF:
        if _is(pattern, digits):
            return f": {cure}"
    return "; write digits, or nothing where the report prints nothing"
