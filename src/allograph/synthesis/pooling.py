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
from dataclasses import dataclass
from itertools import combinations

from allograph.curated.notices import CONCERN, RETRACTED
from allograph.evidence import Evidence, grouped
from allograph.evidence.intervals import Interval, clopper_pearson
from allograph.evidence.overlap import possible_overlaps
from allograph.evidence.populations import Populations
from allograph.evidence.records import Result
from allograph.synthesis.alike import LEFT_OPEN, Kind, LeftOut, by_kind, by_times, in_words
from allograph.synthesis.of_study import once_of_a_study, without_parts
from allograph.synthesis.once import may_share, once_of_a_family
from allograph.synthesis.share import POOLABLE, Share, share_of

TOO_FEW = "There are not two studies whose people are counted."
NO_SETTING = "The conditions of the studies do not say who the people are (ag:setting)."


@dataclass(frozen=True)
class PooledShare:
    """Figures of one kind, in ``words``; if there are refusals, they are not pooled."""

    words: str
    shares: tuple[Share, ...]
    refusals: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def studies(self) -> frozenset[str]:
        """The IRIs of the studies."""
        return frozenset(share.result.study or "" for share in self.shares)

    @property
    def numerator(self) -> int:
        """The people with the outcome."""
        return sum(share.numerator for share in self.shares)

    @property
    def denominator(self) -> int:
        """All people."""
        return sum(share.denominator for share in self.shares)

    def interval(self, level: float = 95.0) -> Interval:
        """The exact interval of the pooled share, in percent; ``ValueError`` without people."""
        return clopper_pearson(self.numerator, self.denominator, level)


@dataclass(frozen=True)
class Pooling:
    """The pools of an outcome, and what was left out and why.

    The first pool has no refusal if any has none, then the most studies and people. Its figures
    are those of the whole, for who looks at one pool alone; ``refusals`` are of all, if none pools.
    """

    pools: tuple[PooledShare, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def first(self) -> PooledShare:
        """The first pool; without any, an empty one that says so."""
        return self.pools[0] if self.pools else PooledShare("", (), (TOO_FEW,), ())

    @property
    def shares(self) -> tuple[Share, ...]:
        """The figures of the first pool."""
        return self.first.shares

    @property
    def numerator(self) -> int:
        """The people with the outcome in the first pool."""
        return self.first.numerator

    @property
    def denominator(self) -> int:
        """All people of the first pool."""
        return self.first.denominator

    @property
    def refusals(self) -> tuple[str, ...]:
        """Why nothing is pooled; nothing, if something is."""
        every = (refusal for pool in self.pools or (self.first,) for refusal in pool.refusals)
        return () if self.pooled else tuple(dict.fromkeys(every))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What differs in the first pool, or is left open."""
        return self.first.remarks

    def interval(self, level: float = 95.0) -> Interval:
        """The exact interval of the first pool, in percent; ``ValueError`` without people."""
        return self.first.interval(level)

    @property
    def pooled(self) -> tuple[PooledShare, ...]:
        """The pools without a refusal."""
        return tuple(pool for pool in self.pools if not pool.refusals)


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
    shares: list[Share] = []
    left_out: list[LeftOut] = []
    for result in figures:
        if RETRACTED in evidence.marks(result) and not with_retracted:
            left_out.append((result, f"its report is retracted: {_report_label(evidence, result)}"))
        elif statistic in (None, result.statistic):
            found = share_of(evidence, result)
            if isinstance(found, Share):
                shares.append(found)
            elif result.statistic in POOLABLE:
                left_out.append((result, found))
    shares, unsaid = _that_say_what_they_count(evidence, shares)
    left_out.extend(unsaid)
    populations = Populations(evidence)
    pools: list[PooledShare] = []
    is_defined = any(share.result.definition for share in shares)
    for kind, alike in by_kind(evidence, shares).items():
        whole, parts = without_parts(populations, alike)
        bunches, rest = by_times(evidence, whole)
        left_out.extend((*parts, *rest))
        for bunch in bunches:
            pool, rest = _pool(populations, bunch, kind, in_words(evidence, kind, is_defined))
            left_out.extend(rest)
            pools.extend([pool] if pool.shares else [])
    counted = {study for pool in pools for study in pool.studies}
    told = {result.iri for result, _reason in left_out}
    for result in figures:
        is_of_other = (
            result.statistic != statistic if statistic else result.statistic not in POOLABLE
        )
        if is_of_other and result.study not in counted and result.iri not in told:
            left_out.append((result, _other_statistic(result.statistic, statistic)))
    pools.sort(
        key=lambda pool: (bool(pool.refusals), -len(pool.studies), -pool.denominator, pool.words)
    )
    return Pooling(tuple(pools), tuple(sorted(left_out, key=lambda item: item[0].iri)))


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
    remarks = () if refusals else tuple(_remarks(evidence, chosen))
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


def _remarks(evidence: Evidence, shares: Sequence[Share]) -> Iterator[str]:
    """What differs between the studies of a pool, and what some leave open."""
    for name, stated in LEFT_OPEN:
        given = {stated(evidence, share.result) for share in shares}
        if None in given and len(given) > 1:
            said = " ".join(str(value) for value in given - {None})
            yield f"Not every figure states this: {name} ({said})."
    for what, found in _differences(evidence, shares):
        if len(found) > 1:
            yield f"{what} are not the same: {'; '.join(sorted(found))}."
    second_hand = [share for share in shares if _is_second_hand(evidence, share)]
    if second_hand:
        named = ", ".join(evidence.study_label(share.result.study) for share in second_hand)
        yield f"Told at second hand: {named}."
    for mark, said in ((RETRACTED, "Retracted"), (CONCERN, "Under an expression of concern")):
        marked = {
            _report_label(evidence, one.result)
            for one in shares
            if mark in evidence.marks(one.result)
        }
        if marked:
            yield f"{said}: {', '.join(sorted(marked))}."
    studies = {share.result.study for share in shares}
    for overlap in possible_overlaps(evidence):
        if {overlap.study, overlap.other} <= studies:
            yield f"{evidence.study_label(overlap.study)}: {overlap.why}"


def _differences(
    evidence: Evidence, shares: Sequence[Share]
) -> Iterator[tuple[str, frozenset[str]]]:
    """What the studies of a pool may differ in, and what each of them has."""
    groups = [evidence.groups[share.group] for share in shares]
    studies = [evidence.studies.get(share.result.study or "") for share in shares]
    conditions = (iri for study in studies if study for iri in study.conditions)
    regimens = (iri for group in groups for iri in group.regimens)
    yield "The diseases", frozenset(evidence.nodes.of(iri).label or iri for iri in conditions)
    yield "The treatments", frozenset(evidence.nodes.of(iri).label or iri for iri in regimens)


def _is_second_hand(evidence: Evidence, share: Share) -> bool:
    report = evidence.reports.get(share.result.report or "")
    return report is not None and evidence.is_second_hand(report)


def _report_label(evidence: Evidence, result: Result) -> str:
    report = evidence.reports.get(result.report or "")
    return report.label if report else result.report or "not named"
