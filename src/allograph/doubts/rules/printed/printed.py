"""A record against its own printed form: units of numbers, and numbers that were left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import TypeAlias

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import first_place, label_of, printed_numbers
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Comparison, DoseStep, Group, Printed, Result

MONTHS = 12

Holder: TypeAlias = Result | Comparison | Group | DoseStep
"""What holds the numbers of its printed form."""


def printed_units(evidence: Evidence) -> Iterator[Doubt]:
    """A value whose printed form gives it another unit, or gives its unit to another number."""
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        if figure.value is not None and figure.unit is not None:
            yield from _unit(figure, (figure.value,), figure.unit)
    for step in evidence.steps.values():
        if step.low is not None and step.high is not None and step.unit is not None:
            yield from _unit(step, (step.low, step.high), step.unit)


def _unit(printed: Printed, values: Iterable[Decimal], unit: str) -> Iterator[Doubt]:
    numbers = [found for found in printed_numbers(printed.reported_as) if not found.is_level]
    with_unit = {found.number for found in numbers if found.unit == unit}
    for value in dict.fromkeys(values):
        units = {found.unit for found in numbers if found.number == value}
        if not units or unit in units:
            continue
        message = ""
        if None not in units:
            others = " or ".join(f'"{other}"' for other in sorted(filter(None, units)))
            message = f'{value} is in "{unit}" here, and {others} is printed with it.'
        elif with_unit:
            named = ", ".join(map(str, sorted(with_unit)))
            message = f'{value} is in "{unit}" here, and "{unit}" is printed with {named}.'
        if message:
            yield Doubt(printed.iri, message, printed.reported_as)


def numbers_left_over(evidence: Evidence) -> Iterator[Doubt]:
    """A number of a printed form that no record with this form holds, not even in its label.

    A number may be the value of another figure of the sentence, or a limit of its interval:
    ``11 and 25 months``.
    """
    everything: tuple[Holder, ...] = (
        *evidence.results.values(),
        *evidence.comparisons.values(),
        *evidence.groups.values(),
        *evidence.steps.values(),
    )
    beside: dict[object, set[Decimal]] = defaultdict(set)
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        if figure.value is not None and (place := _place(evidence, figure)) is not None:
            numbers = (figure.value, figure.lower, figure.upper, figure.level)
            beside[place].update(number for number in numbers if number is not None)
    printed = (node for node in everything if node.basis == "reported" and node.reported_as)
    for nodes in grouped(printed, lambda node: (node.report, node.reported_as)).values():
        left = {found.number for found in printed_numbers(nodes[0].reported_as)}
        left -= beside.get(_place(evidence, nodes[0]), set())
        for node in nodes:
            left.difference_update(n for n in _fields(evidence, node) if n is not None)
        if left:
            labels = (label_of(node) for node in nodes)
            left.difference_update(n.number for label in labels for n in printed_numbers(label))
        if left:
            named = " and ".join(map(str, sorted(left)))
            message = f"{named} is printed, and nothing that is printed so holds it."
            yield from (Doubt(node.iri, message, node.reported_as) for node in nodes)


def _place(evidence: Evidence, node: Printed) -> tuple[object, ...] | None:
    place = first_place(evidence, node.locators)
    return None if place is None else (node.report, *place)


def _fields(evidence: Evidence, node: Holder) -> Iterator[Decimal | int | None]:
    match node:
        case Group():
            yield node.size
        case DoseStep():
            yield from (node.low, node.high, node.cycle_from, node.cycle_to, node.week)
            yield from (*node.days, node.maximum_cycles, node.from_patient, node.to_patient)
        case Result() | Comparison():
            yield from (node.value, node.lower, node.upper, node.level, node.at_time)
            yield node.standard_error
            yield None if node.at_time is None else node.at_time / MONTHS
    match node:
        case Result():
            yield from (node.numerator, node.denominator, node.range_low, node.range_high)
            yield from (node.lower_quartile, node.upper_quartile, node.deviation, node.error)
            yield from (node.events, node.person_time, node.after_cycle, evidence.size(node.group))
        case Comparison():
            yield from (node.p_value, node.p_sides)
            for side in (node.index, node.reference):
                if (arm := evidence.results.get(side or "")) is not None:
                    yield from _fields(evidence, arm)
