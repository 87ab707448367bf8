"""Figures of one kind, apart where they state different times, and of each study at one time.

A time, how a benefit was measured, since when, and the donor of a transplant may be left open
beside others that agree. Of a study that gives several, the one that most studies give is taken.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from decimal import Decimal
from typing import TypeAlias, TypeVar

from allograph.evidence import Evidence
from allograph.evidence.pooling import differences as of
from allograph.evidence.pooling.candidate import Candidate, LeftOut
from allograph.evidence.pooling.nearest import nearest
from allograph.evidence.pooling.traits import Kind, Trait, donors_of, traits_of, words_of
from allograph.evidence.records import Comparison

NOT_STATED = "not-stated"
Stated: TypeAlias = Callable[[Evidence, Candidate], Hashable]
Some = TypeVar("Some", bound=Candidate)


def _measured(evidence: Evidence, one: Candidate) -> str | None:
    return words_of(evidence, one.result)


def _month(evidence: Evidence, one: Candidate) -> Hashable:
    return _stated_by(evidence, one, "at_time")


def _cycle(evidence: Evidence, one: Candidate) -> Hashable:
    return _stated_by(evidence, one, "after_cycle")


def _origin(evidence: Evidence, one: Candidate) -> Hashable:
    origin = _stated_by(evidence, one, "time_origin")
    return None if origin == NOT_STATED else origin


def _stated_by(evidence: Evidence, one: Candidate, name: str) -> Hashable:
    """What a figure says of its time; for a comparison that leaves it open, its first side."""
    stated: Hashable = getattr(one.result, name, None)
    if stated is None and isinstance(one.result, Comparison):
        index = evidence.results.get(one.result.index or "")
        stated = getattr(index, name, None)
    return stated


MEASURED = "how it was measured"
LEFT_OPEN: tuple[tuple[str, str, Stated], ...] = (
    ("transplant", of.DENOMINATOR, donors_of),
    ("month", of.TIME, _month),
    ("after cycle", of.TIME, _cycle),
    ("since", of.TIME_ORIGIN, _origin),
    (MEASURED, of.DEFINITION, _measured),
)
"""What a figure may leave open beside others that state it, and agree: its name, the difference
that it makes, and how to ask."""
BESIDE_CR = frozenset({"crh", "cri", "crp", "marrow-cr"})
"""Definitions of the remissions that are none but for one thing, without those that are."""
OF_THE_SAME_PEOPLE = (of.DEFINITION, of.GRADE, of.ADJUSTMENT)
"""Differences of which a study may print several of the same people: one of them is taken."""


def by_times(
    evidence: Evidence, candidates: Sequence[Some], across: Collection[str]
) -> tuple[list[list[Some]], list[LeftOut]]:
    """Figures of one kind, apart where they state different times; and those left out for it."""
    first, left_out = _without_single_states(candidates, across)
    for name in OF_THE_SAME_PEOPLE:
        if name in across:
            choose = _widest if name == of.DEFINITION else _first
            first, rest = _at_the_usual(first, name, _trait(evidence, name), choose)
            left_out.extend(rest)
    bunches = [first]
    for name, difference, stated in LEFT_OPEN:
        is_across = difference in across

        def state(one: Candidate, stated: Stated = stated) -> Hashable:
            return stated(evidence, one)

        further: list[list[Some]] = []
        for bunch in bunches:
            if name == MEASURED:  # words are no reason to pass over the nearest report
                bunch, rest = nearest(evidence, bunch)
                left_out.extend(rest)
            kept, rest = _at_the_usual(bunch, name, state, _first if is_across else None)
            left_out.extend(rest)
            further.extend([kept] if is_across else _apart(kept, state))
        bunches = further
    return bunches, left_out


def with_times(evidence: Evidence, kind: Kind, figures: Sequence[Candidate]) -> Kind:
    """A kind with what its figures state of times, and of how they were measured.

    For pools that would be called the same without it.
    """
    traits = {trait.name: trait for trait in kind}
    for name, difference, stated in LEFT_OPEN:
        said = sorted({str(value) for one in figures if (value := stated(evidence, one))})
        if not said or difference == of.DENOMINATOR:
            continue
        before = traits.get(difference, Trait(difference, ()))
        words = " or ".join(said) if name == MEASURED else f"{name} {' or '.join(said)}"
        traits[difference] = Trait(
            difference,
            (before.value, *said),
            "; ".join(filter(None, (before.words, words))),
        )
    return tuple(traits.values())


def _without_single_states(
    candidates: Sequence[Some], across: Collection[str]
) -> tuple[list[Some], list[LeftOut]]:
    """Figures without those of one state of remission, beside CR: these are no remission rate."""
    is_across = of.DEFINITION in across
    others = any(one.result.definition not in BESIDE_CR for one in candidates)
    kept: list[Some] = []
    rest: list[LeftOut] = []
    for one in candidates:
        if is_across and others and one.result.definition in BESIDE_CR:
            reason = "it counts one state of remission alone, and others the remissions"
            rest.append(LeftOut(one.result, reason))
        else:
            kept.append(one)
    return kept, rest


def _trait(evidence: Evidence, name: str) -> Callable[[Candidate], Hashable]:
    """How to ask a figure for one of its traits: its definition, or the words of another."""

    def trait(one: Candidate) -> Hashable:
        if name == of.DEFINITION:
            return one.result.definition or words_of(evidence, one.result)
        traits = traits_of(evidence, one, is_defined=True)
        return next((trait.words or None for trait in traits if trait.name == name), None)

    return trait


def _first(values: Sequence[Hashable]) -> Sequence[Hashable]:
    """One of several, the same each time: of times, the latest."""
    numbers = [value for value in values if isinstance(value, Decimal | int)]
    return [max(numbers)] if numbers else [max(values, key=str)]


def _widest(values: Sequence[Hashable]) -> Sequence[Hashable]:
    """The definition that has all states of the others; without one, all: nobody can say which."""
    states = {
        value: frozenset(str(value).replace("marrow-", "marrow").split("-")) for value in values
    }
    every: frozenset[str] = frozenset().union(*states.values())
    wide = [value for value in values if states[value] == every]
    return wide[:1] or values


def _at_the_usual(
    candidates: Sequence[Some],
    name: str,
    stated: Callable[[Candidate], Hashable],
    choose: Callable[[Sequence[Hashable]], Sequence[Hashable]] | None,
) -> tuple[list[Some], list[LeftOut]]:
    """Of each study the figures with what more studies state than any other that it states.

    Where as many state another, all are kept, or what is chosen of them.
    """
    by_study: dict[str | None, set[Hashable]] = defaultdict(set)
    for one in candidates:
        by_study[one.result.study].add(stated(one))
    studies = Counter(value for given in by_study.values() for value in given)
    kept: list[Some] = []
    rest: list[LeftOut] = []
    for one in candidates:
        given = by_study[one.result.study]
        most = max(studies[value] for value in given)
        usual: Sequence[Hashable] = sorted(
            (value for value in given if studies[value] == most), key=str
        )
        if choose and len(usual) > 1:
            usual = choose(usual)
        if stated(one) in usual:
            kept.append(one)
        else:
            taken = "none stated" if usual[0] is None else usual[0]
            reason = f"more studies have a figure like another one of its study ({name}: {taken})"
            if choose and studies[stated(one)] == most:
                reason = f"another figure of its study is taken ({name}: {taken})"
            rest.append(LeftOut(one.result, reason))
    return kept, rest


def _apart(
    candidates: Sequence[Some], stated: Callable[[Candidate], Hashable]
) -> Iterator[list[Some]]:
    """One bunch for each time; those that state none go with the others if these agree."""
    by_time: dict[Hashable, list[Some]] = defaultdict(list)
    for one in candidates:
        by_time[stated(one)].append(one)
    if len(by_time.keys() - {None}) < 2:
        yield list(candidates)
    else:
        yield from by_time.values()
