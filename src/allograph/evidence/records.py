"""The records of the evidence: studies, reports, groups, figures, doses, one frozen value each.

IRIs are strings, numbers are ``Decimal`` and whole numbers ``int``, in the units of the graph:
percent, months (``mo``), years (``a``), mg/m2. A value that is absent, or that is no number, is
``None``: what must be there is the business of the shapes. IRIs of concepts are cut to their keys,
as in ``percentage``; records and outcomes keep their IRIs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Study:
    """What was done to people."""

    iri: str
    label: str
    design: str | None
    accrual_start: date | None
    accrual_end: date | None
    sites: frozenset[str]
    conditions: frozenset[str]
    shares_people_with: frozenset[str]
    overlaps_with: frozenset[str]
    registrations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What was published about studies; the tier is a key, as ``primary``."""

    iri: str
    label: str
    tier: str | None
    studies: frozenset[str]
    based_on: tuple[str, ...]
    updates: tuple[str, ...]
    is_held: bool
    submitted: date | None
    accepted: date | None
    issued: str | None
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Printed:
    """What everything that a report prints has."""

    iri: str
    label: str
    study: str | None
    report: str | None
    reported_as: str
    basis: str | None
    flags: frozenset[str]
    locators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group(Printed):
    """People who were counted together."""

    size: int | None
    parents: tuple[str, ...]
    grouping: str | None
    selected_by: frozenset[str]
    without: frozenset[str]
    regimens: frozenset[str]


@dataclass(frozen=True, slots=True)
class SharedPeople(Printed):
    """How members of a family, groups or whole studies, counted the same people.

    ``sharing`` is a key, as ``pooled``; there is a whole with parts, or there are ``between``.
    """

    family: str | None
    sharing: str | None
    whole: str | None
    parts: tuple[str, ...]
    between: tuple[str, ...]

    @property
    def members(self) -> tuple[str, ...]:
        """All groups and studies that it names."""
        return (*((self.whole,) if self.whole else ()), *self.parts, *self.between)


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Figures, comparisons, claims or groups that do not go together, and why: a reader saw it."""

    iri: str
    label: str
    reason: str
    sides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure(Printed):
    """What results and comparisons have in common: a value in its unit, and its interval.

    The cut-off is as printed, ``2020-03-31``, ``2020-03`` or ``2020``.
    """

    group: str | None
    outcome: str | None
    statistic: str | None
    value: Decimal | None
    unit: str | None
    lower: Decimal | None
    upper: Decimal | None
    level: Decimal | None
    standard_error: Decimal | None
    at_time: Decimal | None
    time_origin: str | None
    bound: str | None
    definition: str | None
    assessor: str | None
    cutoff: str | None

    @property
    def counting(self) -> tuple[str | None, str | None, str | None]:
        """What was counted as the outcome, by whom, and up to when."""
        return self.definition, self.assessor, self.cutoff


@dataclass(frozen=True, slots=True)
class Result(Figure):
    """One printed figure of one group; ``kind`` is its class, as in ``Proportion``."""

    kind: str | None
    numerator: int | None
    denominator: int | None
    range_low: Decimal | None
    range_high: Decimal | None
    lower_quartile: Decimal | None
    upper_quartile: Decimal | None
    deviation: Decimal | None
    error: Decimal | None
    tolerance: Decimal | None
    status: str | None
    partition: str | None
    after_cycle: int | None
    grade: str | None
    events: int | None
    person_time: Decimal | None


@dataclass(frozen=True, slots=True)
class Comparison(Figure):
    """A group against its comparator; ``statistic`` is the measure of ``value``, if printed."""

    comparator: str | None
    index: str | None
    reference: str | None
    direction: str | None
    significance: str | None
    p_value: Decimal | None
    p_bound: str | None
    p_sides: int | None
    test: str | None
    adjustments: frozenset[str]
    covariates: tuple[str, ...]
    analysis_set: str | None


@dataclass(frozen=True, slots=True)
class Claim(Printed):
    """A statement without a number."""

    kind: str | None
    about: frozenset[str]


@dataclass(frozen=True, slots=True)
class DoseStep(Printed):
    """One drug at one dose in one place of a schedule."""

    regimen: str | None
    drug: str | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    cycle_from: int | None
    cycle_to: int | None
    week: int | None
    days: tuple[int, ...]
    maximum_cycles: int | None
    from_patient: int | None
    to_patient: int | None


@dataclass(frozen=True, slots=True)
class Registration:
    """The number of a study in a registry."""

    iri: str
    label: str
    basis: str | None
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is printed: code points of the held text, and section and sentence.

    A cited place has no code points and no digest.
    """

    iri: str
    start: int | None
    end: int | None
    section: str | None
    sentence: int | None
    sha256: str | None
