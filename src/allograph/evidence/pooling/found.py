"""The figures of an outcome that a wish asks for, each as what it may be pooled as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from allograph.curated.notices import RETRACTED
from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import COMPARISON, MEDIAN, SHARE, Wish
from allograph.evidence.pooling.candidate import (
    Candidate,
    LeftOut,
    Printed,
    Unusable,
    is_part,
    report_label,
    sides_of,
)
from allograph.evidence.pooling.chains import brought_to_all
from allograph.evidence.pooling.effect import MEASURES, Effect, effects_from
from allograph.evidence.pooling.median import MEDIAN_TIME, median_of
from allograph.evidence.pooling.share import POOLABLE, Share, share_of
from allograph.evidence.pooling.synthesised import (
    OF_COUNTS,
    Synthesised,
    effects_pooled,
    medians_pooled,
    models_of,
    shares_pooled,
)
from allograph.evidence.populations import Populations
from allograph.evidence.records import Comparison, Group, Result
from allograph.namespaces import BASE, key_of

Pooled: TypeAlias = Callable[[Evidence, Sequence[Any], str | None, float], Synthesised]


@dataclass(frozen=True)
class Found:
    """Figures of one sort: how they are pooled, and those that are none, with the reason."""

    kind: str
    statistic: str
    pooled: Pooled
    figures: Sequence[Candidate] = ()
    left_out: Sequence[LeftOut] = ()
    unusable: Sequence[Unusable] = ()
    measure: str | None = None


Sorted: TypeAlias = tuple[list[Any], list[LeftOut], list[Unusable]]


def _sorted(evidence: Evidence, found: Iterable[tuple[Printed, Candidate | str]]) -> Sorted:
    """Figures that may be pooled, the others with the reason, and which of these are primaries.

    A part of the people is no primary of the whole.
    """
    figures: list[Any] = []
    left_out: list[LeftOut] = []
    unusable: list[Unusable] = []
    for result, one in found:
        if not isinstance(one, str):
            figures.append(one)
            continue
        left_out.append(LeftOut(result, one))
        sides = sides_of(evidence, result)
        groups = tuple(group.iri for group in sides)
        line = [one for group in sides for one in (group, *evidence.ancestors(group.iri))]
        if groups and not evidence.is_told_again(result) and not any(map(is_part, line)):
            unusable.append(Unusable(result, groups, one))
    return figures, left_out, unusable


def kinds_of(wish: Wish) -> Iterator[str]:
    """The sorts of pools that a wish leaves open."""
    of_statistic = {
        SHARE: (*POOLABLE,),
        COMPARISON: tuple(MEASURES.values()),
        MEDIAN: (MEDIAN_TIME,),
    }
    for kind, statistics in of_statistic.items():
        if wish.statistic and wish.statistic not in statistics:
            continue
        if (wish.measure or wish.comparator) and kind != COMPARISON:
            continue
        if wish.model is None or wish.model in models_of(kind, wish.measure):
            yield kind


def found_for(
    populations: Populations, wish: Wish
) -> tuple[list[Found], list[LeftOut], list[LeftOut]]:
    """The figures by their sort; those that are not asked for; and those of other statistics.

    The last are told if their study has no other.
    """
    evidence, kinds = populations.evidence, tuple(kinds_of(wish))
    results, elsewhen = _narrowed(evidence, evidence.results.values(), wish)
    found: list[Found] = []
    if SHARE in kinds:
        found.append(_shares(populations, results, wish.statistic))
    if COMPARISON in kinds:
        comparisons, rest = _narrowed(evidence, evidence.comparisons.values(), wish)
        elsewhen.extend(rest)
        found.extend(_comparisons(evidence, comparisons, wish))
    if MEDIAN in kinds:
        found.append(_medians(evidence, results))
    of_results = [] if wish.measure or wish.comparator else results
    others = [
        LeftOut(result, reason)
        for result in of_results
        if (reason := _other_statistic(result.statistic, wish.statistic, kinds))
    ]
    return found, elsewhen, others


def _narrowed(evidence: Evidence, figures: Any, wish: Wish) -> tuple[list[Any], list[LeftOut]]:
    """The figures of the outcome, of a drug and of studies; and those of another time."""
    kept: list[Any] = []
    left_out: list[LeftOut] = []
    for result in figures:
        if result.outcome != wish.outcome or not _is_asked_for(evidence, result, wish):
            continue
        if RETRACTED in evidence.marks(result) and not wish.with_retracted:
            reason = f"its report is retracted: {report_label(evidence, result)}"
            left_out.append(LeftOut(result, reason))
        elif wish.at_time is not None and result.at_time != wish.at_time:
            left_out.append(
                LeftOut(result, f"its time is another: {result.at_time or 'not stated'}")
            )
        elif wish.time_origin is not None and result.time_origin != wish.time_origin:
            origin = result.time_origin or "not stated"
            left_out.append(LeftOut(result, f"its time is counted from another event: {origin}"))
        else:
            kept.append(result)
    return kept, left_out


def _is_asked_for(evidence: Evidence, result: Printed, wish: Wish) -> bool:
    given = [_treatments(evidence, group) for group in sides_of(evidence, result)]
    has_drug = wish.drug is None or any(wish.drug in one for one in given)
    has_both = wish.comparator is None or any(wish.comparator in one for one in given)
    return has_drug and has_both and (not wish.studies or result.study in wish.studies)


def _treatments(evidence: Evidence, group: Group) -> frozenset[str]:
    """The drugs and regimens of a group; a regimen whose drugs nobody names is as good as one."""
    as_drugs = (
        f"{BASE}drug/{key_of(regimen)}"
        for regimen in group.regimens
        if not evidence.nodes.of(regimen).iris("drug")
    )
    return frozenset((*evidence.drugs(group), *group.regimens, *as_drugs))


def _shares(populations: Populations, results: Sequence[Result], asked: str | None) -> Found:
    evidence = populations.evidence
    counting = [one for one in results if one.statistic in ((asked,) if asked else POOLABLE)]
    found, left_out, unusable = _sorted(
        evidence, ((one, share_of(evidence, one)) for one in counting)
    )
    shares, unsaid = _that_say_what_they_count(evidence, found)
    shares.extend(brought_to_all(populations, shares))
    statistic = asked or POOLABLE[0]
    return Found(SHARE, statistic, shares_pooled, shares, [*left_out, *unsaid], unusable)


def _comparisons(
    evidence: Evidence, comparisons: Sequence[Comparison], wish: Wish
) -> Iterator[Found]:
    """Comparisons by their measure."""
    measure = wish.measure or OF_COUNTS.get(wish.model or "")
    for key, printed in MEASURES.items():
        measure = measure or (key if printed == wish.statistic else None)
    by_measure: dict[str, list[tuple[Printed, Effect | str]]] = defaultdict(list)
    for result in comparisons:
        found = effects_from(evidence, result, measure, wish.drug)
        own = next((key for key, one in MEASURES.items() if one == result.statistic), "")
        if isinstance(found, str):
            by_measure[measure or own].append((result, found))
        else:
            by_measure[found[0].measure].extend((result, effect) for effect in found)
    for key, effects in sorted(by_measure.items()):
        taken = _sorted(evidence, effects)
        statistic = MEASURES.get(key, "")
        yield Found(COMPARISON, statistic, effects_pooled, *taken, measure=key)


def _medians(evidence: Evidence, results: Sequence[Result]) -> Found:
    medians = [one for one in results if one.statistic == MEDIAN_TIME]
    found = _sorted(evidence, ((one, median_of(evidence, one)) for one in medians))
    return Found(MEDIAN, MEDIAN_TIME, medians_pooled, *found)


def _other_statistic(given: str | None, asked: str | None, kinds: Sequence[str]) -> str | None:
    """Why a figure with another statistic is not pooled: a study is not left out in silence."""
    if (given in POOLABLE and SHARE in kinds) or (given == MEDIAN_TIME and MEDIAN in kinds):
        return (
            f"it is a {given}, and a {asked} was asked for" if asked not in (None, given) else None
        )
    if given in POOLABLE or given == MEDIAN_TIME:
        return f"it is a {given}, and {' or '.join(kinds) or 'nothing'} was asked for"
    if given in ("survival-probability", "cumulative-incidence"):
        return "it comes from censored data, so nobody counted the people with the outcome"
    return f"it is a {given or 'figure without a statistic'}, which counts nobody"


def _that_say_what_they_count(
    evidence: Evidence, shares: Sequence[Share]
) -> tuple[list[Share], list[LeftOut]]:
    """Figures without those at second hand that leave open what a nearer report defines."""
    nearest: dict[str | None, int] = {}
    for share in shares:
        if share.result.definition:
            study, distance = share.result.study, evidence.distance(share.result)
            nearest[study] = min(distance, nearest.get(study, distance))
    kept: list[Share] = []
    rest: list[LeftOut] = []
    for share in shares:
        is_open = not share.result.definition and share.result.study in nearest
        if is_open and nearest[share.result.study] < evidence.distance(share.result):
            reason = "a report nearer to the study says which states it counted"
            rest.append(LeftOut(share.result, reason))
        else:
            kept.append(share)
    return kept, rest
