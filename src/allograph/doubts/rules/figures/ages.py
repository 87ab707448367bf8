"""Ages that people can have, and that the limits of their study allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import line
from allograph.doubts.rules.words.words import tokens
from allograph.evidence import Evidence
from allograph.evidence.records import Result
from allograph.rdf.vocabularies import OUTCOME

AGE = OUTCOME.age
MONTHS = 12
UNITS = {"a": "years", "mo": "months"}
OLDEST, ADULT = 110, 18
"""Years: of nobody, and from which on people are adults."""
AGES = frozenset({"child", "adult"})
UPPER, LOWER = frozenset({"less-than", "at-most"}), frozenset({"more-than"})


def plausible_ages(evidence: Evidence) -> Iterator[Doubt]:
    """An age above 110 years, or outside the limit of eligibility of its group or study."""
    for results in evidence.results_of_group.values():
        for result in results:
            if result.outcome != AGE:
                continue
            ages = [age for age in (result.value, result.range_low, result.range_high) if age]
            if any(_years(age, result) > OLDEST for age in ages):
                message = f"An age is above {OLDEST} years."
                yield Doubt(result.iri, message, f"{max(ages)} {result.unit}")
            elif people := _of_other_age(evidence, result):
                yield people
            elif result.statistic != "limit":
                yield from _outside(result, ages, _limits(evidence, result))


def _of_other_age(evidence: Evidence, result: Result) -> Doubt | None:
    """A middle age of adults in people who are called children, or the other way round."""
    named = _ages_named(evidence, result)
    study = evidence.studies.get(result.study or "")
    is_upper = result.statistic == "limit" and result.bound in UPPER
    edge = _years(result.value or Decimal(OLDEST), result)
    if is_upper and not named and study is not None and study.conditions and edge <= ADULT:
        message = "It is a limit for children, and no condition or group is called so."
        return Doubt(result.iri, message, str(result.value))
    if result.value is None or len(named) != 1:
        return None
    (word,) = named
    years = _years(result.value, result)
    if result.statistic == "limit":
        is_off = word == "adult" and result.bound in UPPER and years <= ADULT
    else:
        is_off = years >= ADULT if word == "child" else years < ADULT
    if not is_off:
        return None
    people = "children" if word == "child" else "adults"
    return Doubt(
        result.iri,
        f"They are called {people}, and this is no age of {people}.",
        _say(result.value, result),
    )


def _ages_named(evidence: Evidence, result: Result) -> frozenset[str]:
    """Whether condition, study or group speak of children, or of adults."""
    study = evidence.studies.get(result.study or "")
    conditions = frozenset() if study is None else study.conditions
    texts = [text for iri in conditions for text in (iri, _label(evidence, iri))]
    texts += [study.label] if study is not None else []
    texts += [group.label for group in line(evidence, result.group)]
    return AGES.intersection(word for text in texts for word in tokens(text))


def _label(evidence: Evidence, iri: str) -> str:
    node = evidence.nodes.get(iri)
    return "" if node is None else node.label


def _limits(evidence: Evidence, result: Result) -> list[Result]:
    """The limits of age of a group, and of those from which it was drawn."""
    groups = [result.group, *(group.iri for group in evidence.ancestors(result.group))]
    return [
        limit
        for group in groups
        for limit in evidence.results_of_group.get(group or "", ())
        if limit.outcome == AGE and limit.statistic == "limit" and limit.value is not None
    ]


def _outside(result: Result, ages: list[Decimal], limits: list[Result]) -> Iterator[Doubt]:
    for limit in limits:
        edge = limit.value or Decimal(0)
        most = _years(edge, limit)
        for age in ages:
            years = _years(age, result)
            is_above = limit.bound in UPPER and years > most
            if is_above or (limit.bound in LOWER and years < most):
                side = "above" if is_above else "below"
                printed = _say(age, result)
                message = f"{printed} is {side} the limit of {_say(edge, limit)}."
                yield Doubt(result.iri, message, printed, (limit.iri,))


def _years(age: Decimal, result: Result) -> Decimal:
    return age / MONTHS if result.unit == "mo" else age


def _say(age: Decimal, result: Result) -> str:
    return f"{age} {UNITS.get(result.unit or '', result.unit)}"
