"""Outcomes within outcomes: whoever had the narrower one had the broader one too."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.figures.counts import number
from allograph.doubts.rules.rounding import rounding
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Result
from allograph.rdf.vocabularies import DEFINITION


def narrower_outcomes(evidence: Evidence) -> Iterator[Doubt]:
    """A narrower outcome that more people had than the broader one, same people and time."""
    alike = grouped(evidence.results.values(), _people)
    for results in alike.values():
        if len(results) == 1:
            continue
        of_outcome = grouped(results, lambda result: result.outcome)
        for narrow in results:
            for outcome in evidence.broader(narrow.outcome) - {narrow.outcome}:
                for broad in of_outcome.get(outcome, ()):
                    if _is_kind_of(evidence, narrow, broad) and _is_more(narrow, broad):
                        yield _doubt(narrow, broad, "The outcome is a kind of another one")
            for broad in of_outcome.get(narrow.outcome or "", ()):
                if _counts_fewer_states(evidence, narrow, broad) and _is_more(narrow, broad):
                    said = f"{narrow.definition} is a part of {broad.definition}"
                    yield _doubt(narrow, broad, said)


def _people(result: Result) -> tuple[object, ...]:
    """Whom and when: grades and time points are only compared with the same."""
    return (
        result.report,
        result.group,
        result.at_time,
        result.time_origin,
        result.after_cycle,
        result.grade,
        result.assessor,
        result.cutoff,
    )


def _is_kind_of(evidence: Evidence, narrow: Result, broad: Result) -> bool:
    """Whether the broader outcome is an event; a mere heading has good and bad below it."""
    return evidence.is_desirable(narrow.outcome) == evidence.is_desirable(broad.outcome)


def _counts_fewer_states(evidence: Evidence, narrow: Result, broad: Result) -> bool:
    """Whether what one counts is a part of what the other counts, as CR of CR/CRi."""
    if narrow.definition is None or broad.definition in (None, narrow.definition):
        return False
    return DEFINITION[broad.definition] in evidence.broader(DEFINITION[narrow.definition])


def _is_more(narrow: Result, broad: Result) -> bool:
    if narrow.denominator != broad.denominator or narrow.bound or broad.bound:
        return False
    fewer, more = number(narrow), number(broad)
    if fewer is not None and more is not None:
        return fewer > more
    if narrow.value is None or broad.value is None or not (_is_share(narrow) and _is_share(broad)):
        return False
    return narrow.value - rounding(narrow) > broad.value + rounding(broad)


def _is_share(result: Result) -> bool:
    """A share with the event; one that is free of the event falls the other way."""
    return result.kind == "Proportion" or result.statistic == "cumulative-incidence"


def _doubt(narrow: Result, broad: Result, why: str) -> Doubt:
    fewer, more = number(narrow), number(broad)
    if fewer is None or more is None:
        said = f"{narrow.value}% had it, and only {broad.value}%"
    else:
        said = f"{fewer} had it, and only {more}"
    return Doubt(
        about=narrow.iri,
        message=f"{why}: {said} the other.",
        value=str(narrow.value if narrow.value is not None else fewer),
        involves=(broad.iri,),
    )
