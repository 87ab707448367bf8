"""What is proposed of the certainty of a pooled answer, by computation alone."""

from __future__ import annotations

from allograph import __version__
from allograph.evidence.judgements.certainty import (
    HIGH,
    LOW,
    LOWERING,
    Certainty,
    Step,
    level_after,
)
from allograph.evidence.model import Evidence
from allograph.evidence.pooling.answers import COMPARISON, Pool

RANDOMISED = "randomised-trial"


def proposed_certainty(pool: Pool, evidence: Evidence) -> Certainty:
    """The level that the numbers of a pool suggest, with a reason for each step.

    A proposal is never a judgement: what no number tells is left open (``Certainty.unjudged``).
    """
    start = start_of(pool, evidence)
    steps = tuple(Step(domain, 0, "Nobody has judged it.", is_judged=False) for domain in LOWERING)
    return Certainty(
        level_after(start, steps), start, steps, is_proposed=True, who=f"allograph {__version__}"
    )


def start_of(pool: Pool, evidence: Evidence) -> str:
    """High for comparisons of randomised trials, low for all others."""
    designs = {evidence.studies[row.study].design for row in pool.rows}
    return HIGH if pool.kind == COMPARISON and designs == {RANDOMISED} else LOW
