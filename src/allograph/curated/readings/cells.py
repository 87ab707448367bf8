"""What a second reader answers: numbers, bounds, "not reached", nothing printed, or not found.

An answer is typed at a question or stands in a cell of a sheet, and both are read here. Nothing is
guessed: what is no number is an error with its cure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from allograph.curated.readings.parts import PAIRS, SHARE, WORDS
from allograph.rdf.lexical import number_of

NOT_FOUND = "-"
NOTHING = "none"

BOUNDS = (
    ("more-than", (">", "more than", "over", "above")),
    ("less-than", ("<", "less than", "under", "below")),
    ("at-most", ("\u2264", "<=", "up to", "at most")),
    ("about", ("~", "\u2248", "about", "approximately", "ca.")),
)
"""The keys of bounds that a source prints before a number, and how."""

STATUSES: Mapping[str, tuple[str, ...]] = {
    "not-reached": ("not reached", "nr"),
    "not-estimable": ("not estimable", "ne"),
}

_MARKS = sorted(
    ((mark, key) for key, marks in BOUNDS for mark in marks), key=lambda pair: -len(pair[0])
)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


class AnswerError(ValueError):
    """An answer that cannot be read, and how to mend it; ``part`` is what was asked."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(f"{WORDS[part]}: {message}")
        self.part = part


@dataclass(frozen=True)
class Answer:
    """What was read of one figure: digits by part; or that it could not be found."""

    numbers: Mapping[str, str] = field(default_factory=dict)
    bound: str | None = None
    status: str | None = None
    is_found: bool = True

    @property
    def facts(self) -> tuple[object, ...]:
        """The same for two answers that say the same."""
        values = {part: number_of(digits) for part, digits in self.numbers.items()}
        return sorted(values.items()), self.bound, self.status, self.is_found


def answer_of(cells: Mapping[str, str]) -> Answer | None:
    """The answer that some cells give, by part; nothing if all of them are empty.

    Raises:
        AnswerError: a cell is no number, or two of them do not fit together.

    """
    texts = {part: " ".join(text.split()) for part, text in cells.items() if text.strip()}
    if not texts:
        return None
    value = texts.pop("value", NOTHING)
    if value in (NOT_FOUND, "\u2013", "\u2014"):
        if texts:
            raise AnswerError("value", f"'{NOT_FOUND}' says not found; clear the other cells")
        return Answer(is_found=False)
    bound, status, numbers = None, None, {}
    if value.casefold() != NOTHING:
        bound, status, digits = value_of(value)
        numbers = {"value": digits} if digits else {}
    numbers |= {part: digits for part, text in texts.items() if (digits := part_of(part, text))}
    _fit_together(numbers)
    return Answer(numbers, bound, status)


def value_of(text: str) -> tuple[str | None, str | None, str]:
    """The bound, the reason for no value, and the digits of an answer."""
    lowered = text.casefold().removesuffix(".")
    for key, words in STATUSES.items():
        if lowered in words:
            return None, key, ""
    for mark, key in _MARKS:
        if lowered.startswith(mark):
            return key, None, digits_of("value", text[len(mark) :])
    return None, None, digits_of("value", text)


def part_of(part: str, text: str) -> str:
    """The digits of any other part; empty for a limit that is not reached."""
    is_open = any(text.casefold() in words for words in STATUSES.values())
    return "" if is_open or text.casefold() == NOTHING else digits_of(part, text)


def digits_of(part: str, text: str) -> str:
    """The digits of a number, with a point; a unit of percent is left out."""
    digits = text.strip().removesuffix("%").strip().replace("\u00b7", ".").replace("\u2212", "-")
    if re.fullmatch(r"[0-9]+,[0-9]+", digits):
        point, joined = digits.replace(",", "."), digits.replace(",", "")
        message = f"'{text}' has a comma; write {point}, or {joined} if it divides thousands"
        raise AnswerError(part, message)
    if not _NUMBER.fullmatch(digits) or number_of(digits) is None:
        raise AnswerError(
            part,
            f"'{text}' is no number; write its digits, as in 12.5, >90 or not reached,"
            f" '{NOTHING}' where none is printed, '{NOT_FOUND}' where it cannot be seen",
        )
    if part in SHARE and not digits.isdigit():
        raise AnswerError(part, f"'{text}' is no whole number of people")
    return digits


def day_in(text: str) -> date:
    """The day of a reading; raise a ``ValueError`` for what is none, or is still to come."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"'{text}' is no day; write it as 2026-11-28") from None
    if day > date.today():
        raise ValueError(f"{day} lies ahead; name the day of the reading")
    return day


def _fit_together(numbers: Mapping[str, str]) -> None:
    known = {part: Decimal(digits) for part, digits in numbers.items()}
    for small, large in PAIRS:
        if small in known and large in known and known[small] > known[large]:
            message = f"{numbers[small]} is more than the {WORDS[large]}, {numbers[large]}"
            raise AnswerError(small, f"{message}; read both again")
