"""Pool the shares of several studies, or say why they must not be pooled.

People are counted once: one figure of each study, of all the people whom it treated, from the
report nearest to the study; and of a family, that of the people whom no nearer or larger figure
counts. Other studies that share people are refused, and so are figures at different times; there
is no way around a refusal but to choose other studies. The pooled share is that of all people
together: it ignores every difference between the studies (Cochrane Handbook for Systematic Reviews
of Interventions, chapter 10), which is why the range of their shares stands beside it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from allograph.evidence import Evidence, grouped
from allograph.evidence.intervals import Interval, clopper_pearson
from allograph.evidence.overlap import possible_overlaps
from allograph.evidence.populations import Populations
from allograph.evidence.records import Group, Result
from allograph.synthesis.once import may_share, once_of_a_family
from allograph.synthesis.share import Share

POOLABLE = ("percentage", "count")
"""Statistics that count people; a probability from censored data has no count."""
IMPOSSIBLE = "printed-so"
"""The flag of a figure that arithmetic refuses: nobody knows which of its numbers is wrong."""
PARTIAL = frozenset({"subgroup", "background", "external-control", "non-human"})
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class PooledShare:
    """What can be pooled, what was left out and why, and why nothing is pooled, if so."""

    shares: tuple[Share, ...]
    left_out: tuple[tuple[Result, str], ...]
    refusals: tuple[str, ...]
    remarks: tuple[str, ...]

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


def pool_shares(
    evidence: Evidence,
    outcome: str,
    statistic: str = "percentage",
    drug: str | None = None,
    studies: Collection[str] = (),
) -> PooledShare:
    """Pool the figures of an outcome; outcome, drug and studies are IRIs, the statistic a key."""
    shares: list[Share] = []
    left_out: list[tuple[Result, str]] = []
    figures = list(_figures(evidence, outcome, drug, studies))
    for result in figures:
        if result.statistic != statistic:
            continue
        found = _share(evidence, result)
        if isinstance(found, Share):
            shares.append(found)
        else:
            left_out.append((result, found))
    chosen: list[Share] = []
    refusals: list[str] = []
    for of_study in grouped(shares, lambda share: share.result.study).values():
        best, rest = _nearest_and_widest(evidence, of_study)
        left_out.extend(rest)
        chosen.extend(best)
        if len(best) > 1:
            named = " and ".join(f'"{share.result.label}"' for share in best)
            label = evidence.study_label(best[0].result.study)
            refusals.append(f"{label} gives more than one figure: {named}.")
    populations = Populations(evidence)
    chosen, again = once_of_a_family(populations, chosen)
    left_out.extend(again)
    if len({share.result.study for share in chosen}) < 2:
        refusals.extend(f"{result.label}: {reason}." for result, reason in again)
    counted = {share.result.study for share in chosen}
    for result in figures:
        if result.statistic != statistic and result.study not in counted:
            left_out.append((result, _other_statistic(result.statistic, statistic)))
    chosen.sort(key=lambda share: share.result.iri)
    return PooledShare(
        shares=tuple(chosen),
        left_out=tuple(sorted(left_out, key=lambda item: item[0].iri)),
        refusals=(*refusals, *_refusals(populations, chosen)),
        remarks=tuple(_remarks(evidence, chosen)),
    )


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


def _other_statistic(given: str | None, asked: str) -> str:
    """Why a figure with another statistic is not pooled: a study is not left out in silence."""
    if given in POOLABLE:
        return f"it is a {given}, and a {asked} was asked for"
    return f"it is a {given or 'figure without a statistic'}, which counts nobody"


def _share(evidence: Evidence, result: Result) -> Share | str:
    """The figure as people, or why it has none that can be pooled."""
    group = evidence.groups.get(result.group or "")
    if group is None or _is_part(evidence, group):
        return "its people are a part of those whom the study treated"
    if result.statistic not in POOLABLE:
        return "it comes from censored data, so nobody counted the people with the outcome"
    if result.bound or result.value is None:
        return "it is no exact figure"
    if IMPOSSIBLE in result.flags:
        return f"arithmetic refuses it as it is printed (flag:{IMPOSSIBLE})"
    if _is_outside_its_interval(result, result.value):
        return f"{result.value} lies outside its own interval"
    people = result.denominator or group.size
    if not people:
        return "the number of its people is not known"
    tier = evidence.tier(result)
    if result.numerator is not None:
        return Share(result, result.numerator, people, tier, is_printed=True)
    slack = result.tolerance or Decimal(0)
    middle = int(people * result.value / HUNDRED)
    fitting = [
        count
        for count in range(max(middle - 1, 0), min(middle + 2, people) + 1)
        if abs(HUNDRED * count / people - result.value) <= slack
    ]
    if len(fitting) != 1:
        return f"the number of people with the outcome does not follow from {result.value}%"
    return Share(result, fitting[0], people, tier, is_printed=False)


def _is_outside_its_interval(result: Result, value: Decimal) -> bool:
    is_below = result.lower is not None and value < result.lower
    return is_below or (result.upper is not None and value > result.upper)


def _is_part(evidence: Evidence, group: Group) -> bool:
    """Whether people of the study who were treated alike are missing from a group."""
    line = (group, *evidence.ancestors(group.iri))
    return any(one.selected_by or one.without or one.grouping in PARTIAL for one in line)


def _nearest_and_widest(
    evidence: Evidence, shares: list[Share]
) -> tuple[list[Share], list[tuple[Result, str]]]:
    """The figures of one study that nothing outdoes, and the others with the reason."""
    nearest = min(evidence.distance(share.result) for share in shares)
    groups = {share.result.group for share in shares if evidence.distance(share.result) == nearest}
    best: list[Share] = []
    rest: list[tuple[Result, str]] = []
    for share in shares:
        if evidence.distance(share.result) > nearest:
            rest.append((share.result, _outdone(evidence, share, shares)))
        elif any(group.iri in groups for group in evidence.ancestors(share.result.group)):
            rest.append((share.result, "its people are among those of another figure"))
        else:
            best.append(share)
    return best, rest


def _outdone(evidence: Evidence, share: Share, shares: list[Share]) -> str:
    """Why a figure of a study does not count: a report nearer to the study, and its tier."""
    best = min(shares, key=lambda one: (evidence.distance(one.result), one.result.iri))
    report = evidence.reports.get(best.result.report or "")
    label = report.label if report else "another report"
    return (
        f"a report nearer to the study prints it too: {label} ({best.tier}),"
        f" and the {best.tier} is preferred to the {share.tier or 'report without a tier'}"
    )


def _refusals(populations: Populations, shares: list[Share]) -> Iterator[str]:
    evidence = populations.evidence
    if len({share.result.study for share in shares}) < 2:
        yield "There are not two studies whose people are counted."
    for one, other in combinations(shares, 2):
        if may_share(populations, one, other):
            first, second = (evidence.study_label(share.result.study) for share in (one, other))
            yield f"{first} and {second} may have counted the same people."
    counted = {share.result.definition for share in shares if share.result.definition}
    if len(counted) > 1:
        yield f"The figures count different states as the outcome: {', '.join(sorted(counted))}."
    for name, stated in _times(shares):
        if len(stated - {None}) > 1:
            named = ", ".join(sorted(str(value) for value in stated - {None}))
            yield f"The figures are of different times: {name} {named}."


def _remarks(evidence: Evidence, shares: list[Share]) -> Iterator[str]:
    for name, stated in _times(shares):
        if None in stated and len(stated) > 1:
            yield f"Not every figure states its time ({name})."
    studies = {share.result.study for share in shares}
    for overlap in possible_overlaps(evidence):
        if {overlap.study, overlap.other} <= studies:
            yield f"{evidence.study_label(overlap.study)}: {overlap.why}"


def _times(shares: list[Share]) -> Iterator[tuple[str, set[object]]]:
    yield "month", {share.result.at_time for share in shares}
    yield "after cycle", {share.result.after_cycle for share in shares}
    yield "since", {share.result.time_origin for share in shares}
    yield "grade", {share.result.grade for share in shares}
