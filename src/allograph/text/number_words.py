"""Numbers that are written in words: ``Forty-eight``, ``one hundred and five``, ``half``.

English cardinals, ordinals and fractions, as a reader of a report meets them. A fraction says a
share as well: a half is 0.5, and 50 where the share is in percent. Words that only look like a
number ("no one", "per second", "Once the drug …") are none. All others that read number words do
it by this one: ``in_figures`` writes them as figures, ``CARDINAL`` and ``ORDINAL`` find them.
"""

from __future__ import annotations

import re
from decimal import Decimal

_UNITS = "one two three four five six seven eight nine".split()  # noqa: SIM905
_TEENS = (
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: SIM905
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENTHS = [ten.removesuffix("y") + "ieth" for ten in _TENS]
_PARTS = {"half": 2, "halve": 2, "quarter": 4} | {
    word: place for place, word in enumerate(_ORDINALS[2:10], start=3)
}
_TIMES = {"once": 1, "twice": 2, "thrice": 3, "dozen": 12, "zero": 0, "none": 0}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}

_VALUES = (
    {word: value for value, word in enumerate((*_UNITS, *_TEENS), start=1)}
    | {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)}
    | {word: value for value, word in enumerate(_ORDINALS, start=1)}
    | {word: value for value, word in zip(range(20, 100, 10), _TENTHS, strict=True)}
    | {"hundredth": 100, "a": 1, "an": 1}
    | _TIMES
)

_BETWEEN = r"(?:\s{1,3}|\s?[-\u2010\u2011]\s?)"
_BELOW_100 = (
    rf"(?:(?:{'|'.join(_TENS)})(?:{_BETWEEN}(?:{'|'.join(_UNITS)})\b)?|"
    rf"{'|'.join((*_TEENS, *sorted(_UNITS, key=len, reverse=True)))})\b"
)
_BELOW_1000 = (
    rf"(?:(?:{_BELOW_100}|an?){_BETWEEN}hundred\b(?:{_BETWEEN}(?:and{_BETWEEN})?{_BELOW_100})?|"
    rf"{_BELOW_100})"
)
CARDINAL = (
    rf"(?:(?:{_BELOW_1000}|an?){_BETWEEN}(?:thousand|million|billion)\b"
    rf"(?:{_BETWEEN}(?:and{_BETWEEN})?{_BELOW_1000})?|{_BELOW_1000})"
)
ORDINAL = (
    rf"(?:(?:(?:{'|'.join(_TENS)}){_BETWEEN})?(?:{'|'.join(_ORDINALS)})|{'|'.join(_TENTHS)}|"
    r"hundredth)\b(?!\s+another)"
)
FRACTION = (
    rf"(?:(?:{'|'.join(_UNITS)}|an?){_BETWEEN})(?:{'|'.join(_PARTS)})s?\b|"
    r"(?:half|halves|quarters?)\b"
)
_OTHER = (
    r"(?:an?\s+)?dozen\b|twice\b|thrice\b|zero\b|none\b|"
    r"once(?=\s+(?:an?|per|every|daily|weekly|monthly|each|in\s+an?)\b)"
)
NUMBER_WORDS = re.compile(
    rf"(?<![\w'\u2019])(?<!\bno )(?<!\bper )(?:{FRACTION}|{ORDINAL}|{CARDINAL}|{_OTHER})"
    r"(?![\w'\u2019])",
    re.IGNORECASE,
)
"""A number in words; ``readings`` tells what it says."""

_FRACTION_ONLY = re.compile(FRACTION, re.IGNORECASE)
_CARDINAL_ONLY = re.compile(CARDINAL, re.IGNORECASE)
_TIME = re.compile(r"[\s-]+(?:years?|months?|weeks?|days?)\b", re.IGNORECASE)


def readings(words: str) -> tuple[Decimal, ...]:
    """What a match of ``NUMBER_WORDS`` says: a number, or for a fraction the share and percent."""
    parts = [part for part in re.findall(r"[a-z]+", words.casefold()) if part != "and"]
    if _FRACTION_ONLY.fullmatch(words):
        return _shares(parts)
    total, part_of_thousand = 0, 0
    for part in parts:
        if part == "hundred":
            part_of_thousand = (part_of_thousand or 1) * 100
        elif part in _SCALES:
            total += (part_of_thousand or 1) * _SCALES[part]
            part_of_thousand = 0
        elif part == "dozen":
            part_of_thousand = 12
        else:
            part_of_thousand += _VALUES[part]
    return (Decimal(total + part_of_thousand),)


def in_figures(text: str) -> str:
    """A text with its cardinals in figures: ``24 patients`` for ``Twenty-four patients``."""
    return NUMBER_WORDS.sub(_figures, text)


def times_in_figures(text: str) -> str:
    """A text in which the number of a time is in figures: ``1-year`` for ``one-year``."""
    return NUMBER_WORDS.sub(
        lambda match: _figures(match) if _TIME.match(text, match.end()) else match[0], text
    )


def _figures(match: re.Match[str]) -> str:
    is_cardinal = _CARDINAL_ONLY.fullmatch(match[0])
    return str(readings(match[0])[0]) if is_cardinal else match[0]


def _shares(parts: list[str]) -> tuple[Decimal, ...]:
    """A share as a part of one and in percent; of ``a third``, the ordinal that it can be, too."""
    *before, noun = parts
    noun = noun if noun in _PARTS else noun.removesuffix("s")
    count = Decimal(_VALUES[before[0]] if before else 1)
    percent = count * 100 / _PARTS[noun]
    said = [percent / 100, percent, percent.quantize(Decimal("0.1")), percent.quantize(Decimal(1))]
    if before and before[0] in ("a", "an") and noun in _ORDINALS:
        said.append(Decimal(_PARTS[noun]))
    return tuple(dict.fromkeys(said))
