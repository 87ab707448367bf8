"""Effects beside the two results that they compare: size, and direction.

Hazards, odds and adjusted estimates cannot be computed from two results; they are compared with
them by direction only, and adjusted ones not at all. Randomisation changes no estimate, and strata
within it not the side of 1 on which a ratio lies.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from allograph.doubts.rules.rounding import HUNDRED, rounding, shown
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.sense import is_below_null_better, is_higher_better
from allograph.evidence import Evidence
from allograph.evidence.measures import HAZARD_RATIOS, RATIOS, RATIOS_OF_RATES, RATIOS_OF_SHARES
from allograph.evidence.records import Comparison, Result

DIFFERENCES = {
    "difference-of-medians": ("median-time-to-event", "median"),
    "difference-of-shares": ("percentage", "survival-probability", "cumulative-incidence"),
    "difference-of-means": (
        "mean",
        "least-squares-mean",
        "mean-change",
        "restricted-mean-time",
        "unspecified-average",
    ),
}
"""What each difference is a difference of."""
BOUNDS = {"more-than": "more than ", "less-than": "less than ", "at-most": "at most "}
ONE = Decimal(1)
BY_DESIGN = frozenset({"randomisation", "stratification"})
"""What makes people comparable before they are treated: the two results stay what is compared."""


@dataclass(frozen=True)
class Arms:
    """The two results of a comparison: of the group, and of the comparator."""

    index: Result
    reference: Result

    @property
    def difference(self) -> Decimal:
        """The group's value minus the comparator's; zero where one is missing."""
        if self.index.value is None or self.reference.value is None:
            return Decimal(0)
        return self.index.value - self.reference.value

    @property
    def slack(self) -> Decimal:
        """How far the difference may be off by rounding."""
        return rounding(self.index) + rounding(self.reference)

    @property
    def sign(self) -> int:
        """Which is higher: 1 for the group, -1 for the comparator, 0 where rounding hides it."""
        if abs(self.difference) <= self.slack:
            return 0
        return 1 if self.difference > 0 else -1


def effects_and_arms(evidence: Evidence) -> Iterator[Doubt]:
    """An estimate that its two results contradict."""
    for comparison in evidence.comparisons.values():
        arms = _arms(evidence, comparison)
        if arms is None or comparison.value is None:
            continue
        if comparison.statistic in DIFFERENCES:
            yield from _difference(comparison, arms)
        elif comparison.statistic in RATIOS and not comparison.bound:
            yield from _ratio(evidence, comparison, arms)


def _difference(comparison: Comparison, arms: Arms) -> Iterator[Doubt]:
    """Sources print differences with and without a sign, so only the size is looked at."""
    statistics = DIFFERENCES[comparison.statistic or ""]
    if {arms.index.statistic, arms.reference.statistic} - set(statistics):
        return
    if "stratification" in comparison.adjustments:
        return  # its size is a mean over strata; only its side is that of the two results
    if _misses(comparison, abs(arms.difference), arms.slack):
        said = f"{shown(arms.index)} and {shown(arms.reference)} differ by {abs(arms.difference)}"
        printed = f"{BOUNDS.get(comparison.bound or '', '')}{shown(comparison)}"
        yield _doubt(comparison, arms, f"{said}, not by {printed}.")


def _misses(comparison: Comparison, computed: Decimal, slack: Decimal) -> bool:
    """Whether a difference is not the printed one, or not on the right side of it."""
    printed = abs(comparison.value or Decimal(0))
    if comparison.bound is None:
        return abs(computed - printed) > slack + rounding(comparison)
    if comparison.bound == "more-than":
        return computed < printed - slack
    return comparison.bound in BOUNDS and computed > printed + slack


def _ratio(evidence: Evidence, comparison: Comparison, arms: Arms) -> Iterator[Doubt]:
    """A ratio of shares, or of rates, is above 1 when that of the group is the higher one."""
    side = _side(comparison)
    if comparison.statistic in RATIOS_OF_SHARES:
        expected = arms.sign if arms.index.unit == "%" else 0
    elif comparison.statistic in RATIOS_OF_RATES:
        expected = arms.sign if arms.index.kind == "Rate" else 0
    else:
        is_better = is_higher_better(evidence, arms.index)
        is_below_better = is_below_null_better(evidence, comparison)
        if is_better is None or is_below_better is None:
            return
        expected = arms.sign if is_better != is_below_better else -arms.sign
    if side * expected < 0 and not _is_within_interval(comparison, arms):
        said = f"{shown(arms.index)} in the group and {shown(arms.reference)} in the comparator"
        yield _doubt(comparison, arms, f"{said} do not go with a ratio of {comparison.value}.")


def _is_within_interval(comparison: Comparison, arms: Arms) -> bool:
    """Whether the interval of a hazard ratio holds the ratio that the arms by themselves suggest.

    Curves may cross: medians of 8.7 and 8.4 months go with a ratio of 1.17 from 0.64 to 2.14.
    """
    suggested = _hazard_ratio(arms)
    if comparison.statistic not in HAZARD_RATIOS or suggested is None:
        return False
    if comparison.lower is None or comparison.upper is None:
        return False
    return comparison.lower <= suggested <= comparison.upper


def _hazard_ratio(arms: Arms) -> float | None:
    """The ratio of two hazards that do not change, by medians or by survival at one time."""
    index, reference = (float(one.value or 0) for one in (arms.index, arms.reference))
    if min(index, reference) <= 0:
        return None
    if arms.index.statistic == "median-time-to-event":
        return reference / index
    if arms.index.statistic == "survival-probability" and max(index, reference) < HUNDRED:
        return math.log(index / 100) / math.log(reference / 100)
    return None


def directions_and_arms(evidence: Evidence) -> Iterator[Doubt]:
    """A direction that the two results, or the estimate, contradict."""
    for comparison in evidence.comparisons.values():
        stated = {"favours-group": 1, "favours-comparator": -1}.get(comparison.direction or "", 0)
        arms = _arms(evidence, comparison)
        if not stated:
            continue
        if arms is not None and stated * _favoured_by_arms(evidence, arms) < 0:
            said = f"{shown(arms.index)} in the group, {shown(arms.reference)} in the comparator"
            yield _direction(comparison, said, arms)
        elif stated * _favoured_by_ratio(evidence, comparison) < 0:
            yield _direction(comparison, f"A ratio of {comparison.value}", arms)


def favoured_by_figures(evidence: Evidence, comparison: Comparison) -> int:
    """1 where the figures, or the estimate, favour the group; -1 for the comparator; else 0."""
    arms = _arms(evidence, comparison)
    by_arms = 0 if arms is None else _favoured_by_arms(evidence, arms)
    return by_arms or _favoured_by_ratio(evidence, comparison)


def _favoured_by_arms(evidence: Evidence, arms: Arms) -> int:
    is_better = is_higher_better(evidence, arms.index)
    return 0 if is_better is None else arms.sign if is_better else -arms.sign


def _favoured_by_ratio(evidence: Evidence, comparison: Comparison) -> int:
    if comparison.statistic not in RATIOS or comparison.value is None or comparison.bound:
        return 0
    is_below_better = is_below_null_better(evidence, comparison)
    side = _side(comparison)
    return 0 if is_below_better is None else -side if is_below_better else side


def _side(comparison: Comparison) -> int:
    """On which side of 1 a ratio lies; 0 where rounding hides it."""
    value = comparison.value or ONE
    return 0 if abs(value - ONE) <= rounding(comparison) else 1 if value > ONE else -1


def _arms(evidence: Evidence, comparison: Comparison) -> Arms | None:
    """The two results, if they can be set against each other as they are printed."""
    index = evidence.results.get(comparison.index or "")
    reference = evidence.results.get(comparison.reference or "")
    if index is None or reference is None or comparison.adjustments - BY_DESIGN:
        return None
    figures = (index, reference)
    if any(figure.value is None or figure.bound for figure in figures):
        return None
    is_alike = all(
        getattr(index, name) == getattr(reference, name)
        for name in ("unit", "statistic", "kind", "at_time")
    )
    return Arms(index, reference) if is_alike else None


def _direction(comparison: Comparison, said: str, arms: Arms | None) -> Doubt:
    favoured = "comparator" if comparison.direction == "favours-group" else "group"
    return _doubt(comparison, arms, f"{said}: this favours the {favoured}.")


def _doubt(comparison: Comparison, arms: Arms | None, message: str) -> Doubt:
    return Doubt(
        about=comparison.iri,
        message=message,
        value=shown(comparison) if comparison.value is not None else comparison.direction,
        involves=() if arms is None else (arms.index.iri, arms.reference.iri),
    )
