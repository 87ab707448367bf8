"""What is known where an answer is empty: how much of the release is about what was asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from allograph.evidence import Evidence
from allograph.namespaces import key_of
from allograph.questions.question import Argument, Bound
from allograph.reading.answers.alike import given_to
from allograph.reading.answers.labels import label
from allograph.reading.unread import NOTHING, is_about_studies

BOTH = 2


def nothing_in_words(evidence: Evidence, asked: Bound) -> str:
    """As in ``Of its 59 studies 31 gave blinatumomab, and none reports CD22 expression.``.

    Empty, if no study could answer the question.
    """
    if not is_about_studies(asked.question):
        return ""
    told = [part for argument in asked.arguments for part in _told(evidence, argument)]
    if not told:
        return NOTHING
    listed = " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
    is_all = len(told) == sum(1 for argument in asked.arguments if argument.values)
    together = "; none has both" if len(told) == BOTH and is_all else ""
    return f"{NOTHING} Of its {len(evidence.studies)} studies {listed}{together}."


def _told(evidence: Evidence, argument: Argument) -> Iterator[str]:
    """How many studies are about what an argument asks for."""
    asked_for = [value.choice.iri for value in argument.values if value.choice]
    named = " or ".join(label(evidence, iri) for iri in asked_for)
    match key_of(argument.parameter.class_iri or ""):
        case "Drug" if asked_for:
            yield f"{_number(_given(evidence, asked_for))} gave {named}"
        case "Outcome" if asked_for:
            reported = _number(_reporting(evidence, asked_for))
            yield f"{reported} report{'s' if reported in ('none', '1') else ''} {named}"
        case "Condition" if asked_for:
            studied = _number(_of_conditions(evidence, asked_for))
            yield f"{studied} {'is' if studied in ('none', '1') else 'are'} of people with {named}"


def _number(studies: Collection[str]) -> str:
    return str(len(studies)) if studies else "none"


def _given(evidence: Evidence, drugs: Collection[str]) -> set[str]:
    """The studies in which a group, or some of it, was given one of the drugs."""
    return {
        group.study or ""
        for group in evidence.groups.values()
        if not frozenset().union(*given_to(evidence, group.iri)).isdisjoint(drugs)
    }


def _reporting(evidence: Evidence, outcomes: Collection[str]) -> set[str]:
    """The studies with a figure or a comparison of one of the outcomes, or of a narrower one."""
    return {
        figure.study or ""
        for figure in (*evidence.results.values(), *evidence.comparisons.values())
        if not evidence.broader(figure.outcome).isdisjoint(outcomes)
    }


def _of_conditions(evidence: Evidence, conditions: Collection[str]) -> set[str]:
    return {
        study.iri
        for study in evidence.studies.values()
        if any(not evidence.broader(one).isdisjoint(conditions) for one in study.conditions)
    }
