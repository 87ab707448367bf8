"""Counts beside what they should agree with: shares, groups, and groups drawn by an outcome."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Group, Result
from allograph.rules.rounding import gives, share
from allograph.rules.rule import Doubt

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


Counted = dict[tuple[str | None, str | None, str | None], list[Result]]
"""Results that print a number of people, by group, outcome and report."""


def groups_and_counts(evidence: Evidence) -> Iterator[Doubt]:
    """A group drawn by an outcome whose size is not the count of that outcome in the whole."""
    counted: Counted = grouped(
        (result for result in evidence.results.values() if number(result) is not None),
        lambda result: (result.group, result.outcome, result.report),
    )
    drawn: dict[tuple[str | None, str | None, str | None], list[Group]] = {}
    for group in evidence.groups.values():
        if group.size is not None and len(group.selected_by) == 1:
            (outcome,) = group.selected_by
            for parent in group.parents:
                drawn.setdefault((parent, outcome, group.report), []).append(group)
    for (parent, outcome, report), groups in drawn.items():
        if results := counted.get((parent, outcome, report)):
            yield from _sizes(groups, results)
        else:
            yield from _sizes_above(evidence, counted, parent, outcome, groups)


def _sizes(groups: list[Group], results: list[Result]) -> Iterator[Doubt]:
    """As many groups as counts are paired by size; else each group is to be among the counts."""
    counts = _numbers(results)
    by_size = sorted(groups, key=lambda group: (group.size or 0, group.iri))
    for place, group in enumerate(by_size):
        wanted = counts[place : place + 1] if len(counts) == len(by_size) else counts
        if group.size not in wanted:
            yield _size_doubt(group, results, " or ".join(map(str, dict.fromkeys(wanted))))


def _sizes_above(
    evidence: Evidence,
    counted: Counted,
    parent: str | None,
    outcome: str | None,
    groups: list[Group],
) -> Iterator[Doubt]:
    """The count may be of a larger group, in which more people can have the outcome.

    All of them are in the smaller one if that was drawn by a broader outcome: everybody in
    complete remission is among the responders.
    """
    below = [evidence.groups[parent]] if parent in evidence.groups else []
    for level in evidence.ancestors(parent):
        if not (results := counted.get((level.iri, outcome, groups[0].report))):
            below.append(level)
            continue
        counts, broader = _numbers(results), evidence.broader(outcome)
        is_whole = all(group.selected_by and group.selected_by <= broader for group in below)
        for group in groups:
            if group.size is not None and is_whole and group.size not in counts:
                yield _size_doubt(group, results, " or ".join(map(str, dict.fromkeys(counts))))
            elif group.size is not None and group.size > counts[-1]:
                yield _size_doubt(group, results, f"at most {counts[-1]}")
        return


def _numbers(results: list[Result]) -> list[int]:
    return sorted(count for result in results if (count := number(result)) is not None)


def _size_doubt(group: Group, results: list[Result], wanted: str) -> Doubt:
    return Doubt(
        about=group.iri,
        message=f"The group has {group.size} people, and the count by which it was drawn"
        f" is {wanted}.",
        value=str(group.size),
        involves=tuple(sorted(result.iri for result in results)),
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
    )
