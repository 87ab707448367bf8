"""The measures of an effect, by the key of their statistic, and what stands for no effect."""

from __future__ import annotations

HAZARD_RATIOS = frozenset({"hazard-ratio", "subdistribution-hazard-ratio"})
RATIOS_OF_SHARES = frozenset({"risk-ratio", "odds-ratio"})
RATIOS_OF_RATES = frozenset({"rate-ratio"})
RATIOS = HAZARD_RATIOS | RATIOS_OF_SHARES | RATIOS_OF_RATES
"""Their scale is logarithmic: 0.5 and 2 are as far from no effect, which is 1."""
DIFFERENCES = frozenset(
    {
        "difference-of-shares",
        "difference-of-medians",
        "difference-of-means",
        "standardised-mean-difference",
    }
)
"""In the unit of what they compare, or standardised in none; no effect is 0."""
