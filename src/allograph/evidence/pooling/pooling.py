"""Pool the shares of several studies, or say why they must not be pooled.

Figures fall into pools: of one treatment, one setting, one definition, one time (``alike``). In
each, people are counted once: one figure of each study, of all its people, from the report nearest
to the study (``of_study``); and of a family, that of the people whom no nearer or larger figure
counts (``once``). Other studies that share people are refused; there is no way around a refusal but
to choose other studies. The pooled share is that of all people together: it ignores every
difference between the studies (Cochrane Handbook for Systematic Reviews of Interventions, chapter
10), which is why the range of their shares stands beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from allograph.curated.notices import RETRACTED
from allograph.evidence import Evidence, grouped
from allograph.evidence.pooling.alike import Kind, LeftOut, by_kind, by_times, in_words
from allograph.evidence.pooling.of_study import at_first_hand, once_of_a_study, without_parts
from allograph.evidence.pooling.once import may_share, once_of_a_family
from allograph.evidence.pooling.pooled import TOO_FEW, PooledShare, Pooling
from allograph.evidence.pooling.remarks import remarks_on, report_label
from allograph.evidence.pooling.share import POOLABLE, Share, share_of
from allograph.evidence.populations import Populations
from allograph.evidence.records import Result

NO_SETTING = "The conditions of the studies do not say who the people are (ag:setting)."


def pool_shares(
    evidence: Evidence,
    outcome: str,
    statistic: str | None = None,
    drug: str | None = None,
    studies: Collection[str] = (),
    *,
    with_retracted: bool = False,
) -> Pooling:
    """Pool the figures of an outcome; outcome, drug and studies are IRIs, the statistic a key.

    Without a statistic, percentages and counts of people are pooled together. What a retracted
    report prints is left out, unless it is asked for.
    """
    figures = list(_figures(evidence, outcome, drug, studies))
    shares, left_out = _as_people(evidence, figures, statistic, with_retracted=with_retracted)
    populations = Populations(evidence)
    pools: list[PooledShare] = []
    is_defined = any(share.result.definition for share in shares)
    for kind, alike in by_kind(evidence, shares).items():
        whole, parts = without_parts(populations, alike)
        first_hand, retold = at_first_hand(evidence, whole)
        bunches, rest = by_times(evidence, first_hand)
        left_out.extend((*parts, *retold, *rest))
        for bunch in bunches:
            pool, rest = _pool(populations, bunch, kind, in_words(evidence, kind, is_defined))
            left_out.extend(rest)
            pools.extend([pool] if pool.shares else [])
    told = {result.iri for result, _reason in left_out}
    counted = {study for pool in pools for study in pool.studies}
    for result in figures:
        if result.iri not in told and result.study not in counted:
            left_out.append((result, _other_statistic(result.statistic, statistic)))
    return Pooling(
        tuple(sorted(pools, key=_most_first)),
        tuple(sorted(left_out, key=lambda item: item[0].iri)),
    )


def _most_first(pool: PooledShare) -> tuple[bool, int, int, str]:
    """Without refusals first, then of most studies, then of most people."""
    return bool(pool.refusals), -len(pool.studies), -pool.denominator, pool.words


def _as_people(
    evidence: Evidence, figures: Sequence[Result], statistic: str | None, *, with_retracted: bool
) -> tuple[list[Share], list[LeftOut]]:
    """The figures that count people, and of those with such a statistic the others."""
    shares: list[Share] = []
    left_out: list[LeftOut] = []
    for result in figures:
        if RETRACTED in evidence.marks(result) and not with_retracted:
            left_out.append((result, f"its report is retracted: {report_label(evidence, result)}"))
        elif statistic in (None, result.statistic):
            found = share_of(evidence, result)
            if isinstance(found, Share):
                shares.append(found)
            elif statistic or result.statistic in POOLABLE:
                left_out.append((result, found))
    kept, unsaid = _that_say_what_they_count(evidence, shares)
    return kept, [*left_out, *unsaid]


def _pool(
    populations: Populations, shares: Sequence[Share], kind: Kind, words: str
) -> tuple[PooledShare, list[LeftOut]]:
    """One pool of figures that are alike, and what is left out of it."""
    evidence = populations.evidence
    chosen: list[Share] = []
    left_out: list[LeftOut] = []
    for of_study in grouped(shares, lambda share: share.result.study).values():
        best, rest = once_of_a_study(populations, of_study)
        chosen.extend(best)
        left_out.extend(rest)
    chosen, again = once_of_a_family(populations, chosen)
    left_out.extend(again)
    refusals = list(_refusals(populations, kind, chosen))
    if TOO_FEW in refusals:
        refusals.extend(f"{result.label}: {reason}." for result, reason in again)
    chosen.sort(key=lambda share: share.result.iri)
    remarks = () if refusals else tuple(remarks_on(evidence, chosen))
    return PooledShare(words, tuple(chosen), tuple(refusals), remarks), left_out


def _figures(
    evidence: Evidence, outcome: str, drug: str | None, studies: Collection[str]
) -> Iterator[Result]:
    """All figures of the outcome, whatever their statistic."""
    for result in evidence.results.values():
        group = evidence.groups.get(result.group or "")
        is_of_drug = drug is None or (group is not None and drug in evidence.drugs(group))
        is_of_study = not studies or result.study in studies
        if result.outcome == outcome and is_of_drug and is_of_study:
            yield result


def _other_statistic(given: str | None, asked: str | None) -> str:
    """Why a figure with another statistic is not pooled: a study is not left out in silence."""
    if given in POOLABLE:
        return f"it is a {given}, and a {asked} was asked for"
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
            rest.append((share.result, "a report nearer to the study says which states it counted"))
        else:
            kept.append(share)
    return kept, rest


def _refusals(populations: Populations, kind: Kind, shares: list[Share]) -> Iterator[str]:
    evidence = populations.evidence
    if len({share.result.study for share in shares}) < 2:
        yield TOO_FEW
    if not kind.settings:
        yield NO_SETTING
    for one, other in combinations(shares, 2):
        if may_share(populations, one, other):
            first, second = (evidence.study_label(share.result.study) for share in (one, other))
            yield f"{first} and {second} may have counted the same people."
