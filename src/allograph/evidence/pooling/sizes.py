"""How many people a group has: as printed, or as the figure gives it that chose them.

"78.4 % of those in remission" says of how many when the same report prints who was in remission of
how many: 80.7 % of 109 are 88, and 78.4 % of 88 are 69. Both are marked derived.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allograph.evidence import Evidence
from allograph.evidence.records import Group, Result

if TYPE_CHECKING:
    from allograph.evidence.pooling.share import Share


ONE_STATE = frozenset({"cr", "crh", "cri", "crp", "marrow-cr"})
"""Definitions of one state of remission among several."""


@dataclass(frozen=True)
class Size:
    """A number of people, and how it comes about if it is not printed.

    ``is_narrow`` if they have one state of remission, so that others responded too.
    """

    people: int
    derivation: str | None = None
    is_narrow: bool = False


def size_of(
    evidence: Evidence,
    result: Result,
    group: Group,
    share_of: Callable[[Evidence, Result], Share | str],
) -> Size | None:
    """How many people a figure is about; ``None`` if nobody says so.

    A group that one outcome chose has as many people as had that outcome, by the figures that the
    same report prints of those from whom they were chosen, if these agree.
    """
    if people := result.denominator or group.size:
        return Size(people)
    if len(group.selected_by) != 1 or group.without or len(group.parents) == 0:
        return None
    (outcome,) = group.selected_by
    counts = {
        (share.numerator, share.denominator, figure.definition)
        for parent in group.parents
        for figure in evidence.results_of_group.get(parent, ())
        if figure.outcome == outcome and figure.report == result.report
        for share in [share_of(evidence, figure)]
        if not isinstance(share, str)
    }
    if len(counts) != 1:
        return None
    ((people, whole, definition),) = counts
    derivation = f"{people} of {whole} were chosen"
    return Size(people, derivation, definition in ONE_STATE) if people else None
