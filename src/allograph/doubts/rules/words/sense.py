"""Which way is better: for a figure of an outcome, and for an estimate of an effect on it."""

from __future__ import annotations

from allograph.evidence import Evidence
from allograph.evidence.measures import HAZARD_RATIOS
from allograph.evidence.records import Comparison, Result
from allograph.rdf.vocabularies import OUTCOME

LASTING = frozenset({OUTCOME.survival, OUTCOME["duration-of-response"]})
"""Outcomes that last; their times, and their hazard ratios, are about the end of them."""


def is_higher_better(evidence: Evidence, result: Result) -> bool | None:
    """Whether more of the figure is better for people; None where nobody can say."""
    if result.statistic == "survival-probability":
        return True
    is_desirable = evidence.is_desirable(result.outcome)
    if result.kind == "TimeToEvent":
        # What is dreaded should come late; what is hoped for is an end, or should last.
        return True if is_desirable is False or lasts(evidence, result.outcome) else None
    return is_desirable if result.kind in ("Proportion", "ProbabilityAtTime", "Rate") else None


def is_below_null_better(evidence: Evidence, comparison: Comparison) -> bool | None:
    """Whether a ratio below 1 favours the group; None where nobody can say."""
    is_desirable = evidence.is_desirable(comparison.outcome)
    if lasts(evidence, comparison.outcome):
        return True if comparison.statistic in HAZARD_RATIOS else None
    if comparison.statistic in HAZARD_RATIOS:
        return True if is_desirable is False else None
    return None if is_desirable is None else not is_desirable


def lasts(evidence: Evidence, outcome: str | None) -> bool:
    """Whether an outcome is a state that lasts, as survival, not an event."""
    return not LASTING.isdisjoint(evidence.broader(outcome))
