"""Figures of a part of a group beside those of the whole: the same share, or more people harmed.

Schulz KF, Altman DG, Moher D. CONSORT 2010 statement. BMJ 2010;340:c332, item 16.
Ioannidis JPA, Evans SJW, Gotzsche PC, et al. Better reporting of harms in randomized trials.
Ann Intern Med 2004;141:781-788.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from math import ceil, floor

from allograph.doubts.rules.counting import words_of
from allograph.doubts.rules.figures.counts import number
from allograph.doubts.rules.rounding import HUNDRED, rounding, shown
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Result
from allograph.rdf.vocabularies import OUTCOME

HARM = OUTCOME["adverse-event"]
ENDS = re.compile(r"\b(?:before|within|until|up to)\b", re.IGNORECASE)
"""Words of a definition that end the time in which events are counted."""


def shares_of_parts(evidence: Evidence) -> Iterator[Doubt]:
    """A share of all that another report prints as the share of people selected from them."""
    shares = [
        result
        for result in evidence.results.values()
        if result.kind == "Proportion" and result.value is not None and 0 < result.value < HUNDRED
    ]
    for part, whole in _parts_and_wholes(evidence, shares):
        selected = evidence.groups[part.group or ""]
        if part.report == whole.report or not selected.selected_by or whole.numerator is not None:
            continue
        if part.value is None or whole.value is None:
            continue
        if abs(part.value - whole.value) <= rounding(whole):
            message = f'{shown(part)} is the share of "{selected.label}" in another report.'
            yield Doubt(whole.iri, message, shown(whole), (part.iri,))


def harms_in_windows(evidence: Evidence) -> Iterator[Doubt]:
    """An adverse event that fewer people of the whole had than of a part of them.

    Where the figure of the whole says when its window ends, and the other does not, that is why.
    """
    harms = [
        result
        for result in evidence.results.values()
        if result.kind in ("Count", "Proportion") and HARM in evidence.broader(result.outcome)
    ]
    for part, whole in _parts_and_wholes(evidence, harms):
        if _window(evidence, whole) - _window(evidence, part):
            continue
        (fewest, _), (_, most) = _people(evidence, part), _people(evidence, whole)
        if fewest is not None and most is not None and fewest > most:
            selected = evidence.groups[part.group or ""]
            message = f'At least {fewest} of "{selected.label}" had it, and at most {most} of all.'
            yield Doubt(whole.iri, message, shown(whole), (part.iri,))


def _window(evidence: Evidence, result: Result) -> frozenset[object]:
    """What a figure says of the end of the time in which events were counted."""
    ending = {words for words in words_of(evidence, result) if ENDS.search(words)}
    return frozenset(ending | ({result.at_time, result.after_cycle} - {None}))


def _parts_and_wholes(evidence: Evidence, results: list[Result]) -> Iterator[tuple[Result, Result]]:
    """Results of one outcome, statistic and grade: of a group, and of one that it is drawn from."""
    alike = grouped(
        results,
        lambda result: (
            (result.group, result.outcome, result.kind, result.grade)
            if result.group in evidence.groups and not result.bound
            else None
        ),
    )
    for part in (result for same in alike.values() for result in same):
        for above in evidence.ancestors(part.group):
            for whole in alike.get((above.iri, part.outcome, part.kind, part.grade), ()):
                yield part, whole


def _people(evidence: Evidence, result: Result) -> tuple[int | None, int | None]:
    """The fewest and the most people that a figure may stand for."""
    count = number(result)
    if count is not None:
        return count, count
    people = result.denominator or evidence.size(result.group)
    if people is None or result.value is None or result.unit != "%":
        return None, None
    slack = rounding(result)
    ends: list[Decimal] = [(result.value + side * slack) * people / HUNDRED for side in (-1, 1)]
    return ceil(ends[0]), floor(ends[1])
