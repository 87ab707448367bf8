"""A bunch of findings in the words of a clinician: what, how much, of whom, after what, when.

The statistic decides the form: ``complete remission in 57 to 81%``, ``median overall survival 5 to
8 months``, ``hazard ratio for overall survival 0.47``. Labels are those of the ontology.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from allograph.evidence import Evidence
from allograph.evidence.pooling.times import NOT_STATED
from allograph.evidence.records import Comparison, Result
from allograph.reading.answers.alike import Bunch, words_of_definition
from allograph.reading.answers.composed import SIGNS
from allograph.reading.answers.findings import Finding
from allograph.reading.answers.labels import label, label_of
from allograph.reading.answers.treated import after_in_words
from allograph.reading.answers.whom import people_in_words, whom_in_words
from allograph.reading.figures import with_unit
from allograph.text.numerals import between

STATISTICS = {
    "": "{outcome} in {amount}",
    "percentage": "{outcome} in {amount}",
    "count": "{outcome} in {amount}",
    "survival-probability": "{outcome}{time} {amount}",
    "cumulative-incidence": "cumulative incidence of {outcome}{time} {amount}",
    "median-time-to-event": "median {outcome} {amount}",
    "median": "median {outcome} {amount}",
    "mean": "mean {outcome} {amount}",
    "unspecified-average": "average {outcome}, of a kind not stated, {amount}",
}
"""How a figure is said by its statistic; of others the name of the statistic stands in front."""
OF_OTHERS = "{statistic} of {outcome} {amount}"
OF_EFFECTS = "{statistic} for {outcome} {amount}"

UNVALUED = NO_ESTIMATE, NO_VALUE = "compared without a printed estimate", "without a printed value"
"""What is said where nothing but words is printed."""

SHARES = frozenset({"", "percentage"})
"""The statistics that are shares of people; a share that the question derives has none."""


def finding_in_words(evidence: Evidence, bunch: Bunch, verb: str = "") -> str:
    """What a bunch finds, without studies and doubts; ``verb`` says what a share of people did."""
    figure = bunch.first.figure
    when = time_in_words(evidence, figure)
    amount = amount_of(evidence, bunch)
    after = after_in_words(evidence, bunch)
    whom = whom_in_words(evidence, bunch)
    people = people_in_words(evidence, bunch)
    if verb and bunch.first.measure in SHARES and isinstance(figure, Result):
        return f"{_listed(after, people)}, {' '.join(filter(None, [amount, whom, verb]))}"
    others = OF_EFFECTS if isinstance(figure, Comparison) else OF_OTHERS
    pattern = STATISTICS.get(bunch.first.measure, others)
    if amount in UNVALUED:
        pattern = "{outcome}{time}, {amount},"
    said = pattern.format(
        outcome=outcome_in_words(evidence, figure),
        amount=amount,
        statistic=label_of(evidence, "statistic", figure.statistic),
        time=when,
    )
    late = "" if "{time}" in pattern else when
    if whom and bunch.first.measure not in SHARES:
        whom = f"in {whom.removeprefix('of ')}"
    return " ".join(filter(None, [f"{said}{late}", whom, _listed(after, people)]))


def _listed(after: str, people: str) -> str:
    """The treatment and the people, with a comma where the treatment has one."""
    return (", " if "," in after else " ").join(filter(None, [after, people]))


def outcome_in_words(evidence: Evidence, figure: Result | Comparison) -> str:
    """The outcome, its definition and its grade: ``complete remission (CR or CRi)``."""
    stated = [label_of(evidence, "definition", figure.definition)] if figure.definition else []
    if words := words_of_definition(evidence, figure):
        stated.append(words)
    grade = figure.grade if isinstance(figure, Result) else None
    if grade and grade != "any":
        stated.append(f"grade {grade}")
    outcome = label(evidence, figure.outcome or "")
    return f"{outcome} ({'; '.join(stated)})" if stated else outcome


def time_in_words(evidence: Evidence, figure: Result | Comparison) -> str:
    """When, with a space or a comma in front: `` at 24 months, counted from the transplant``."""
    at = f" at {figure.at_time:f} months" if figure.at_time is not None else ""
    cycle = figure.after_cycle if isinstance(figure, Result) else None
    at += f" after cycle {cycle}," if cycle is not None else ""
    origin = figure.time_origin
    if origin and origin != NOT_STATED:
        at += f", counted from {label_of(evidence, 'origin', origin)},"
    return at


def amount_of(evidence: Evidence, bunch: Bunch, *, is_short: bool = False) -> str:
    """From the smallest value to the largest; of one finding with its people and its interval.

    One that ``is_short`` is without these.
    """
    valued = [one for one in bunch.findings if one.low is not None]
    statuses = [_status(evidence, one) for one in bunch.findings if one.low is None]
    if not valued:
        return " or ".join(dict.fromkeys(statuses))
    counted = Counter(statuses)
    not_reached = "".join(f", {status} in {number}" for status, number in counted.items())
    low = min(valued, key=lambda one: one.low or 0)
    high = max(valued, key=lambda one: one.high or 0)
    first, last = _digits(low, low.low), _digits(high, high.high)
    if low.low != high.high:
        return f"{first} to {in_unit(last, low)}{not_reached}"
    if len(bunch.findings) == 1 and not is_short:
        return _single(low)
    return in_unit(first, low) + not_reached


def _status(evidence: Evidence, finding: Finding) -> str:
    """Why a finding has no value."""
    statuses = evidence.nodes.of(finding.figure.iri).iris("valueStatus")
    if statuses:
        return label(evidence, statuses[0])
    return NO_ESTIMATE if isinstance(finding.figure, Comparison) else NO_VALUE


def _digits(finding: Finding, value: Decimal | None) -> str:
    """A value as printed; one that a source leaves open has no other spelling."""
    return finding.text if finding.low == finding.high else f"{value:f}"


def in_unit(number: str, finding: Finding) -> str:
    """A number in the unit of a finding; what is counted are people."""
    counts = finding.unit == "1" and finding.measure == "count"
    return f"{number} people" if counts else with_unit(number, finding.unit)


def _single(finding: Finding) -> str:
    figure = finding.figure
    sign = SIGNS.get((figure.bound or "").replace("-", " "), "")
    said = f"{sign}{in_unit(finding.text, finding)}"
    counted = _counted(finding)
    if figure.lower is not None:
        level = f"{figure.level:f}% CI" if figure.level is not None else "CI"
        upper = "" if figure.upper is None else f"{figure.upper:f}"
        interval = f"{level} {between(f'{figure.lower:f}', upper)}"
        return f"{said} ({'; '.join(filter(None, [counted, interval]))})"
    return f"{said} ({counted})" if counted else said


def _counted(finding: Finding) -> str:
    if finding.is_derived or not isinstance(finding.figure, Result):
        return ""
    numerator, denominator = finding.figure.numerator, finding.figure.denominator
    if numerator is None or denominator is None:
        return ""
    return f"{numerator} of {denominator}"
