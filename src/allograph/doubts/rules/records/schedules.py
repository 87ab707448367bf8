"""Schedules and partitions that contradict themselves.

Two doses of a drug in the same week or day of a cycle, for the same patients, are one; a day lies
within its week; what is shared out in one partition is the people of one group at one time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, count, pairwise

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import DoseStep
from allograph.evidence.values import whole
from allograph.namespaces import key_of

LAST = 1_000_000
"""Cycles and patients that nobody reaches: the end of what has none."""


def doses_at_one_time(evidence: Evidence) -> Iterator[Doubt]:
    """Two doses of a drug where one can be given, a day outside its week, a cycle too many."""
    steps = grouped(
        evidence.steps.values(), lambda step: step.regimen and (step.regimen, step.drug)
    )
    for alike in steps.values():
        for one, other in combinations(alike, 2):
            if _is_one_place(evidence, one, other):
                message = f'"{label_of(other)}" is another dose of the drug at the same time.'
                yield Doubt(one.iri, message, one.label, (other.iri,))
    yield from _orders(evidence)
    yield from _printed_alike(evidence)
    for step in evidence.steps.values():
        if step.week is not None:
            first, last = 7 * step.week - 6, 7 * step.week
            outside = [day for day in step.days if not first <= day <= last]
            if outside:
                message = f"Day {min(outside)} is not in week {step.week}, days {first} to {last}."
                yield Doubt(step.iri, message, str(min(outside)))
        if step.cycle_to and step.maximum_cycles and step.cycle_to > step.maximum_cycles:
            message = f"It is given up to cycle {step.cycle_to} of at most {step.maximum_cycles}."
            yield Doubt(step.iri, message, str(step.cycle_to))


def _orders(evidence: Evidence) -> Iterator[Doubt]:
    """Places in a schedule that are taken twice, left out, or back in an earlier cycle."""
    for steps in grouped(evidence.steps.values(), lambda step: step.regimen).values():
        taken: dict[int, DoseStep] = {}
        for step in steps:
            place = whole(evidence.nodes.of(step.iri), "order")
            if place is None:
                continue
            first = taken.setdefault(place, step)
            if first is not step:
                message = f'"{label_of(first)}" has the place {place} of the schedule, too.'
                yield Doubt(step.iri, message, str(place), (first.iri,))
        left_out = next(place for place in count(1) if place not in taken)
        if left_out < max(taken, default=0):
            last = taken[max(taken)]
            message = f"It is step {max(taken)}, and there is no step {left_out}."
            yield Doubt(last.iri, message, str(max(taken)))
        by_place = [taken[place] for place in sorted(taken)]
        for alike in grouped(by_place, lambda step: (step.drug, step.from_patient)).values():
            for one, other in pairwise(alike):
                if (one.cycle_from or 0) > (other.cycle_from or LAST):
                    message = f'It comes before "{label_of(other)}", and is of a later cycle.'
                    yield Doubt(one.iri, message, one.label, (other.iri,))


def _printed_alike(evidence: Evidence) -> Iterator[Doubt]:
    """Doses that are printed in one form: of one unit, and like amounts of one drug."""
    printed = grouped(
        (step for step in evidence.steps.values() if step.basis == "reported" and step.reported_as),
        lambda step: (step.regimen, step.report, step.reported_as),
    )
    for alike in printed.values():
        first = alike[0]
        for step in alike[1:]:
            is_same = step.low == first.low is not None and step.high == first.high
            if is_same and step.drug != first.drug:
                yield _otherwise(step, first, "drug", key_of(step.drug or ""))
            if step.drug == first.drug and step.unit != first.unit:
                yield _otherwise(step, first, "unit", step.unit)


def _otherwise(step: DoseStep, first: DoseStep, name: str, own: str | None) -> Doubt:
    message = f'It is of the {name} {own}, and "{label_of(first)}", which is printed in the'
    return Doubt(step.iri, f"{message} same form, of another.", own, (first.iri,))


def parts_of_one_group(evidence: Evidence) -> Iterator[Doubt]:
    """Parts of one partition that are of several groups, or of several numbers of people."""
    shared = grouped(
        evidence.results.values(),
        lambda part: part.partition and (part.study, part.report, part.partition),
    )
    for parts in shared.values():
        first = parts[0]
        for part in parts[1:]:
            if part.group != first.group:
                message = (
                    f'It is a part of "{part.partition}", and so is a figure of another group.'
                )
            elif part.denominator and first.denominator and part.denominator != first.denominator:
                message = f"It is of {part.denominator}, and another part of {first.denominator}."
            else:
                continue
            yield Doubt(part.iri, message, part.partition, (first.iri,))


def _is_one_place(evidence: Evidence, one: DoseStep, other: DoseStep) -> bool:
    """Whether two doses are in the same cycle, week or day for the same patients."""
    if one.week is other.week is None and not (one.days and other.days):
        return False
    is_same_day = not (one.days or other.days) or bool(set(one.days) & set(other.days))
    applies = [evidence.nodes.of(step.iri).text("appliesTo") for step in (one, other)]
    ends = [step.cycle_to or step.cycle_from for step in (one, other)]
    return (
        is_same_day
        and one.week == other.week
        and applies[0] == applies[1]
        and _meet(one.cycle_from, ends[0], other.cycle_from, ends[1])
        and _meet(one.from_patient, one.to_patient, other.from_patient, other.to_patient)
    )


def _meet(first: int | None, last: int | None, other: int | None, end: int | None) -> bool:
    return (first or 1) <= (end or LAST) and (other or 1) <= (last or LAST)
