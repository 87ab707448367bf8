"""Effects of one arm against another, pooled: ratios, differences, and rare events by counts.

An effect goes in on the scale of its model, and comes out on the scale on which it is read. This is
the door to both ways: by inverse variance (``inverse``), and people as they are (``rare``).
"""

from __future__ import annotations

from collections.abc import Sequence

from allograph.synthesis.estimates import effect_of, estimate_from_interval
from allograph.synthesis.pooled import (
    INVERSE_VARIANCE,
    MANTEL_HAENSZEL,
    PETO,
    REML_HKSJ,
    Synthesis,
    check_level,
)
from allograph.synthesis.refusals import NotEstimable
from allograph.synthesis.values import (
    COUNTED,
    HAZARD_RATIO,
    MEAN_DIFFERENCE,
    MEASURES,
    ODDS_RATIO,
    RATIOS,
    RISK_DIFFERENCE,
    RISK_RATIO,
    Estimate,
    TwoArms,
)

__all__ = [
    "COUNTED",
    "HAZARD_RATIO",
    "INVERSE_VARIANCE",
    "MEAN_DIFFERENCE",
    "MEASURES",
    "ODDS_RATIO",
    "RATIOS",
    "RISK_DIFFERENCE",
    "RISK_RATIO",
    "Estimate",
    "NotEstimable",
    "TwoArms",
    "effect_of",
    "estimate_from_interval",
    "pool_effects",
    "pool_rare",
]


def pool_effects(
    estimates: Sequence[Estimate],
    measure: str,
    model: str = REML_HKSJ,
    level: float = 95.0,
) -> Synthesis:
    """Pool effects by inverse variance; ratios are taken back from their logarithms.

    ``model`` is ``REML_HKSJ``, ``REML`` or ``FIXED``; ``level`` is in percent. With fewer than two
    studies the ``estimate`` is ``None`` and its reason a sentence. Raises ``ValueError`` for
    another model or measure, or no level.
    """
    from allograph.synthesis import inverse, results

    if measure not in MEASURES:
        raise ValueError(f"'{measure}' is no measure; {', '.join(MEASURES)} are")
    return inverse.pool(estimates, model, level, results.ratio_of if measure in RATIOS else float)


def pool_rare(
    arms: Sequence[TwoArms],
    measure: str,
    model: str = MANTEL_HAENSZEL,
    level: float = 95.0,
) -> Synthesis:
    """Pool the people of two arms as they are, zeros included: for events that are rare.

    ``MANTEL_HAENSZEL`` gives ``rr``, ``or`` and ``rd``; ``PETO`` gives ``or``. Nothing is added to
    any cell. Where nobody had the outcome the ``estimate`` is ``None`` and its reason a sentence.
    Raises ``ValueError`` for another model, or a measure that it does not give, or no level.
    """
    from allograph.synthesis import rare

    check_level(level)
    if model == PETO and measure == ODDS_RATIO:
        return rare.peto(arms, level)
    if model == MANTEL_HAENSZEL and measure in COUNTED:
        return rare.mantel_haenszel(arms, measure, level)
    raise ValueError(
        f"'{model}' does not pool '{measure}' of rare events; {MANTEL_HAENSZEL} pools "
        f"{', '.join(COUNTED)}, {PETO} pools {ODDS_RATIO}"
    )
