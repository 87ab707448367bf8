"""A figure against the parts of its own printed form: people, bound, range and interval."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from itertools import chain

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import in_plain_digits, printed_numbers
from allograph.doubts.rules.words.words import (
    BOUNDS,
    INTERVAL,
    NUMERAL,
    PEOPLE_AND_SHARE,
    QUARTILES,
    RANGE,
    SHARE_AND_PEOPLE,
)
from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Figure, Result
from allograph.text.number_words import in_figures

NOT_REACHED = "not-reached"
NO_MEDIANS = frozenset({"Count", "Proportion", "ProbabilityAtTime"})
"""The classes of figures that are never a median, which alone can be not reached."""


def people_of_forms(evidence: Evidence) -> Iterator[Doubt]:
    """People printed beside a share that are not its numerator, or counted without a value."""
    for result in evidence.results.values():
        if result.status is not None and result.numerator is not None:
            message = (
                f"It has no value ({result.status}), and {result.numerator} people are counted."
            )
            yield Doubt(result.iri, message, result.status)
        if result.status == NOT_REACHED and result.kind in NO_MEDIANS:
            message = f"Only a median can be not reached, and it is a {result.kind}."
            yield Doubt(result.iri, message, result.status)
        if result.kind == "Count" and result.denominator and result.numerator is None:
            message = f"It counts people of {result.denominator}, and has no numerator."
            yield Doubt(result.iri, message, result.reported_as)
        if result.kind != "Proportion" or result.basis != "reported" or result.value is None:
            continue
        for people, share in _pairs(result.reported_as):
            if share == result.value and people != result.numerator:
                given = "none" if result.numerator is None else str(result.numerator)
                message = f"{people} are printed with {share}%, and the numerator is {given}."
                yield Doubt(result.iri, message, result.reported_as)


def _pairs(text: str) -> Iterator[tuple[int, Decimal]]:
    plain = in_figures(in_plain_digits(text))
    for people, share in PEOPLE_AND_SHARE.findall(plain):
        yield int(people), Decimal(share)
    for share, people in SHARE_AND_PEOPLE.findall(plain):
        yield int(people), Decimal(share)


def bounds_of_forms(evidence: Evidence) -> Iterator[Doubt]:
    """A word as ``more than`` before the value that is not its bound, or a bound without one."""
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        if figure.value is None and figure.bound is not None:
            message = f"It is bound:{figure.bound}, and has no value that it could be a bound of."
            yield Doubt(figure.iri, message, figure.bound)
        if figure.basis != "reported" or not figure.reported_as:
            continue
        if figure.value is not None:
            yield from _bound(figure, "It", _before(figure), figure.bound)
        if isinstance(figure, Comparison) and figure.p_value is not None:
            texts = _before_number(figure, figure.p_value)
            yield from _bound(figure, "The p-value", texts, figure.p_bound)


def _bound(
    figure: Figure, subject: str, texts: Collection[str], stated: str | None
) -> Iterator[Doubt]:
    """The words and signs before a number against the bound that is entered."""
    bounds = {bound for text in texts for bound, words in BOUNDS if words.search(text)}
    if bounds and stated not in bounds:
        named = " or ".join(sorted(f'"{bound.replace("-", " ")}"' for bound in bounds))
        yield Doubt(figure.iri, f"{subject} is printed as {named}, and has no such bound.", stated)
    elif texts and not bounds and stated is not None:
        message = f'{subject} is bound:{stated}, and "{figure.reported_as}" does not say so.'
        yield Doubt(figure.iri, message, stated)


def _before(figure: Figure) -> list[str]:
    """What is printed before the value, be it in digits or in a word."""
    found = _before_number(figure, figure.value)
    if not found and (word := NUMERAL.search(figure.reported_as)):
        found = [figure.reported_as[: word.start()]]
    return found


def _before_number(figure: Figure, wanted: Decimal | None) -> list[str]:
    numbers = printed_numbers(figure.reported_as)
    return [number.before for number in numbers if number.number == wanted]


SPREADS = {"range": RANGE, "interval": INTERVAL, "interquartile range": QUARTILES}
"""What a pair of numbers around a figure can be called."""
WITH_ARTICLE = {
    "range": "a range",
    "interval": "an interval",
    "interquartile range": "quartiles",
}


def ranges_of_forms(evidence: Evidence) -> Iterator[Doubt]:
    """A range, an interval or quartiles, entered as another of the three."""
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        printed = [name for name, form in SPREADS.items() if form.search(figure.reported_as)]
        for entered in _spreads(figure):
            if printed and entered not in printed:
                message = f"An {printed[0]}" if printed[0][0] == "i" else f"A {printed[0]}"
                message += f" is printed, and {WITH_ARTICLE[entered]} entered."
                yield Doubt(figure.iri, message, figure.reported_as)


def _spreads(figure: Figure) -> Iterator[str]:
    """What is entered around the value of a figure."""
    if any(number is not None for number in (figure.lower, figure.upper, figure.level)):
        yield "interval"
    if not isinstance(figure, Result):
        return
    if figure.range_low is not None or figure.range_high is not None:
        yield "range"
    if figure.lower_quartile is not None or figure.upper_quartile is not None:
        yield "interquartile range"
