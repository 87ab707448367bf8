"""The double arcsine of Freeman and Tukey: to reproduce older reviews, and for nothing else.

M. F. Freeman and J. W. Tukey, Ann. Math. Stat. 21 (1950) 607-611, taken back with the harmonic mean
of the people by the formula of J. J. Miller, Am. Stat. 32 (1978) 138. That mean stands for studies
of very different sizes, and can mislead seriously: G. Schwarzer et al., Res. Synth. Methods 10
(2019) 476-483.
"""

from __future__ import annotations

import math

import numpy as np

from allograph.synthesis.counts import Counts
from allograph.synthesis.inverse import Effects, der_simonian_laird, random_effects
from allograph.synthesis.pooled import FREEMAN_TUKEY, Synthesis

MISLEADING = (
    "This transformation is taken back by the harmonic mean of the people, which can mislead "
    "seriously; it is for reproducing older reviews."
)


def pool_arcsines(counts: Counts, level: float) -> Synthesis:
    """Pool the double arcsines by inverse variance, with the ``tau2`` of DerSimonian and Laird.

    ``standard_error`` and ``tau2`` are on the scale of half the sum of both arcsines, where the
    variance is 1/(4n + 2).
    """
    x, n = counts.events, counts.people
    angles = (np.arcsin(np.sqrt(x / (n + 1))) + np.arcsin(np.sqrt((x + 1) / (n + 1)))) / 2
    effects = Effects(angles, 1 / (4 * n + 2))
    people = float(len(n) / (1 / n).sum())
    synthesis = random_effects(
        effects,
        FREEMAN_TUKEY,
        der_simonian_laird(effects),
        level,
        counts.total,
        lambda angle: share_of_angle(angle, people),
    )
    return synthesis.saying(MISLEADING)


def share_of_angle(angle: float, people: float) -> float:
    """The share whose double arcsine is ``angle`` among so many people (Miller 1978), from 0 to 1.

    Angles beyond those of nobody and of everybody are these.
    """
    nobody = math.asin(math.sqrt(1 / (people + 1))) / 2
    if angle <= nobody:
        return 0.0
    if angle >= math.pi / 2 - nobody:
        return 1.0
    sine = math.sin(2 * angle)
    root = math.sqrt(max(0.0, 1 - (sine + (sine - 1 / sine) / people) ** 2))
    return (1 - math.copysign(root, math.cos(2 * angle))) / 2
