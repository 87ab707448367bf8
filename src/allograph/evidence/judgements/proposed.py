"""What is proposed of the certainty of a pooled answer, by computation alone.

Each of the five domains of GRADE that can lower a level is a function from a pool to a step with
its reason. A proposal is never a judgement: thresholds are rules of thumb, and what no number
tells is left open (``Certainty.unjudged``). ``docs/judgements.md`` has all thresholds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from allograph import __version__
from allograph.evidence.judgements.biased import (
    GRAVE,
    NOT_JUDGED,
    RiskOfBias,
    risk_of,
    risks_of_bias,
)
from allograph.evidence.judgements.certainty import (
    HIGH,
    LOW,
    RISK_OF_BIAS,
    Certainty,
    Step,
    level_after,
)
from allograph.evidence.judgements.direct import indirectness, short
from allograph.evidence.judgements.numbers import imprecision, inconsistency, weights_of
from allograph.evidence.judgements.reporting import publication_bias
from allograph.evidence.model import Evidence
from allograph.evidence.pooling.answers import COMPARISON, Pool, Row

BY_CHANCE = "randomised"
BY = f"allograph {__version__}"
"""Who proposes: the program and its version."""


def proposed_certainty(pool: Pool, evidence: Evidence) -> Certainty:
    """The level that a pool suggests, with a reason for each step."""
    start = start_of(pool)
    steps = tuple(domain(pool, evidence) for domain in DOMAINS)
    return Certainty(level_after(start, steps), start, steps, is_proposed=True, who=BY)


def start_of(pool: Pool) -> str:
    """High for comparisons of groups that chance made, low for all others (GRADE guidelines 5).

    The words of a pool say it (``pooling.traits``): people of a randomised trial who were chosen by
    what became of them are no such groups, and an arm that is looked at alone is compared with
    nobody.
    """
    is_by_chance = BY_CHANCE in pool.words.split("; ")
    return HIGH if pool.kind == COMPARISON and is_by_chance else LOW


def risk_of_bias(pool: Pool, evidence: Evidence) -> Step:
    """One level down where most weight is of figures that were judged to be at grave risk.

    Only judgements of people tell it; one that is stale, or that leaves all open, is none.
    """
    risks = risks_of_bias(evidence)
    found = [(row, _risk(evidence, risks, row)) for row in pool.rows]
    unknown = sorted(
        {
            short(row.label)
            for row, risk in found
            if not risk or risk.is_stale or risk.risk == NOT_JUDGED
        }
    )
    if unknown or not found:
        who = ", ".join(unknown) or "any study"
        return Step(RISK_OF_BIAS, 0, f"No judgement of the bias of {who}.", is_judged=False)
    grave = [risk is not None and risk.rank <= GRAVE for _row, risk in found]
    weight = sum(w for w, is_grave in zip(weights_of(pool), grave, strict=True) if is_grave)
    said = f"{sum(grave)} of {len(found)} figures were judged to be at grave risk of bias"
    share = f"{said}, with {100 * weight:.0f} % of the weight."
    return Step(RISK_OF_BIAS, -1 if weight > 0.5 else 0, share)


def _risk(evidence: Evidence, risks: Sequence[RiskOfBias], row: Row) -> RiskOfBias | None:
    """The judgement of a figure; of a comparison, else that of one of its two sides."""
    comparison = evidence.comparisons.get(row.figure)
    sides = (comparison.index, comparison.reference) if comparison else ()
    figures = (row.figure, *(side for side in sides if side))
    found = (risk_of(risks, figure, row.study) for figure in figures)
    return next((risk for risk in found if risk), None)


DOMAINS: tuple[Callable[[Pool, Evidence], Step], ...] = (
    risk_of_bias,
    inconsistency,
    indirectness,
    imprecision,
    publication_bias,
)
"""In the order in which they are told."""
