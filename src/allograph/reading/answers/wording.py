"""A bunch of findings in the words of a clinician: what, how much, of whom, after what, at what time.

The statistic decides the form: ``complete remission in 57 to 81%``, ``median overall survival 5 to
8 months``, ``hazard ratio for overall survival 0.47``. Labels are those of the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Figure, Result
from allograph.rdf.vocabularies import DEFINITION
from allograph.reading.answers.alike import (
    OUTSIDE,
    Bunch,
    given_to,
    line_of,
    words_of_definition,
)
from allograph.reading.answers.composed import SIGNS
from allograph.reading.answers.findings import Finding
from allograph.reading.figures import unit_text, with_unit
from allograph.synthesis.alike import NOT_NAMED, NOT_STATED
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

SHORT = {
    "acute lymphoblastic leukaemia": "ALL",
    "Philadelphia chromosome-": "Ph-",
    "B-cell precursor ALL": "B-cell ALL",
}
"""What clinicians write instead; replaced one after the other."""
MANY = 4
"""Drugs that a treatment names; of more, it says that there are others."""


def finding_in_words(evidence: Evidence, bunch: Bunch, verb: str = "") -> str:
    """What a bunch finds, without studies and doubts; ``verb`` says what a share of people did."""
    figure = bunch.first.figure
    when = time_in_words(evidence, figure)
    amount = amount_of(bunch)
    after = after_in_words(evidence, bunch)
    whom = whom_in_words(evidence, bunch)
    people = people_in_words(evidence, bunch)
    is_share = bunch.first.measure in ("", "percentage") and isinstance(figure, Result)
    if verb and is_share:
        return _joined(f"{after},".lstrip(",") if after else "", f"{people}," if people else "", amount, whom, verb)
    pattern = OF_EFFECTS if isinstance(figure, Comparison) else OF_OTHERS
    said = STATISTICS.get(bunch.first.measure, pattern).format(
        outcome=outcome_in_words(evidence, figure),
        amount=amount,
        statistic=label_of(evidence, "statistic", figure.statistic),
        time=when,
    )
    late = "" if "{time}" in STATISTICS.get(bunch.first.measure, "") else when
    return _joined(f"{said}{late}", whom, after, people)


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))


def label_of(evidence: Evidence, scheme: str, key: str | None) -> str:
    """The label of a concept of a closed list, by its key."""
    return _label(evidence, f"{DEFINITION.removesuffix('definition/')}{scheme}/{key}")


def _label(evidence: Evidence, iri: str) -> str:
    return shortened(evidence.nodes.of(iri).label or iri.rpartition("/")[2])


def shortened(text: str) -> str:
    """A label as clinicians write it."""
    for long, short in SHORT.items():
        text = text.replace(long, short)
    return text


def outcome_in_words(evidence: Evidence, figure: Result | Comparison) -> str:
    """The outcome, its definition and its grade: ``complete remission (CR or CRi)``."""
    stated = [label_of(evidence, "definition", figure.definition)] if figure.definition else []
    if words := words_of_definition(evidence, figure):
        stated.append(words)
    grade = figure.grade if isinstance(figure, Result) else None
    if grade and grade != "any":
        stated.append(f"grade {grade}")
    label = _label(evidence, figure.outcome or "")
    return f"{label} ({'; '.join(stated)})" if stated else label


def time_in_words(evidence: Evidence, figure: Result | Comparison) -> str:
    """When, with a space or a comma in front: `` at 24 months, counted from the transplant``."""
    at = f" at {figure.at_time:f} months" if figure.at_time is not None else ""
    cycle = figure.after_cycle if isinstance(figure, Result) else None
    at += f" after cycle {cycle}" if cycle is not None else ""
    origin = figure.time_origin
    if origin and origin != NOT_STATED:
        at += f", counted from {label_of(evidence, 'origin', origin)},"
    return at


def amount_of(bunch: Bunch) -> str:
    """From the smallest value to the largest; of one finding with its people and its interval."""
    valued = [one for one in bunch.findings if one.low is not None]
    none = len(bunch.findings) - len(valued)
    not_reached = f", not reached in {none}" if none and valued else ""
    if not valued:
        return "not reached"
    unit = bunch.first.unit
    low = min(valued, key=lambda one: one.low or 0)
    high = max(valued, key=lambda one: one.high or 0)
    if len(bunch.findings) == 1:
        return _single(low)
    first, last = _digits(low, low.low), _digits(high, high.high)
    if low.low == high.high:
        return _in_unit(first, unit) + not_reached
    return f"{first} to {_in_unit(last, unit)}{not_reached}"


def _digits(finding: Finding, value: Decimal | None) -> str:
    """A value as printed; one that a source leaves open has no other spelling."""
    return finding.text if finding.low == finding.high else f"{value:f}"


def _in_unit(number: str, unit: str) -> str:
    return f"{number} people" if unit == "1" else with_unit(number, unit)


def _single(finding: Finding) -> str:
    figure = finding.figure
    if finding.low != finding.high:
        return f"{finding.low:f} to {_in_unit(f'{finding.high:f}', finding.unit)}"
    sign = SIGNS.get((figure.bound or "").replace("-", " "), "")
    said = f"{sign}{_in_unit(finding.text, finding.unit)}"
    counted = _counted(finding)
    if figure.lower is not None:
        level = f"{figure.level:f}% CI" if figure.level is not None else "CI"
        upper = "" if figure.upper is None else f"{figure.upper:f}"
        return f"{said} ({f'{counted}; ' if counted else ''}{level} {between(f'{figure.lower:f}', upper)})"
    return f"{said} ({counted})" if counted else said


def _counted(finding: Finding) -> str:
    texts = finding.row.texts
    if finding.is_derived or not isinstance(finding.figure, Result):
        return ""
    numerator, denominator = finding.figure.numerator, finding.figure.denominator
    if numerator is None or denominator is None or (finding.unit == "1" and "of" in texts):
        return ""
    return f"{numerator} of {denominator}"


def after_in_words(evidence: Evidence, bunch: Bunch) -> str:
    """The treatment: ``after blinatumomab alone``; of a comparison both sides."""
    figure = bunch.first.figure
    own = treatment_in_words(evidence, bunch.drug, [one.group for one in bunch.findings])
    if isinstance(figure, Comparison):
        others = [one.figure.comparator or "" for one in bunch.findings if isinstance(one.figure, Comparison)]
        against = treatment_in_words(evidence, "", others)
        if own == against:
            return f"between groups given {own}" if own else ""
        return f"with {own or 'a treatment not stated'} against {against or 'a treatment not stated'}"
    return f"after {own}" if own else ""


def treatment_in_words(evidence: Evidence, drug: str, groups: Sequence[str]) -> str:
    """What groups were given; all of them have ``drug`` in common, or one regimen."""
    sides = [frozenset().union(*given_to(evidence, group)) for group in groups]
    labels = sorted({_regimen(evidence, group) for group in groups} - {""})
    if not drug or not all(drug in side for side in sides):
        common = labels[:2]
        return " or ".join(common) + (" or others" if len(labels) > len(common) else "")
    name, others = _label(evidence, drug), {each for side in sides for each in side - {drug}}
    named = all(_is_named(evidence, group) for group in groups)
    if not others and named:
        return f"{name} alone"
    if len(set(sides)) == 1 and named and len(others) < MANY:
        every = all(given_to(evidence, group)[0] == sides[0] for group in groups)
        joined = " and ".join(sorted(_label(evidence, each) for each in others))
        return f"{name} with {joined}" + ("" if every else ", which not all were given")
    if any(side == {drug} and _is_named(evidence, group) for side, group in zip(sides, groups, strict=True)):
        return f"{name}, alone or with other drugs"
    return f"{name} with other drugs"


def _regimen(evidence: Evidence, group: str) -> str:
    known = evidence.groups.get(group)
    return " and ".join(_label(evidence, iri) for iri in sorted(known.regimens)) if known else ""


def _is_named(evidence: Evidence, group: str) -> bool:
    known = evidence.groups.get(group)
    regimens = [evidence.nodes.of(iri) for iri in known.regimens] if known else []
    return all(NOT_NAMED not in node.keys("flag") for node in regimens)


def whom_in_words(evidence: Evidence, bunch: Bunch) -> str:
    """Of whom: what the question counts, who was chosen by an outcome, or an external control."""
    if bunch.first.whom:
        return bunch.first.whom
    line = line_of(evidence, bunch.first.group)
    chosen = sorted({iri for one in line for iri in one.selected_by})
    without = sorted({iri for one in line for iri in one.without})
    words = []
    if line and line[0].grouping in OUTSIDE:
        words.append(f"of {label_of(evidence, 'grouping', line[0].grouping)}")
    parts = [one for one in line if one.grouping == "subgroup" and not (one.selected_by or one.without)]
    if parts:
        words.append(f"of \N{LEFT DOUBLE QUOTATION MARK}{parts[0].label}\N{RIGHT DOUBLE QUOTATION MARK}")
    if chosen:
        words.append(f"of those with {_and(_label(evidence, iri) for iri in chosen)}")
    if without:
        words.append(f"{'and' if chosen else 'of those'} without {_and(_label(evidence, iri) for iri in without)}")
    if not words and line and line[0].grouping == "analysis-set":
        words.append("of those analysed")
    return " ".join(words)


def people_in_words(evidence: Evidence, bunch: Bunch) -> str:
    """The narrowest condition that all studies have: ``in relapsed or refractory ALL``."""
    closures = []
    for iri in bunch.studies:
        study = evidence.studies.get(iri)
        if study and study.conditions:
            closures.append(frozenset().union(*(evidence.broader(one) for one in study.conditions)))
    if not closures or len(closures) < len(bunch.studies):
        return ""
    common = frozenset.intersection(*closures)
    narrowest = sorted(common, key=lambda iri: (-len(evidence.broader(iri)), iri))
    return f"in {_label(evidence, narrowest[0])}" if narrowest else ""


def _and(words: Iterable[str]) -> str:
    return " and ".join(words)


def unit_in_words(figure: Figure) -> str:
    """The unit of a figure as people read it."""
    return unit_text(figure.unit or "")
