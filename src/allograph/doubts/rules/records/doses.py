"""Doses against their printed unit, and against the other doses of the same drug in the graph.

No labelled range is kept: what is usual is what the regimens of the graph give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import names_unit
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import DoseStep

FAR = 4
"""A dose is far from another when one is more than so many times the other."""
ENOUGH = 2
"""How many other doses of a drug it takes to say what is usual."""


def units_assumed(evidence: Evidence) -> Iterator[Doubt]:
    """A dose whose printed form does not print its unit."""
    for step in evidence.steps.values():
        if _is_unit_unprinted(step):
            message = f'"{step.unit}" is not printed with the dose.'
            yield Doubt(step.iri, message, step.reported_as)


def units_of_drugs(evidence: Evidence) -> Iterator[Doubt]:
    """A unit that is not printed, and that no other dose of the drug is in."""
    for steps in grouped(evidence.steps.values(), lambda step: step.drug).values():
        count = Counter(step.unit for step in steps if step.unit)
        for step in steps:
            others = count.total() - 1
            if count[step.unit or ""] == 1 and others >= ENOUGH and _is_unit_unprinted(step):
                usual = " or ".join(f'"{unit}"' for unit in sorted(count.keys() - {step.unit}))
                message = f'No other dose of the drug is in "{step.unit}"; they are in {usual}.'
                yield Doubt(step.iri, message, step.unit)


def unusual_doses(evidence: Evidence) -> Iterator[Doubt]:
    """A dose that is far from every other dose of the drug in the same unit."""
    alike = grouped(
        evidence.steps.values(),
        lambda step: (step.drug, step.unit) if step.drug and step.unit else None,
    )
    for steps in alike.values():
        doses = [(step, dose) for step in steps for dose in {step.low, step.high} if dose]
        ordered = sorted(doses, key=lambda item: item[1])
        for place, (step, dose) in enumerate(ordered):
            below = next((o for s, o in reversed(ordered[:place]) if s is not step), None)
            above = next((o for s, o in ordered[place + 1 :] if s is not step), None)
            if len(steps) > ENOUGH and _is_far(dose, below) and _is_far(dose, above):
                nearest = " and ".join(f"{other}" for other in (below, above) if other is not None)
                message = f"{dose} {step.unit} is far from the nearest other doses: {nearest}."
                yield Doubt(step.iri, message, f"{dose} {step.unit}")


def _is_unit_unprinted(step: DoseStep) -> bool:
    is_printed = step.basis == "reported" and bool(step.reported_as)
    return is_printed and step.unit is not None and not names_unit(step.reported_as, step.unit)


def _is_far(dose: Decimal, other: Decimal | None) -> bool:
    return other is None or max(dose, other) > FAR * min(dose, other)
