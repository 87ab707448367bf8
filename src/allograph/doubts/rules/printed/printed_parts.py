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


def ranges_of_forms(evidence: Evidence) -> Iterator[Doubt]:
    """A range entered as an interval, or an interval as a range."""
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        is_range = bool(RANGE.search(figure.reported_as))
        is_interval = bool(INTERVAL.search(figure.reported_as))
        limits = (figure.lower, figure.upper, figure.level)
        if is_range and not is_interval and any(limit is not None for limit in limits):
            yield Doubt(
                figure.iri, "A range is printed, and an interval entered.", figure.reported_as
            )
        ends = (figure.range_low, figure.range_high) if isinstance(figure, Result) else ()
        if is_interval and not is_range and any(end is not None for end in ends):
            yield Doubt(
                figure.iri, "An interval is printed, and a range entered.", figure.reported_as
            )
