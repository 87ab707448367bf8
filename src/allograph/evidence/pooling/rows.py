"""Figures as the rows of a pool: their people, their number, and where it is printed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from statistics import NormalDist

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Row
from allograph.evidence.pooling.candidate import Printed, report_label, sides_of
from allograph.evidence.pooling.effect import Effect, is_ratio
from allograph.evidence.pooling.median import MedianTime
from allograph.evidence.pooling.share import Share
from allograph.evidence.records import Result
from allograph.synthesis.intervals import clopper_pearson
from allograph.synthesis.medians import estimate_of_median
from allograph.synthesis.refusals import NotEstimable


def row_of(evidence: Evidence, result: Printed) -> Row:
    """A figure with the numbers that it prints, if any; shares in percent become parts of 1."""
    numbers = [result.value, result.lower, result.upper]
    scale = 100 if result.unit == "%" else 1
    value, lower, upper = (None if one is None else float(one) / scale for one in numbers)
    counted = (result.numerator, result.denominator) if isinstance(result, Result) else (None, None)
    return Row(
        figure=result.iri,
        study=result.study or "",
        label=evidence.study_label(result.study),
        people_label=" against ".join(group.label for group in sides_of(evidence, result)),
        report=result.report,
        report_label=report_label(evidence, result),
        tier=evidence.tier(result),
        reported_as=result.reported_as,
        events=counted[0],
        people=counted[1],
        value=value,
        lower=lower,
        upper=upper,
        level=None if result.level is None else float(result.level),
        remarks=tuple(sorted(result.flags)),
    )


def row_of_shares(evidence: Evidence, shares: Sequence[Share], level: float) -> Row:
    """The shares of one study as one: of several arms, whose people are apart, their sum."""
    first = max(shares, key=lambda share: (share.denominator, share.result.iri))
    people = sum(share.denominator for share in shares)
    events = sum(share.numerator for share in shares)
    most = sum(share.at_most or share.numerator for share in shares)
    lower, upper = clopper_pearson(events, people, level)
    steps = [share.derivation for share in shares if share.derivation]
    if len(shares) > 1:
        steps.append(" + ".join(f"{one.numerator} of {one.denominator}" for one in shares))
    from_share = [share for share in shares if not share.is_printed]
    steps.extend(f"{one.numerator} from {one.result.value}%" for one in from_share)
    return replace(
        row_of(evidence, first.result),
        people_label="; ".join(evidence.groups[share.group].label for share in shares),
        further=tuple(
            iri
            for share in shares
            for iri in (share.result.iri, *share.further)
            if iri != first.result.iri
        ),
        events=events,
        people=people,
        value=events / people,
        lower=lower / 100,
        upper=upper / 100,
        level=level,
        is_derived=bool(steps),
        derivation="; ".join(steps) or None,
        events_at_most=most if most != events else None,
    )


def row_of_effect(evidence: Evidence, effect: Effect, level: float) -> Row:
    """A comparison with its effect: as printed, or as the people of its arms give it."""
    row = row_of(evidence, effect.result)
    if effect.is_turned:
        labels = [evidence.groups[iri].label for iri in effect.groups]
        row = replace(row, people_label=" against ".join(labels))
    if effect.arms:
        (events, people), (others, comparator) = effect.arms.arms
        row = replace(
            row,
            events=events,
            people=people,
            comparator_events=others,
            comparator_people=comparator,
            remarks=(*row.remarks, *([effect.no_estimate] if effect.no_estimate else [])),
        )
    elif effect.estimate and not effect.is_turned:
        sizes = [evidence.size(group) for group in effect.groups]
        return replace(
            row,
            people=sizes[0],
            comparator_people=sizes[1],
            standard_error=effect.estimate.standard_error,
            is_printed=True,
        )
    if effect.estimate is None:
        return replace(row, value=None, lower=None, upper=None, level=None)
    half = NormalDist().inv_cdf((1 + level / 100) / 2) * effect.estimate.standard_error
    numbers = [effect.estimate.value + step for step in (0, -half, half)]
    if is_ratio(effect.measure):
        numbers = [math.exp(number) for number in numbers]
    value, lower, upper = numbers
    steps = ["the two sides are exchanged"] if effect.is_turned else []
    steps += ["from the people of both arms"] if effect.arms else []
    steps += [effect.derivation] if effect.derivation else []
    return replace(
        row,
        value=value,
        lower=lower,
        upper=upper,
        level=level,
        standard_error=effect.estimate.standard_error,
        is_derived=True,
        derivation="; ".join(steps),
    )


def row_of_median(evidence: Evidence, median: MedianTime) -> Row:
    """A median with its limits as printed."""
    try:
        error = estimate_of_median(median.median).standard_error
    except NotEstimable:
        error = None
    row = row_of(evidence, median.result)
    return replace(row, people=median.median.people, standard_error=error, is_printed=True)
