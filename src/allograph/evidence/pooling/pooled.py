"""Pools as values: figures added up, why they are not, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass

from allograph.evidence.pooling.alike import LeftOut
from allograph.evidence.pooling.share import Share
from allograph.synthesis.intervals import Interval, clopper_pearson

TOO_FEW = "Fewer than two studies say how many people they counted."


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
