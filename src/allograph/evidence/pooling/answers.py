"""What is asked of pooling, and what it answers, as values.

An answer has pools, each of figures of one kind; every figure that no pool takes is left out with
the reason. Shares are from 0 to 1, ratios as they are, differences of shares from -1 to 1, medians
in months; levels of confidence in percent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from allograph.synthesis.pooled import Synthesis

SHARE, COMPARISON, MEDIAN = "share", "comparison", "median"
KINDS = (SHARE, COMPARISON, MEDIAN)
"""What a pool is of; an answer has them in this order."""


@dataclass(frozen=True)
class Wish:
    """What to pool. Outcome, drug and studies are IRIs, the others keys; ``None`` asks for all.

    ``statistic`` and ``measure`` (``rr``, ``or``, ``rd``, ``hr``, ``shr``) say which figures,
    ``comparator`` (a drug or a regimen) against what, ``at_time`` (months) and ``time_origin`` of
    which time, ``across`` what may differ within a pool, by the
    names of ``differences``; ``model`` is a key of ``synthesis.pooled.MODELS``.
    """

    outcome: str
    drug: str | None = None
    studies: frozenset[str] = frozenset()
    statistic: str | None = None
    measure: str | None = None
    comparator: str | None = None
    at_time: Decimal | None = None
    time_origin: str | None = None
    across: frozenset[str] = frozenset()
    model: str | None = None
    level: float = 95.0
    with_retracted: bool = False


@dataclass(frozen=True)
class Row:
    """One figure of one study: a share, a comparison of two arms, or a median.

    ``events`` of ``people``, and those of the comparator, are ``None`` where nobody knows them.
    ``value`` and its limits are on the scale on which they are read; ``level`` is that of the
    limits, and ``is_printed`` says whether the source prints these, or counts gave them. Of
    ``events_at_most`` the source leaves open whether they or ``events`` had the outcome.
    ``derivation`` says how a derived number comes about; ``further`` are the figures of other arms
    of the study that it adds up. ``standard_error`` is on the scale of the model (the logarithm of
    a ratio), ``weight`` a share of 1.
    """

    figure: str
    study: str
    label: str
    people_label: str
    report: str | None
    report_label: str
    tier: str | None
    reported_as: str
    events: int | None = None
    people: int | None = None
    comparator_events: int | None = None
    comparator_people: int | None = None
    value: float | None = None
    lower: float | None = None
    upper: float | None = None
    level: float | None = None
    is_printed: bool = False
    is_derived: bool = False
    derivation: str | None = None
    events_at_most: int | None = None
    further: tuple[str, ...] = ()
    standard_error: float | None = None
    weight: float | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """A figure that no pool takes, why, and the name that would ask for it all the same."""

    row: Row
    reason: str
    across: str | None = None


@dataclass(frozen=True)
class Crude:
    """All people of a pool as if they were of one study, exactly, and the range of the studies."""

    events: int
    people: int
    share: float
    lower: float
    upper: float
    lowest: float
    highest: float


@dataclass(frozen=True)
class Apart:
    """One difference between a pool and the first one of its sort: its name, and both in words."""

    name: str
    words: str
    words_of_first: str


@dataclass(frozen=True)
class Pool:
    """Figures of one kind, in ``words``; if there are refusals, they are not pooled.

    ``synthesis`` is None only then. ``sensitivity`` holds the same studies by other models.
    ``crude`` is given for shares that are pooled, or of one study. ``with_most`` is the synthesis
    with ``events_at_most`` where a source leaves an end open; ``synthesis`` is with the fewest. For
    comparisons ``index`` and ``reference`` name the two ends, and ``is_desirable`` says whether the
    outcome is good. ``apart_by`` says in what it differs from the first pool of its sort.
    """

    kind: str
    words: str
    statistic: str
    rows: tuple[Row, ...]
    refusals: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    synthesis: Synthesis | None = None
    sensitivity: tuple[Synthesis, ...] = ()
    crude: Crude | None = None
    with_most: Synthesis | None = None
    measure: str | None = None
    index: str | None = None
    reference: str | None = None
    is_desirable: bool | None = None
    apart_by: tuple[Apart, ...] = ()

    @property
    def studies(self) -> frozenset[str]:
        """The IRIs of the studies."""
        return frozenset(row.study for row in self.rows)


@dataclass(frozen=True)
class Answer:
    """The pools of an outcome, those without refusals first, and what no pool takes."""

    wish: Wish
    outcome_label: str
    pools: tuple[Pool, ...]
    left_out: tuple[Refused, ...]

    @property
    def pooled(self) -> tuple[Pool, ...]:
        """The pools without a refusal."""
        return tuple(pool for pool in self.pools if not pool.refusals)

    @property
    def refused(self) -> tuple[Pool, ...]:
        """The pools that are not pooled."""
        return tuple(pool for pool in self.pools if pool.refusals)
