"""Pool the figures of an outcome, or say why they must not be pooled.

Figures fall into pools: of one treatment, one setting, one definition, one time (``traits``,
``times``), unless a wish asks for a pool across a difference. In each, people are counted once: one
figure of each study, of all its people, from the report nearest to the study (``of_study``); and of
studies that share people, that of the people whom no nearer or larger figure counts (``once``).
What has passed (``guards``) is pooled by a model (``synthesised``), the rest is left out with the
reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import (
    COMPARISON,
    KINDS,
    SHARE,
    Answer,
    Apart,
    Pool,
    Refused,
    Wish,
)
from allograph.evidence.pooling.candidate import LeftOut
from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.pooling.effect import MEASURES
from allograph.evidence.pooling.found import Found, found_for, kinds_of
from allograph.evidence.pooling.guards import Bunch, Guards
from allograph.evidence.pooling.once import suggested_overlaps
from allograph.evidence.pooling.remarks import remarks_on
from allograph.evidence.pooling.rows import row_of
from allograph.evidence.pooling.synthesised import MODELS_OF
from allograph.evidence.pooling.traits import Kind, in_words, sides_in_words
from allograph.evidence.populations import Populations


def pool(evidence: Evidence, wish: Wish) -> Answer:
    """Pool what a wish asks for.

    Raises ``ValueError`` for a model, a measure or a difference that there is not.
    """
    _check(wish)
    guards = Guards(Populations(evidence), suggested_overlaps(evidence), wish)
    sorts, left_out, others = found_for(guards.populations, wish)
    pools: list[tuple[Kind, Pool]] = []
    for found in sorts:
        left_out.extend(found.left_out)
        for bunch in guards.bunches(found, left_out):
            one, rest = _pool(guards, found, bunch)
            left_out.extend(rest)
            pools.append((bunch.kind, one))
    told = _told_apart(sorted(pools, key=lambda item: _most_first(item[1])))
    studies = {study for one in told for study in one.studies}
    left_out.extend(other for other in others if other.result.study not in studies)
    label = evidence.nodes.of(wish.outcome).label or wish.outcome
    return Answer(wish, label, told, _refused(evidence, told, left_out))


def _check(wish: Wish) -> None:
    """See that the names of a wish are known."""
    models = {model for models in MODELS_OF.values() for model in models}
    for what, given, known in (
        ("difference", wish.across, frozenset(DIFFERENCES)),
        ("measure", frozenset(filter(None, [wish.measure])), frozenset(MEASURES)),
        ("model", frozenset(filter(None, [wish.model])), models),
    ):
        for name in sorted(given - known):
            raise ValueError(f"no {what} is called '{name}'; there are {', '.join(sorted(known))}")
    if wish.model and not any(kinds_of(wish)) and any(kinds_of(replace(wish, model=None))):
        raise ValueError(f"'{wish.model}' does not pool what is asked for")
    if not 0 < wish.level < 100:
        raise ValueError(f"a confidence level of {wish.level} percent is not between 0 and 100")


def _pool(guards: Guards, found: Found, bunch: Bunch) -> tuple[Pool, Sequence[LeftOut]]:
    """One pool, and what its model cannot take."""
    wish, evidence = guards.wish, guards.populations.evidence
    done = found.pooled(evidence, bunch.figures, wish.model, wish.level)
    refusals = list(bunch.refusals)
    if not refusals and found.kind != SHARE and done.synthesis.estimate is None:
        refusals.append(done.synthesis.reasons.get("estimate", "Nothing can be estimated."))
    remarks = remarks_on(evidence, bunch.figures, wish.across, guards.suggested)
    words = in_words(bunch.kind)
    is_comparison = found.kind == COMPARISON
    index, reference = sides_in_words(evidence, bunch.figures) if is_comparison else (None, None)
    is_alone = len({one.result.study for one in bunch.figures}) == 1
    return (
        Pool(
            kind=found.kind,
            words=f"{found.statistic.replace('-', ' ')}; {words}" if is_comparison else words,
            statistic=found.statistic,
            rows=done.rows,
            refusals=tuple(refusals),
            remarks=() if refusals else (*remarks, *done.remarks),
            synthesis=None if refusals else done.synthesis,
            sensitivity=() if refusals else done.sensitivity,
            crude=None if refusals and not is_alone else done.crude,
            with_most=None if refusals else done.with_most,
            measure=found.measure,
            index=index,
            reference=reference,
            is_desirable=evidence.is_desirable(wish.outcome),
        ),
        done.left_out,
    )


def _most_first(pool: Pool) -> tuple[bool, int, int, int, str]:
    """Without refusals first, then by sort, then of most studies, then of most people."""
    people = sum((row.people or 0) + (row.comparator_people or 0) for row in pool.rows)
    return bool(pool.refusals), KINDS.index(pool.kind), -len(pool.studies), -people, pool.words


def _told_apart(pools: Iterable[tuple[Kind, Pool]]) -> tuple[Pool, ...]:
    """The pools, each with the differences from the first of its sort and measure."""
    first: dict[tuple[str, str], Kind] = {}
    told: list[Pool] = []
    for kind, one in pools:
        of_first = {
            trait.name: trait for trait in first.setdefault((one.kind, one.statistic), kind)
        }
        own = {trait.name: trait for trait in kind}
        names = [name for name in DIFFERENCES if own.get(name) != of_first.get(name)]
        apart = (
            Apart(
                name,
                own[name].words if name in own else "",
                of_first[name].words if name in of_first else "",
            )
            for name in names
        )
        told.append(replace(one, apart_by=tuple(apart)))
    return tuple(told)


def _refused(
    evidence: Evidence, pools: Iterable[Pool], left_out: Iterable[LeftOut]
) -> tuple[Refused, ...]:
    """What no pool takes, each figure once, with the first reason; in the order of the figures."""
    taken = {iri for one in pools for row in one.rows for iri in (row.figure, *row.further)}
    by_figure: dict[str, LeftOut] = {}
    for one in left_out:
        if one.result.iri not in taken:
            by_figure.setdefault(one.result.iri, one)
    return tuple(
        Refused(row_of(evidence, one.result), one.reason, one.across)
        for _iri, one in sorted(by_figure.items())
    )
