"""A record against its own label, or the name of its partition: times, cycles, weeks, patients.

A label is written by hand and says in words what the fields say in numbers, so a slip in one of
them shows. Where a label gives no time or cycle, nothing is doubted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import chain

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of, printed_numbers
from allograph.evidence import Evidence
from allograph.evidence.records import DoseStep, Group
from allograph.text.number_words import times_in_figures

MONTHS = {"a": 12.0, "mo": 1.0, "wk": 12 / 52.1775, "d": 12 / 365.2425}
"""Months in a unit of time: 52 weeks are about 12, 100 days about 3.3."""
NEAR = {"a": 0.0, "mo": 0.0, "wk": 0.04, "d": 0.04}
"""How far, as a share, a rounded time may lie from the printed one: 30 days are a month."""
HALF = 0.05
"""How far, in months, printed decimals may be off: 1.33 years are 16 months."""
OF_PEOPLE = re.compile(
    r"(?:\bage\w*|\bover|\bunder|\bolder|\byounger|\bthan|[<>≤≥])[\s\w]{0,8}$", re.I
)
"""What stands before a time that is no time point: ``aged over 60 years``."""
SPAN = r"\s+([0-9]{1,9})(?![0-9])(?:\s*(?:to|-|–|and)\s*([0-9]{1,9})(?![0-9]))?"  # noqa: RUF001
CYCLES = re.compile(rf"\bcycles?{SPAN}", re.I)
WEEKS = re.compile(rf"\bweeks?{SPAN}", re.I)
PATIENTS = re.compile(rf"\bpatients?{SPAN}", re.I)
OFTEN = re.compile(r"\b(?:(?:bi|tri)?weekly|monthly|daily|twice|fortnightly)\b", re.I)
LATER = re.compile(r"\b(?:later|subsequent|following|further) cycles?\b", re.I)
ONWARD = re.compile(r"\b(?:onwards?|and (?:later|after|following))\b", re.I)


def times_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A time point that is none of those that the label, or else the printed form, gives."""
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        if figure.at_time is None:
            continue
        for text in (label_of(figure), figure.reported_as):
            times = times_said(text)
            if times and not any(is_near(*time, figure.at_time) for time in times):
                named = " and ".join(f"{time:g}" for time in sorted({time for time, _ in times}))
                yield Doubt(
                    figure.iri,
                    f"The time point is month {figure.at_time}, and the words give {named}.",
                    str(figure.at_time),
                )
                break


def times_said(text: str, own: Decimal | None = None) -> set[tuple[float, str]]:
    """The times of a text in months, each with the unit that it is printed in; none of a value."""
    return {
        (round(float(found.number) * MONTHS[found.unit], 1), found.unit)
        for found in printed_numbers(times_in_figures(text))
        if found.unit in MONTHS and found.number != own and not OF_PEOPLE.search(found.before)
    }


def is_near(time: float, unit: str, at_time: Decimal) -> bool:
    """Whether a time point, in months, is a time that is printed in a unit."""
    return abs(time - float(at_time)) <= HALF + NEAR[unit] * time


def schedules_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A cycle, week or patient that is not the one that the label gives."""
    for result in evidence.results.values():
        named = spans_of(CYCLES, f"{label_of(result)}; {result.partition or ''}")
        if result.after_cycle is not None and named:
            ends = {end for span in named for end in span}
            if result.after_cycle not in ends:
                yield _doubt(result.iri, "cycle", str(result.after_cycle), named)
    for step in evidence.steps.values():
        yield from _step(step)
        yield from _how_often(evidence, step)
    for group in evidence.groups.values():
        yield from _group(evidence, group)


def _group(evidence: Evidence, group: Group) -> Iterator[Doubt]:
    """A group of patients by number, as ``patients 1 to 38``, has no more people than numbers."""
    (first, last), *others = spans_of(PATIENTS, label_of(group)) or [(0, 0)]
    if first == last and ONWARD.search(label_of(group)):
        last = min((size for iri in group.parents if (size := evidence.size(iri))), default=0)
    if others or last <= first or group.size is None:
        return
    people = last - first + 1
    if group.size > people or (group.size < people and group.basis != "reported"):
        message = f"It has {group.size} people, and patients {first} to {last} are {people}."
        yield Doubt(group.iri, message, str(group.size))


def _step(step: DoseStep) -> Iterator[Doubt]:
    label = label_of(step)
    patients = (step.from_patient, step.to_patient or step.from_patient)
    places = (
        ("cycle", CYCLES, (step.cycle_from, step.cycle_to or step.cycle_from)),
        ("week", WEEKS, (step.week, step.week)),
        ("patient", PATIENTS, patients),
    )
    for name, pattern, (first, last) in places:
        named = spans_of(pattern, label)
        if first is not None and last is not None and named and (first, last) not in named:
            given = f"{first}" if first == last else f"{first} to {last}"
            yield _doubt(step.iri, name, given, named)


def _how_often(evidence: Evidence, step: DoseStep) -> Iterator[Doubt]:
    """How often a dose is given, and that its cycle is a later one, as its words say."""
    frequency = evidence.nodes.of(step.iri).text("frequency")
    named = {word.lower() for word in OFTEN.findall(f"{label_of(step)}; {step.reported_as}")}
    own = {word.lower() for word in OFTEN.findall(frequency or "")}
    if named and own and named.isdisjoint(own):
        message = f"It is given {min(own)}, and the words say {min(named)}."
        yield Doubt(step.iri, message, frequency)
    is_later = LATER.search(label_of(step)) or LATER.search(step.reported_as)
    if is_later and step.cycle_from == 1:
        yield Doubt(step.iri, f"It begins in cycle 1, and the words say {is_later[0]}.", "1")


def spans_of(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """The first and the last number of each span that a text names, as in ``cycles 2 to 4``."""
    return [(int(first), int(last or first)) for first, last in pattern.findall(text)]


def _doubt(iri: str, name: str, given: str, named: list[tuple[int, int]]) -> Doubt:
    words = " and ".join(f"{one}" if one == other else f"{one} to {other}" for one, other in named)
    return Doubt(iri, f"It is of {name} {given}, and the label gives {name} {words}.", given)
