"""One figure as people: how many of how many had the outcome, or why nobody can say."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal

from allograph.evidence import Evidence
from allograph.evidence.pooling.candidate import OTHER_PEOPLE, is_part
from allograph.evidence.records import Group, Result

POOLABLE = ("percentage", "count")
"""Statistics that count people; a probability from censored data has no count."""
IMPOSSIBLE = "printed-so"
"""The flag of a figure that arithmetic refuses: nobody knows which of its numbers is wrong."""
NOT_STATED = "denominator-not-stated"
OF_WHOM = ("denominator-ambiguous", NOT_STATED, "population-ambiguous")
"""Flags of a figure of which the source does not say whose share it is."""
ONE_STATE = frozenset({"cr", "crh", "cri", "crp", "marrow-cr"})
"""Definitions of one state of remission among several."""
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Share:
    """One figure as people: ``is_printed`` when the count is, else the percentage gives it.

    ``group`` is the IRI of its people. Where it was brought to a wider group than the one of which
    it is printed, ``derivation`` says how, and at most ``at_most`` had the outcome if the source
    leaves that open; ``further`` are the figures that it takes in. ``is_narrow`` if its people are
    known to be not all who responded.
    """

    result: Result
    group: str
    numerator: int
    denominator: int
    is_printed: bool
    is_part: bool = False
    derivation: str | None = None
    at_most: int | None = None
    further: tuple[str, ...] = ()
    is_narrow: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        """The IRI of its people."""
        return (self.group,)

    @property
    def people(self) -> int:
        """Of how many people it is the share."""
        return self.denominator

    @property
    def number(self) -> Hashable:
        """How many of how many."""
        return self.numerator, self.denominator


def share_of(evidence: Evidence, result: Result) -> Share | str:
    """The figure as people, or why it has none that can be pooled."""
    group = evidence.groups.get(result.group or "")
    if group is None:
        return "its people are not known"
    line = (group, *evidence.ancestors(group.iri))
    if any(one.grouping in OTHER_PEOPLE for one in line):
        return "its people are not those whom the study treated"
    if result.statistic not in POOLABLE:
        return "it comes from censored data, so nobody counted the people with the outcome"
    if result.bound or result.value is None:
        return "it is no exact figure"
    if result.at_time == 0:
        return "it was measured before the treatment"
    if IMPOSSIBLE in result.flags:
        return f"arithmetic refuses it as it is printed (flag:{IMPOSSIBLE})"
    if _is_outside_its_interval(result, result.value):
        return f"{result.value} lies outside its own interval"
    size = _size_of(evidence, result, group)
    if size is None:
        return "the number of its people is not known"
    people = size.people
    if not (result.numerator is not None and result.denominator):
        for flag in OF_WHOM:
            is_told = flag == NOT_STATED and size.derivation
            if flag in result.flags and not is_told:
                return f"the source does not say of whom it is the share (flag:{flag})"
    numerator = _numerator(result, result.value, people)
    if isinstance(numerator, str):
        return numerator
    if numerator > people:
        return f"{numerator} are more people than the {people} of whom it is the share"
    return Share(
        result,
        group.iri,
        numerator,
        people,
        is_printed=result.numerator is not None,
        is_part=any(map(is_part, line)),
        derivation=size.derivation,
        is_narrow=size.is_narrow,
    )


@dataclass(frozen=True)
class _Size:
    """A number of people, and how it comes about if it is not printed.

    ``is_narrow`` if they have one state of remission, so that others responded too.
    """

    people: int
    derivation: str | None = None
    is_narrow: bool = False


def _size_of(evidence: Evidence, result: Result, group: Group) -> _Size | None:
    """How many people a figure is about; ``None`` if nobody says so.

    "78.4 % of those in remission" says of how many when the same report prints who was in remission
    of how many: 80.7 % of 109 are 88, and 78.4 % of 88 are 69. Both are derived.

    A group that one outcome chose has as many people as had that outcome, by the figures that the
    same report prints of those from whom they were chosen, if these agree.
    """
    if people := result.denominator or group.size:
        return _Size(people)
    if len(group.selected_by) != 1 or group.without or len(group.parents) == 0:
        return None
    (outcome,) = group.selected_by
    counts = {
        (share.numerator, share.denominator, figure.definition)
        for parent in group.parents
        if not any(one.iri == group.iri for one in evidence.ancestors(parent))  # a circle
        for figure in evidence.results_of_group.get(parent, ())
        if figure.outcome == outcome and figure.report == result.report
        for share in [share_of(evidence, figure)]
        if not isinstance(share, str)
    }
    if len(counts) != 1:
        return None
    ((people, whole, definition),) = counts
    derivation = f"{people} of {whole} were chosen"
    return _Size(people, derivation, definition in ONE_STATE) if people else None


def _numerator(result: Result, value: Decimal, people: int) -> int | str:
    """The people with the outcome: as printed, or the one number that the percentage gives."""
    if result.numerator is not None:
        return result.numerator
    if result.statistic == "count":
        return "it counts events, or nobody says whether it counts people"
    slack = result.tolerance or Decimal(0)
    middle = int(people * value / HUNDRED)
    fitting = [
        count
        for count in range(max(middle - 1, 0), min(middle + 2, people) + 1)
        if abs(HUNDRED * count / people - value) <= slack
    ]
    if len(fitting) != 1:
        return f"the number of people with the outcome does not follow from {value}%"
    return fitting[0]


def _is_outside_its_interval(result: Result, value: Decimal) -> bool:
    is_below = result.lower is not None and value < result.lower
    return is_below or (result.upper is not None and value > result.upper)
