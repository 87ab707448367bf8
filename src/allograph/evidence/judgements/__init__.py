"""Judgements of evidence: how sure a pooled answer is, and how far a figure may be biased.

Touch it for what a judgement says, what it is bound to and when it is stale, and for what is
proposed of certainty by computation. A person's judgement is a file of ``graph/judgement/``; what
is computed is a proposal, and says so. How figures are pooled is in ``pooling``.
"""

from allograph.evidence.judgements.bound import AnswerKey, answer_key
from allograph.evidence.judgements.certainty import (
    HIGH,
    LEVELS,
    LOW,
    MODERATE,
    VERY_LOW,
    Certainty,
    Step,
)
from allograph.evidence.judgements.curated import judged
from allograph.evidence.judgements.proposed import proposed_certainty

__all__ = [
    "HIGH",
    "LEVELS",
    "LOW",
    "MODERATE",
    "VERY_LOW",
    "AnswerKey",
    "Certainty",
    "Step",
    "answer_key",
    "judged",
    "proposed_certainty",
]
