"""The figures of an outcome that a wish asks for, each as what it may be pooled as."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from allograph.curated.notices import RETRACTED
from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import COMPARISON, MEDIAN, SHARE, Wish
from allograph.evidence.pooling.candidate import Candidate, LeftOut, Printed
from allograph.evidence.pooling.chains import brought_to_all
from allograph.evidence.pooling.effect import MEASURES, Effect, effect_from
from allograph.evidence.pooling.median import MEDIAN_TIME, median_of
from allograph.evidence.pooling.remarks import report_label
from allograph.evidence.pooling.share import POOLABLE, Share, share_of
from allograph.evidence.pooling.synthesised import (
    MODELS_OF,
    Synthesised,
    effects_pooled,
    medians_pooled,
    shares_pooled,
)
from allograph.evidence.populations import Populations
from allograph.evidence.records import Comparison, Result

Pooled: TypeAlias = Callable[[Evidence, Sequence[Any], str | None, float], Synthesised]


@dataclass(frozen=True)
class Found:
    """Figures of one sort: how they are pooled, and those that are none, with the reason."""

    kind: str
    statistic: str
    pooled: Pooled
    figures: Sequence[Candidate] = ()
    left_out: Sequence[LeftOut] = ()
    measure: str | None = None


@dataclass
class _Sorted:
    """Figures as they are gone through: what may be pooled, and what may not."""

    figures: list[Any] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def take(self, result: Printed, found: Candidate | str) -> None:
        """Take a figure for what it was found to be."""
        if isinstance(found, str):
            self.left_out.append(LeftOut(result, found))
        else:
            self.figures.append(found)


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
        if wish.model is None or wish.model in MODELS_OF[kind]:
            yield kind


def found_for(populations: Populations, wish: Wish) -> tuple[list[Found], list[LeftOut]]:
    """The figures by their sort; and those of other statistics, told if their study has none."""
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
    return found, [*others, *elsewhen]


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
    sides = [result.group, getattr(result, "comparator", None)]
    groups = [evidence.groups[iri] for iri in sides if iri in evidence.groups]
    given = [evidence.drugs(group) | group.regimens for group in groups]
    has_drug = wish.drug is None or any(wish.drug in one for one in given)
    has_both = wish.comparator is None or any(wish.comparator in one for one in given)
    return has_drug and has_both and (not wish.studies or result.study in wish.studies)


def _shares(populations: Populations, results: Sequence[Result], asked: str | None) -> Found:
    evidence, found = populations.evidence, _Sorted()
    for result in results:
        if result.statistic in ((asked,) if asked else POOLABLE):
            found.take(result, share_of(evidence, result))
    shares, unsaid = _that_say_what_they_count(evidence, found.figures)
    shares.extend(brought_to_all(populations, shares))
    return Found(SHARE, asked or "percentage", shares_pooled, shares, [*found.left_out, *unsaid])


def _comparisons(
    evidence: Evidence, comparisons: Sequence[Comparison], wish: Wish
) -> Iterator[Found]:
    """Comparisons by their measure."""
    sorted_by: dict[str, _Sorted] = defaultdict(_Sorted)
    measure = wish.measure or next(
        (key for key, printed in MEASURES.items() if printed == wish.statistic), None
    )
    for result in comparisons:
        effect = effect_from(evidence, result, measure, wish.drug)
        key = effect.measure if isinstance(effect, Effect) else measure or ""
        sorted_by[key].take(result, effect)
    for key, found in sorted(sorted_by.items()):
        statistic = MEASURES.get(key, "")
        yield Found(COMPARISON, statistic, effects_pooled, found.figures, found.left_out, key)


def _medians(evidence: Evidence, results: Sequence[Result]) -> Found:
    found = _Sorted()
    for result in results:
        if result.statistic == MEDIAN_TIME:
            found.take(result, median_of(evidence, result))
    return Found(MEDIAN, MEDIAN_TIME, medians_pooled, found.figures, found.left_out)


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
