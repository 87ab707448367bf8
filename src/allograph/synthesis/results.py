"""A pooled number put together: its limits, its spread and its tests, taken back to be read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from allograph.synthesis.pooled import Synthesis
from allograph.synthesis.quantiles import chi2_p, t_of

Numbers = npt.NDArray[np.float64]
Back = Callable[[float], float]
"""From the scale of a model to that on which its numbers are read."""

LARGEST_LOGARITHM = 700.0
"""Of a float; an interval of two studies at a level of 99.9 % goes beyond."""


def ratio_of(logarithm: float) -> float:
    """Back from the logarithm of a ratio, at the end of what a number holds where it is beyond."""
    return math.exp(max(-LARGEST_LOGARITHM, min(LARGEST_LOGARITHM, logarithm)))


NO_SPREAD = (
    "No spread between the studies is seen beyond chance (tau² = 0), which does not show that "
    "there is none."
)
NO_PREDICTION = "One common effect is assumed, so a new study would have it too."
COMMON: Mapping[str, str] = {
    "prediction_lower": NO_PREDICTION,
    "prediction_upper": NO_PREDICTION,
    **dict.fromkeys(
        ("tau2", "tau2_lower", "tau2_upper"),
        "One common effect is assumed, so the studies have no spread of their own.",
    ),
}
"""Why a model of one common effect leaves these undefined."""


@dataclass(frozen=True)
class Mean:
    """A pooled effect on the scale of its model.

    ``reach`` says how many times ``error`` its interval extends to either side; ``weights`` need
    not add up to 1.
    """

    value: float
    error: float
    reach: float
    weights: Numbers

    def limits(self, back: Back) -> tuple[float, float]:
        """Of its interval."""
        half = self.reach * self.error
        return back(self.value - half), back(self.value + half)


def read(model: str, level: float, people: int | None, mean: Mean, back: Back) -> Synthesis:
    """The mean with its interval, of as many studies as there are weights."""
    lower, upper = mean.limits(back)
    return Synthesis(
        model,
        level,
        len(mean.weights),
        people,
        estimate=back(mean.value),
        standard_error=mean.error,
        lower=lower,
        upper=upper,
        weights=tuple((mean.weights / mean.weights.sum()).tolist()),
    )


def tested(synthesis: Synthesis, q: float, degrees: int) -> Synthesis:
    """With the test that the studies differ by chance alone.

    W. G. Cochran, Biometrics 10 (1954) 101-129: such a ``q`` is a chi-squared.
    """
    return replace(synthesis, q=q, q_p=chi2_p(q, degrees))


def of_common_effect(synthesis: Synthesis, q: float, degrees: int) -> Synthesis:
    """With its test, I² = (Q - df)/Q, and why a common effect has no spread and no prediction.

    J. P. T. Higgins and S. G. Thompson, Stat. Med. 21 (2002) 1539-1558, for I².
    """
    i2 = 100 * max(0.0, (q - degrees) / q) if q else 0.0
    return tested(replace(synthesis, i2=i2, reasons=COMMON), q, degrees)


def of_varying_effects(
    synthesis: Synthesis, mean: Mean, tau2: float, typical_variance: float, back: Back
) -> Synthesis:
    """With ``tau2``, I² = tau²/(tau² + s²) and where the effect of a new study lies.

    ``s²`` is the typical variance of Higgins and Thompson (2002). The prediction interval is t of
    k - 1 degrees times sqrt(tau² + SE²) to either side: J. P. T. Higgins, S. G. Thompson and D. J.
    Spiegelhalter, J. R. Stat. Soc. A 172 (2009) 137-159, who take k - 2 degrees; k - 1 are those
    of the interval of the mean.
    """
    reach = t_of(synthesis.level, synthesis.studies - 1) * math.sqrt(tau2 + mean.error**2)
    return replace(
        synthesis,
        tau2=tau2,
        i2=100 * tau2 / (tau2 + typical_variance),
        prediction_lower=back(mean.value - reach),
        prediction_upper=back(mean.value + reach),
    ).saying(*(() if tau2 else (NO_SPREAD,)))
