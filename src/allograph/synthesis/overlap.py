"""How much reviews overlap: the corrected covered area of the studies that they include.

The measure of Pieper and others: of N inclusions of r studies in c reviews, (N - r) / (rc - r) is
the share of all possible repeats that occurred, 0 where no study is in two reviews and 1 where all
are in all. Formula as in https://juno-evidence-alliance.github.io/junoR/articles/CCA.html, seen
2026-11-28; M. Kirvalidze and others, Res. Synth. Methods 14 (2023) 764-767, ask for caution with
pairs of reviews of very different size. It tells how often studies repeat, not how many people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

TOO_FEW = "Of fewer than two reviews nothing overlaps."
NOTHING = "No review includes a study."


@dataclass(frozen=True)
class CoveredArea:
    """How often studies are included: ``inclusions`` (N) of ``studies`` (r) in ``reviews`` (c).

    ``corrected`` is from 0 to 1, or None, and then ``reason`` is a sentence.
    """

    inclusions: int
    studies: int
    reviews: int
    corrected: float | None
    reason: str = ""


@dataclass(frozen=True)
class Pair:
    """Two reviews, in the order in which they were given, and the studies that both include."""

    one: str
    other: str
    shared: frozenset[str]
    area: CoveredArea


def covered_area(included: Mapping[str, Collection[str]]) -> CoveredArea:
    """The corrected covered area of reviews, each with the studies that it includes.

    A study that a review names twice is included once. A review without studies counts as one.
    """
    times = Counter(study for studies in included.values() for study in set(studies))
    n, r, c = times.total(), len(times), len(included)
    if c < 2:
        return CoveredArea(n, r, c, None, TOO_FEW)
    if not r:
        return CoveredArea(n, r, c, None, NOTHING)
    return CoveredArea(n, r, c, (n - r) / (r * c - r))


def pairs(included: Mapping[str, Collection[str]]) -> Iterator[Pair]:
    """Each two reviews that include a study in common, in their order."""
    for (one, of_one), (other, of_other) in combinations(included.items(), 2):
        if shared := frozenset(of_one) & frozenset(of_other):
            yield Pair(one, other, shared, covered_area({one: of_one, other: of_other}))
