"""One comparison as an effect: from the people of both arms, or from its interval as printed."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace

from allograph.evidence import Evidence
from allograph.evidence.pooling.candidate import is_part
from allograph.evidence.pooling.chains import of_all
from allograph.evidence.pooling.share import IMPOSSIBLE, Share, share_of
from allograph.evidence.pooling.traits import BY_CHANCE
from allograph.evidence.records import Comparison
from allograph.synthesis.effects import (
    HAZARD_RATIO,
    ODDS_RATIO,
    RATIOS,
    RISK_DIFFERENCE,
    RISK_RATIO,
    Estimate,
    TwoArms,
    effect_of,
    estimate_from_interval,
)
from allograph.synthesis.refusals import NotEstimable

SUBDISTRIBUTION = "shr"
MEASURES: Mapping[str, str] = {
    RISK_RATIO: "risk-ratio",
    ODDS_RATIO: "odds-ratio",
    RISK_DIFFERENCE: "difference-of-shares",
    HAZARD_RATIO: "hazard-ratio",
    SUBDISTRIBUTION: "subdistribution-hazard-ratio",
}
"""The measures that are pooled, and the statistics that print them."""
FROM_PEOPLE = (RISK_RATIO, ODDS_RATIO, RISK_DIFFERENCE)
"""Measures that the people of two arms give; the first is made of them if none is asked for."""
UNFIT = (IMPOSSIBLE, "interval-does-not-fit", "direction-against-figures", "population-ambiguous")
"""Flags of a comparison of which nobody knows which of its numbers is wrong, or of whom it is."""


@dataclass(frozen=True)
class Effect:
    """One comparison on the scale of its model; ``arms`` if people gave it.

    It has an ``estimate``, or arms of which one is at zero and a reason why that gives none
    (``no_estimate``). ``is_turned`` if the two sides were exchanged, so that the drug that was
    asked for is the first; ``derivation`` says how its people come about if they are not printed.
    """

    result: Comparison
    groups: tuple[str, ...]
    measure: str
    people: int
    estimate: Estimate | None
    arms: TwoArms | None = None
    no_estimate: str | None = None
    is_part: bool = False
    is_turned: bool = False
    derivation: str | None = None

    @property
    def number(self) -> Hashable:
        """Its people, or its estimate."""
        return self.arms or (self.estimate and (self.estimate.value, self.estimate.standard_error))


def effects_from(
    evidence: Evidence, result: Comparison, measure: str | None, drug: str | None = None
) -> tuple[Effect, ...] | str:
    """The effect by a measure, or by the one that it has; or why it has none that can be pooled.

    There are two where the people of both arms are known among those whom a step on the way chose,
    and of all (``chains``): among responders, and of all who were treated.
    """
    groups = (result.group or "", result.comparator or "")
    if any(iri not in evidence.groups for iri in groups):
        return "its people are not known"
    for flag in UNFIT:
        if flag in result.flags:
            return f"the source leaves open which way it goes, or of whom it is (flag:{flag})"
    shares = _shares(evidence, result)
    own = next((key for key, printed in MEASURES.items() if printed == result.statistic), None)
    is_of_people = not isinstance(shares, str) and own not in (HAZARD_RATIO, SUBDISTRIBUTION)
    wanted = measure or (RISK_RATIO if is_of_people else own)
    if not isinstance(shares, str) and wanted in FROM_PEOPLE:
        of_all_treated = [of_all(evidence, share) for share in shares]
        pairs = [shares, tuple(one for one in of_all_treated if one)]
        effects = [_of_arms(evidence, result, pair, wanted) for pair in pairs if len(pair) == 2]
    elif own is None or result.value is None:
        return f"it prints no effect, and the people of its arms are not known: {shares}"
    elif own != wanted:
        return f"it prints another measure ({result.statistic}), and no people of its arms"
    else:
        effect = _of_interval(evidence, result, groups, own)
        if isinstance(effect, str):
            return effect
        effects = [effect]
    return tuple(_turned(effect, evidence, drug) for effect in effects)


def _of_arms(
    evidence: Evidence, result: Comparison, shares: tuple[Share, ...], measure: str
) -> Effect:
    index, reference = shares
    arms = TwoArms(
        evidence.study_label(result.study),
        index.numerator,
        index.denominator,
        reference.numerator,
        reference.denominator,
    )
    estimate: Estimate | None = None
    reason: str | None = None
    try:
        estimate = effect_of(arms, measure)
    except NotEstimable as error:
        reason = str(error)
    people = arms.people + arms.comparator_people
    steps = [share.derivation for share in shares if share.derivation]
    return Effect(
        result,
        (index.group, reference.group),
        measure,
        people,
        estimate,
        arms,
        reason,
        derivation=" against ".join(steps) or None,
    )


def _of_interval(
    evidence: Evidence, result: Comparison, groups: tuple[str, str], measure: str
) -> Effect | str:
    if result.value is None or result.lower is None or result.upper is None:
        return "it prints no interval, so its weight is not known"
    if result.level is None:
        return "it does not print the level of its interval"
    if result.bound:
        return "it is no exact figure"
    sizes = [evidence.size(group) for group in groups]
    people = sum(size for size in sizes if size) if all(sizes) else None
    scale = 100 if result.unit == "%" else 1
    value, lower, upper = (float(one) / scale for one in (result.value, result.lower, result.upper))
    model = HAZARD_RATIO if measure == SUBDISTRIBUTION else measure
    label = evidence.study_label(result.study)
    try:
        estimate = estimate_from_interval(
            label, value, lower, upper, float(result.level), model, people
        )
    except NotEstimable as error:
        return str(error)
    return Effect(result, groups, measure, people or 0, estimate)


def _shares(evidence: Evidence, result: Comparison) -> tuple[Share, ...] | str:
    """The shares of both arms, or why nobody knows them."""
    if result.adjustments - BY_CHANCE:
        return "its estimate is adjusted, and its people are not"
    sides: list[Share] = []
    for iri, group in ((result.index, result.group), (result.reference, result.comparator)):
        figure = evidence.results.get(iri or "")
        if figure is None or figure.group != group:
            return "a side has no figure"
        side = share_of(evidence, figure)
        if isinstance(side, str):
            return side
        sides.append(side)
    return tuple(sides)


def _turned(effect: Effect, evidence: Evidence, drug: str | None) -> Effect:
    """The effect with the drug that was asked for first, and whether its people are a part."""
    groups = [evidence.groups[iri] for iri in effect.groups]
    lines = [(group, *evidence.ancestors(group.iri)) for group in groups]
    part = any(is_part(one) for line in lines for one in line)
    has = [drug is not None and drug in evidence.drugs(group) for group in groups]
    effect = replace(effect, is_part=part)
    if has != [False, True]:
        return effect
    arms, estimate = effect.arms, effect.estimate
    if arms:
        (a, n), (c, m) = arms.arms
        arms = TwoArms(arms.label, c, m, a, n)
    if estimate:
        estimate = replace(estimate, value=-estimate.value)
    return replace(effect, groups=effect.groups[::-1], arms=arms, estimate=estimate, is_turned=True)


def is_ratio(measure: str) -> bool:
    """Whether a measure is a ratio, so that its model is on the scale of its logarithm."""
    return measure in RATIOS or measure == SUBDISTRIBUTION
