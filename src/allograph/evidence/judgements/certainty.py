"""Certainty of evidence in the terms of GRADE: a level to start from, and steps with reasons.

Randomised trials start high and observational studies low, and five domains can lower the level
(G. H. Guyatt et al., GRADE guidelines 5, J. Clin. Epidemiol. 2011, 10.1016/j.jclinepi.2011.01.011);
three can raise that of observational studies (GRADE guidelines 9, 10.1016/j.jclinepi.2011.06.004).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

HIGH, MODERATE, LOW, VERY_LOW = "high", "moderate", "low", "very-low"

LEVELS = (VERY_LOW, LOW, MODERATE, HIGH)
"""The levels from the least to the most certain; keys of the scheme ``certainty``."""

RISK_OF_BIAS = "risk-of-bias"
INCONSISTENCY = "inconsistency"
INDIRECTNESS = "indirectness"
IMPRECISION = "imprecision"
PUBLICATION_BIAS = "publication-bias"

LOWERING = (RISK_OF_BIAS, INCONSISTENCY, INDIRECTNESS, IMPRECISION, PUBLICATION_BIAS)
"""The five domains that can lower a level, as they are told; keys of the scheme ``aspect``."""


@dataclass(frozen=True)
class Step:
    """What one domain does to the level: ``by`` levels, which is negative where it lowers it.

    With ``is_judged`` false nobody has judged the domain, and nothing that is known computes it:
    ``by`` is 0 then, and the reason says what is missing.
    """

    domain: str
    by: int
    reason: str
    is_judged: bool = True


@dataclass(frozen=True)
class Certainty:
    """How sure an answer is: a key of ``LEVELS``, from a start by steps, each with its reason.

    ``who`` is a person who gave a name, or ``allograph <version>`` of what was computed, which
    ``is_proposed``; a proposal has no day, for it is made anew with each release. A judgement
    ``is_stale`` when the answer is no longer the one that was judged.
    """

    level: str
    start: str
    steps: tuple[Step, ...]
    is_proposed: bool
    who: str
    when: date | None = None
    is_stale: bool = False

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The domains that nobody has judged: the level is *at most* what it says."""
        return tuple(step.domain for step in self.steps if not step.is_judged)


def level_after(start: str, steps: Iterable[Step]) -> str:
    """The level to which steps lead; it ends at both ends of the scale."""
    place = LEVELS.index(start) + sum(step.by for step in steps)
    return LEVELS[max(0, min(place, len(LEVELS) - 1))]
