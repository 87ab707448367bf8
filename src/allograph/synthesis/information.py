"""How many people are enough to tell two treatments apart: the optimal information size.

It is the number of people of one trial with enough power to see an effect of some size (G. H.
Guyatt et al., GRADE guidelines 6: rating the quality of evidence, imprecision, J. Clin. Epidemiol.
64 (2011) 1283-1293). Here two arms of equal size are compared by the normal approximation.
"""

from __future__ import annotations

import math
from statistics import NormalDist

RELATIVE_CHANGE = 0.25
"""A quarter less: a risk ratio of 0.75, which the same paper takes for an appreciable effect."""
TWO_SIDED = 0.05
POWER = 0.80


def optimal_information_size(
    risk: float,
    relative_change: float = RELATIVE_CHANGE,
    *,
    alpha: float = TWO_SIDED,
    power: float = POWER,
) -> int | None:
    """The people of both arms that would show a relative change of the comparator's risk.

    The risk is from 0 to 1; none, if it is 0 or 1, where nothing can change or no number is enough.
    Raises ``ValueError`` for what is no risk, no change or no probability.
    """
    if not (0 <= risk <= 1 and 0 < relative_change <= 1 and 0 < alpha < 1 and 0 < power < 1):
        raise ValueError("risks, changes and probabilities are from 0 to 1")
    if risk in (0, 1):
        return None
    changed = risk * (1 - relative_change)
    deviates = NormalDist().inv_cdf(1 - alpha / 2) + NormalDist().inv_cdf(power)
    spread = risk * (1 - risk) + changed * (1 - changed)
    return 2 * math.ceil(deviates**2 * spread / (risk - changed) ** 2)
