"""The statistic of a figure, against its outcome, its class and its own name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from allograph.doubts.rules.effects.effects import DIFFERENCES
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import texts_of
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.sense import lasts
from allograph.doubts.rules.words.words import AVERAGE, INCIDENCE, MEDIAN
from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Result
from allograph.rdf.vocabularies import OUTCOME

OF_KIND: Mapping[str, frozenset[str]] = {
    "Proportion": frozenset({"percentage", "range"}),
    "TimeToEvent": frozenset(
        {"median-time-to-event", "restricted-mean-time", "unspecified-average"}
    ),
    "ProbabilityAtTime": frozenset({"survival-probability", "cumulative-incidence"}),
    "Count": frozenset({"count"}),
    "Rate": frozenset({"incidence-rate"}),
    "Summary": frozenset(
        {
            "median",
            "mean",
            "least-squares-mean",
            "mean-change",
            "unspecified-average",
            "range",
            "limit",
        }
    ),
}
"""How a figure of each class is summarised."""
NO_EVENTS = frozenset({OUTCOME.baseline, OUTCOME.conduct})
"""Outcomes that nobody waits for: what people were like, how long they were observed."""
MEDIANS = frozenset({"median", "median-time-to-event", "difference-of-medians"})


def statistics_of_outcomes(evidence: Evidence) -> Iterator[Doubt]:
    """A statistic that a figure of this outcome, this class or this name cannot have."""
    for result in evidence.results.values():
        said = _of_outcome(evidence, result) or _of_kind(result) or _of_name(result)
        if said:
            yield Doubt(result.iri, said, result.statistic)
    for comparison in evidence.comparisons.values():
        statistics = DIFFERENCES.get(comparison.statistic or "")
        arms = (
            evidence.results.get(side or "") for side in (comparison.index, comparison.reference)
        )
        for arm in arms:
            if statistics and arm is not None and arm.statistic not in statistics:
                message = f"It is a {_say(comparison)}, and what it compares is a {_say(arm)}."
                yield Doubt(comparison.iri, message, comparison.statistic, (arm.iri,))
                break


def _of_outcome(evidence: Evidence, result: Result) -> str:
    is_lasting = lasts(evidence, result.outcome)
    broader = evidence.broader(result.outcome)
    if result.outcome not in evidence.nodes:
        return ""
    if result.statistic == "survival-probability" and not is_lasting:
        return "A survival probability is of a state that lasts, and the outcome is an event."
    if result.statistic == "cumulative-incidence" and is_lasting:
        return "A cumulative incidence is of an event, and the outcome is a state that lasts."
    if result.kind in ("TimeToEvent", "ProbabilityAtTime") and not NO_EVENTS.isdisjoint(broader):
        return "Nobody waits for the outcome: it is no event, and has no curve."
    is_time = result.kind == "Summary" and result.statistic == "median"
    return "The time to an event has censored people: it is no plain median." * (
        is_time and is_lasting
    )


def _of_kind(result: Result) -> str:
    fits = OF_KIND.get(result.kind or "")
    if fits is None or result.statistic is None or result.statistic in fits:
        return ""
    return f"A {result.kind} is no {_say(result)}."


def _of_name(result: Result) -> str:
    """The words for the statistic in the label, or else in the printed form."""
    for text in (label_of(result), texts_of(result)[2]):
        if AVERAGE.search(text) and result.statistic in MEDIANS:
            return "An average is named, and a median is entered."
        if MEDIAN.search(text) and result.statistic == "unspecified-average":
            return "A median is named, and an average is entered."
        if INCIDENCE.search(text) and result.statistic == "survival-probability":
            return "A risk is named, and the share without the event is entered."
    return ""


def _say(figure: Result | Comparison) -> str:
    return (figure.statistic or "").replace("-", " ")
