"""Days, weeks and cycles: those of a dose, and the cycle after which an outcome was judged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from allograph.checks.span.numerals import CARDINAL, CARDINAL_LIST, ORDINAL_LIST, listed
from allograph.checks.span.reading import Place, Reading, Told
from allograph.curated.results import Severity
from allograph.evidence.records import DoseStep
from allograph.rdf.vocabularies import OUTCOME

_WORD = r"(?:(?!of\b|in\b|for\b|and\b|with\b|after\b)[\w-]+\s+)?"
"""One word that may stand between, as in ``second INO cycle``."""


@dataclass(frozen=True)
class Counted:
    """The numbers of days, weeks or cycles that a text gives; ``later`` for all but the first."""

    numbers: frozenset[int]
    later: bool = False

    def __bool__(self) -> bool:
        return bool(self.numbers) or self.later

    def __contains__(self, number: int) -> bool:
        return number in self.numbers or (self.later and number > 1)

    def __str__(self) -> str:
        later = ["later ones"] if self.later else []
        return " and ".join([*map(str, sorted(self.numbers)), *later])


@dataclass(frozen=True)
class Unit:
    """How a text speaks of days, of weeks or of cycles."""

    name: str

    def counted(self, text: str) -> Counted:
        """Those that a text gives: ``day 3``, ``second and third week``, ``first 4 cycles``."""
        one = rf"{self.name}s?"
        found: set[int] = set()
        for pattern in (rf"\b{one}\s+({CARDINAL_LIST})", rf"\b({ORDINAL_LIST})\s+{_WORD}{one}\b"):
            for match in re.finditer(pattern, text, re.IGNORECASE):
                found |= listed(match[1])
        for count in self.firsts(text):
            found |= set(range(1, count + 1))
        later = re.search(rf"\b(?:subsequent|later|following|further)\s+{one}\b", text, re.I)
        return Counted(frozenset(found), bool(later))

    def firsts(self, text: str) -> frozenset[int]:
        """How many are counted from the first: 4 in ``first 4 cycles``, 3 in ``for 3 weeks``."""
        pattern = rf"\b(?:first|for(?: up to)?)\s+({CARDINAL})\s+{_WORD}{self.name}s?\b"
        return frozenset(
            number for match in re.finditer(pattern, text, re.I) for number in listed(match[1])
        )


DAY, WEEK, CYCLE = Unit("day"), Unit("week"), Unit("cycle")
AFTER = re.compile(
    r"\b(?:end of|after|following|completion of)\s+(?:the\s+)?"
    rf"(?P<cycles>(?:{ORDINAL_LIST})\s+{_WORD}cycles?\b|cycles?\s+{CARDINAL_LIST}"
    rf"|(?P<total>{CARDINAL})\s+{_WORD}cycles?\b)",
    re.IGNORECASE,
)
SUBSEQUENT = re.compile(
    r"\bcycle\s+(?P<cycle>\d+)\b(?:(?!\bcycle\s+\d)[^.]|\.\d)*"
    r"\b(?:subsequent|later|following) cycles?$",
    re.IGNORECASE,
)
"""The cycle that was named last before those that follow it."""
FREQUENCIES = (
    "daily", "twice daily", "weekly", "biweekly", "twice weekly", "fortnightly", "monthly",
    "every other day", "every two weeks", "every three weeks", "every four weeks",
)  # fmt: skip
FREQUENCY = re.compile(
    "|".join(rf"(?<![\w-]){words}(?!\w)" for words in sorted(FREQUENCIES, key=len, reverse=True)),
    re.IGNORECASE,
)
TOTAL = re.compile(rf"\b({CARDINAL})\s+{_WORD}cycles?\b", re.IGNORECASE)


def doses(reading: Reading) -> Iterator[Told]:
    """A dose on a day, in a week or cycle that the text does not give, or without that it gives."""
    for place in reading.of("DoseStep"):
        step = reading.evidence.steps[place.node.iri]
        yield from _days(place, step)
        if step.week is not None:
            yield from _told(place, "week", (step.week,), WEEK.counted)
        elif weeks := WEEK.counted(place.printed):
            yield _left_out(place, "week", weeks)
        yield from _cycles(place, step)
        yield from _frequency(place)


def _days(place: Place, step: DoseStep) -> Iterator[Told]:
    if step.days:
        yield from _told(place, "day", step.days, DAY.counted)
        if not any(DAY.counted(text) for text in place.scopes):
            message = f"Day {step.days[0]} is entered, and the text gives no day."
            yield Told(place.node.iri, "day", message, place.sentence, Severity.WARNING)
    elif days := DAY.counted(place.span):
        yield _left_out(place, "day", days)


def _cycles(place: Place, step: DoseStep) -> Iterator[Told]:
    ends = tuple(cycle for cycle in (step.cycle_from, step.cycle_to) if cycle is not None)
    yield from _told(place, "cycle", ends, CYCLE.counted)
    if (next_ := SUBSEQUENT.search(f"{place.before}{place.printed}")) and step.cycle_from:
        first = int(next_["cycle"]) + 1
        if CYCLE.counted(place.printed).later and step.cycle_from > first:
            message = f"Later cycles begin with {step.cycle_from} here, in the text with {first}."
            yield Told(place.node.iri, "cycle", message, place.sentence)
    last = max(CYCLE.firsts(place.span), default=None)
    if last is not None and step.cycle_to is not None and step.cycle_to > last:
        message = f"Cycle {step.cycle_to} is entered, and the text ends with cycle {last}."
        yield Told(place.node.iri, "cycle", message, place.sentence)
    if step.maximum_cycles is not None:
        totals = {number for match in TOTAL.finditer(place.span) for number in listed(match[1])}
        if totals and step.maximum_cycles not in totals:
            named = " and ".join(map(str, sorted(totals)))
            message = f"At most {step.maximum_cycles} cycles are entered, the text has {named}."
            yield Told(place.node.iri, "cycle", message, place.sentence)


def _frequency(place: Place) -> Iterator[Told]:
    """How often a dose is given, in words that the sentence does not have."""
    own = place.node.text("frequency") or ""
    given = {match[0].lower() for match in FREQUENCY.finditer(place.sentence)}
    if given and own.lower() in FREQUENCIES and own.lower() not in given:
        message = f'The frequency is "{own}" here, and the text says {" and ".join(sorted(given))}.'
        yield Told(place.node.iri, "frequency", message, place.sentence)


def cycles_of_results(reading: Reading) -> Iterator[Told]:
    """A result after another cycle than the text gives; of a response, also after none."""
    for place in reading.of("Result"):
        result = reading.evidence.results[place.node.iri]
        scopes = (*place.scopes, place.previous)
        if result.after_cycle is not None:
            given = next((found for text in scopes if (found := after_cycles(text))), frozenset())
            if given and result.after_cycle not in given:
                named = " and ".join(map(str, sorted(given)))
                message = f"It is after cycle {result.after_cycle} here, after {named} in the text."
                yield Told(place.node.iri, "after-cycle", message, place.sentence)
        elif (given := after_cycles(place.sentence)) and _is_response(reading, result.outcome):
            named = " and ".join(map(str, sorted(given)))
            message = f"The text says after cycle {named}, and ag:afterCycle is not entered."
            yield Told(place.node.iri, "after-cycle", message, place.sentence, Severity.WARNING)


def _is_response(reading: Reading, outcome: str | None) -> bool:
    return OUTCOME.response in reading.evidence.broader(outcome)


def after_cycles(text: str) -> frozenset[int]:
    """The cycles after which a text tells something."""
    return frozenset(
        number
        for match in AFTER.finditer(text)
        for number in listed(match["total"] or match["cycles"])
    )


def _told(
    place: Place, name: str, numbers: Iterable[int], counted: Callable[[str], Counted]
) -> Iterator[Told]:
    """A number that is none of those that the narrowest text with any gives."""
    given = next((found for text in place.scopes if (found := counted(text))), None)
    wrong = [number for number in numbers if given is not None and number not in given]
    if wrong:
        named = " and ".join(map(str, dict.fromkeys(wrong)))
        message = f"It is {name} {named} here, and the text gives {name} {given}: correct it."
        yield Told(place.node.iri, name, message, place.sentence)


def _left_out(place: Place, name: str, given: Counted) -> Told:
    message = f"The text gives {name} {given}, and ag:{name} is not entered."
    return Told(place.node.iri, name, message, place.sentence)
