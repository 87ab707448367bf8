"""Counts beside the shares and the groups that they should agree with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from allograph.doubts.rules.rounding import gives, share
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Result

PLACES = Decimal("0.1")


def shares_and_counts(evidence: Evidence) -> Iterator[Doubt]:
    """A count that does not give the percentage of the same people and outcome.

    A share with its own numerator and denominator is the business of a shape; here are counts
    whose denominator is the group, and counts that are printed apart from their share.
    """
    counted = [result for result in evidence.results.values() if number(result) is not None]
    shares = grouped(
        (result for result in evidence.results.values() if result.kind == "Proportion"), same_event
    )
    for result in counted:
        if result.kind == "Proportion" and result.denominator is None:
            yield from _disagree(evidence, result, result)
        elif result.kind == "Count":
            for other in shares.get(same_event(result), ()):
                yield from _disagree(evidence, result, other)


def _disagree(evidence: Evidence, result: Result, other: Result) -> Iterator[Doubt]:
    count, value = number(result), other.value
    people = other.denominator or result.denominator or evidence.size(result.group)
    if count is None:
        return
    if result is not other and other.numerator is not None:
        if other.numerator != count:
            yield _doubt(
                result, other, f"The count is {count}, and its share says", other.numerator
            )
    elif value is not None and people and other.tolerance is not None and not other.bound:
        exact = share(count, people)
        # What no count gives is said by another rule; here another count would give it.
        if abs(exact - value) > other.tolerance and gives(people, value, other.tolerance):
            said = f"{count} of {people} is {exact.quantize(PLACES)}%, and the printed share is"
            yield _doubt(result, other, said, f"{value}%")


def _doubt(result: Result, other: Result, said: str, value: object) -> Doubt:
    return Doubt(
        about=result.iri,
        message=f"{said} {value}.",
        value=str(number(result)),
        involves=() if result is other else (other.iri,),
    )


def events_in_groups(evidence: Evidence) -> Iterator[Doubt]:
    """More people with an outcome than there are in the group."""
    for result in evidence.results.values():
        count, size = number(result), evidence.size(result.group)
        if result.denominator is None and count is not None and size is not None and count > size:
            yield Doubt(
                about=result.iri,
                message=f"{count} people of a group of {size}.",
                value=str(count),
                involves=(result.group,) if result.group else (),
            )


def number(result: Result) -> int | None:
    """The number of people that a result counts, if it prints one."""
    if result.numerator is not None or result.kind != "Count" or result.value is None:
        return result.numerator
    return None if result.bound else int(result.value)


def same_event(result: Result) -> tuple[object, ...]:
    """Results of one report that count the same event of the same people at the same time."""
    return (
        result.report,
        result.group,
        result.outcome,
        result.at_time,
        result.time_origin,
        result.after_cycle,
        result.grade,
        *result.counting,
    )
