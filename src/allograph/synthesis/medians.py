"""Median times of several studies as one: months, each with the standard error of its interval.

The interval of a median is read as one of Wald: its width gives the standard error, on the scale of
months, and the medians are pooled by inverse variance (S. McGrath et al., Meta-analysis of median
survival times with inverse-variance weighting, arXiv:2503.03065, 2025), which holds for studies of
some size. A study whose median or limit is not reached has no such width; to leave it out would
favour short medians, so nothing is pooled beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allograph.synthesis.estimates import estimate_from_interval
from allograph.synthesis.pooled import REML_HKSJ, Synthesis, check_level, unpooled
from allograph.synthesis.refusals import NotEstimable
from allograph.synthesis.values import MEAN_DIFFERENCE, Estimate

FEW = 50
"""With fewer people, McGrath et al. find the errors of intervals biased."""


@dataclass(frozen=True)
class Median:
    """One study: its median in months and the limits of its interval, ``None`` if not reached.

    ``level`` is the confidence level of the interval in percent.
    """

    label: str
    months: float | None
    lower: float | None
    upper: float | None
    level: float = 95.0
    people: int | None = None


def estimate_of_median(median: Median) -> Estimate:
    """The median with its standard error in months; raises ``NotEstimable`` if it has none."""
    if median.months is None:
        raise _not_reached(median, "median")
    if median.lower is None or median.upper is None:
        raise _not_reached(median, "upper limit" if median.upper is None else "lower limit")
    return estimate_from_interval(
        median.label,
        median.months,
        median.lower,
        median.upper,
        median.level,
        MEAN_DIFFERENCE,
        median.people,
    )


def _not_reached(median: Median, name: str) -> NotEstimable:
    return NotEstimable(
        f"The {name} of {median.label} is not reached, so its standard error is not known."
    )


def pool_medians(
    medians: Sequence[Median], model: str = REML_HKSJ, level: float = 95.0
) -> Synthesis:
    """Pool median times; all numbers of the result are months.

    ``model`` is one of ``INVERSE_VARIANCE``; ``level`` is in percent. Where a median or a limit is
    not reached, or fewer than two studies are given, the ``estimate`` is ``None`` and its reason a
    sentence. Raises ``ValueError`` for another model, or no level.
    """
    from allograph.synthesis.inverse import pool

    check_level(level)
    try:
        estimates = [estimate_of_median(median) for median in medians]
    except NotEstimable as reason:
        return unpooled(
            model,
            level,
            len(medians),
            _people(medians),
            f"{reason} To leave the study out would favour short medians, so nothing is pooled.",
        )
    synthesis = pool(estimates, model, level)
    small = [one.label for one in medians if one.people is not None and one.people < FEW]
    if synthesis.estimate is None or not small:
        return synthesis
    return synthesis.saying(
        "The standard errors are those that the intervals imply, which may be biased with fewer "
        f"than {FEW} people, as in {', '.join(small)}."
    )


def _people(medians: Sequence[Median]) -> int | None:
    people = [median.people for median in medians if median.people is not None]
    return sum(people) if len(people) == len(medians) else None
