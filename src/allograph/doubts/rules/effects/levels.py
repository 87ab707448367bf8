"""The level of an interval, and the boundary at which its p-value is usually read.

ICH Harmonised Tripartite Guideline. Statistical principles for clinical trials (E9).
Stat Med 1999;18:1905-1942, sections 4.5 (interim looks) and 5.5 (one- and two-sided tests).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Comparison

USUAL = Decimal("0.05")
"""At what readers take a p-value for significant, whatever its sides."""
UPPER_BOUNDS = frozenset({"less-than", "at-most"})
SIDES = {1: "one-sided ", 2: "two-sided "}


def levels_and_p_values(evidence: Evidence) -> Iterator[Doubt]:
    """A p-value that the usual boundary and that of its interval judge differently."""
    for comparison in evidence.comparisons.values():
        p, level = comparison.p_value, comparison.level
        if p is None or level is None or not (0 <= p <= 1 and 50 <= level < 100):
            continue
        boundary = (1 - level / 100) / (2 if comparison.p_sides == 1 else 1)
        is_bound = comparison.p_bound in UPPER_BOUNDS
        if (comparison.p_bound and not is_bound) or (is_bound and p > boundary):
            continue  # the bound does not say on which side of its boundary the p-value lies
        if _is_below(p, USUAL, is_bound) != _is_below(p, boundary, is_bound):
            yield _doubt(comparison, boundary)


def _is_below(p: Decimal, boundary: Decimal, is_bound: bool) -> bool:
    return p <= boundary if is_bound else p < boundary


def _doubt(comparison: Comparison, boundary: Decimal) -> Doubt:
    sides = SIDES.get(comparison.p_sides or 0, "")
    goes_with = f"An interval of {comparison.level}% goes with a {sides}p-value of {boundary:f}"
    message = f"{goes_with}, and {comparison.p_value} is read at the usual {USUAL}."
    return Doubt(comparison.iri, message, str(comparison.p_value))
