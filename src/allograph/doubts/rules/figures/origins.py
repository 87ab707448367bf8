"""When the clock of a figure starts: against its outcome, people, study, name and neighbours."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import Made, People
from allograph.doubts.rules.words.printed_numbers import first_place, label_of
from allograph.doubts.rules.words.sense import lasts
from allograph.doubts.rules.words.words import ORIGIN_WORDS, STARTS
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Figure, Result
from allograph.rdf.vocabularies import OUTCOME

FIXED = {OUTCOME["duration-of-response"]: "response"}
"""Outcomes whose definition says when the clock starts."""
NEEDS = {"transplant": "transplant", "response": "response"}
"""The word for what people had who are counted from that day on."""
RANDOMISED = "randomised-trial"
NOT_STATED = "not-stated"


def origins_that_cannot_be(evidence: Evidence) -> Iterator[Doubt]:
    """An origin that the outcome, the people, the design or the name of a figure contradicts."""
    people = People(evidence)
    for result in evidence.results.values():
        if result.time_origin is None:
            continue
        made = None if result.group not in evidence.groups else people.of(result.group or "")
        said = (
            _of_outcome(result)
            or _of_name(evidence, result)
            or _of_design(evidence, result)
            or (_of_people(result, made) if made is not None else "")
        )
        if said:
            yield Doubt(result.iri, said, result.time_origin)


def _of_outcome(result: Result) -> str:
    fixed = FIXED.get(result.outcome or "")
    if fixed is None or result.time_origin == fixed:
        return ""
    return f"By its definition the outcome is counted from {fixed}."


def _of_people(result: Result, made: Made) -> str:
    event = NEEDS.get(result.time_origin or "")
    if event is None or event in made.had or (event == "response" and "remission" in made.had):
        return ""
    return f"It is counted from {event}, and the people were not drawn by {event}."


def _of_design(evidence: Evidence, result: Result) -> str:
    study = evidence.studies.get(result.study or "")
    if result.time_origin != "randomisation" or study is None or study.design == RANDOMISED:
        return ""
    return "It is counted from randomisation, and the study was not randomised."


def _of_name(evidence: Evidence, result: Result) -> str:
    """Words as ``from transplant`` in the definition; ``after transplant`` in the label, too."""
    definition = evidence.nodes[result.iri].text("definition") or ""
    named = {ORIGIN_WORDS[word.lower()] for word in STARTS.findall(definition)}
    if named and result.time_origin not in named:
        return f"Its definition counts from {' or '.join(sorted(named))}."
    after = {ORIGIN_WORDS[word.lower()] for word in STARTS.findall(label_of(result))}
    if after and result.time_origin not in (NOT_STATED, *after):
        return f"Its label counts from {' or '.join(sorted(after))}."
    return ""


def origins_that_differ(evidence: Evidence) -> Iterator[Doubt]:
    """Sides of one comparison, curves of one group, or figures of one sentence: one clock."""
    for comparison in evidence.comparisons.values():
        sides = [
            evidence.results.get(side or "") for side in (comparison.index, comparison.reference)
        ]
        if comparison.at_time is not None and comparison.time_origin is None:
            message = "It is of a time, and when the clock starts is not said."
            yield Doubt(comparison.iri, message, str(comparison.at_time))
        yield from _differ([comparison, *(side for side in sides if side is not None)])
    free = [result for result in evidence.results.values() if _is_free(evidence, result)]
    for results in grouped(free, lambda result: (result.report, result.group)).values():
        yield from _differ(results)
    for results in grouped(free, lambda result: _sentence(evidence, result)).values():
        yield from _differ(results)


def _is_free(evidence: Evidence, result: Result) -> bool:
    """A curve whose clock neither its outcome nor its own definition or label fixes."""
    is_fixed = result.outcome in FIXED or evidence.nodes[result.iri].text("definition")
    is_named = STARTS.search(label_of(result))
    return lasts(evidence, result.outcome) and not is_fixed and not is_named


def _sentence(evidence: Evidence, result: Result) -> tuple[object, ...] | None:
    place = first_place(evidence, result.locators)
    return None if place is None else (result.report, *place, result.outcome)


def _differ(figures: list[Figure] | list[Result]) -> Iterator[Doubt]:
    origins = {figure.time_origin for figure in figures if figure.time_origin is not None}
    if len(origins) > 1:
        named = " and ".join(sorted(origin.replace("-", " ") for origin in origins))
        for figure in figures:
            if figure.time_origin not in (None, NOT_STATED):
                others = tuple(sorted(other.iri for other in figures if other is not figure))
                message = f"Figures that belong together are counted from two origins: {named}."
                yield Doubt(figure.iri, message, figure.time_origin, others)
