"""A Summary of Findings as values: rows, what stands in their cells, and the notes below them.

Shares are from 0 to 1, ratios as they are, times in months, levels in percent: nothing is rounded.
A cell that cannot be filled is ``None``, and a sentence beside it says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allograph.evidence.judgements import Certainty
from allograph.evidence.pooling.answers import Row
from allograph.reading.summary.absolute import Limits
from allograph.reading.summary.outcomes import Importance
from allograph.reading.summary.subject import Subject

POOLED, ONE, RANGE, REFUSED, NOTHING = STATES = ("pooled", "one", "range", "refused", "nothing")
"""Pooled; of one study; of several without a model; refused; no figure at all."""
PER_THOUSAND, MONTHS = "per 1,000", "months"


@dataclass(frozen=True)
class Risk:
    """The share without the treatment, at a time in months if it has one, and where it is from."""

    share: float
    source: str
    figures: tuple[str, ...] = ()
    at_time: float | None = None


@dataclass(frozen=True)
class Absolute:
    """How many with the treatment, and how many more or fewer than without it.

    ``unit`` is ``PER_THOUSAND``, and the numbers are shares; or ``MONTHS``. ``method`` says how
    they come about.
    """

    unit: str
    given: Limits
    method: str
    level: float = 95.0
    without: Risk | None = None
    difference: Limits | None = None


@dataclass(frozen=True)
class Relative:
    """A relative effect: its measure by key and in words, its interval, and by which model.

    ``model`` is empty where it is that of one study, which ``origin`` tells. ``reasons`` say why a
    number of the model is not there.
    """

    measure: str
    words: str
    limits: Limits
    level: float
    origin: str
    model: str = ""
    prediction: Limits | None = None
    tau2: float | None = None
    i2: float | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Study:
    """A study behind a row: its IRI, its name, and whether chance assigned people."""

    iri: str
    label: str
    is_randomised: bool


@dataclass(frozen=True)
class Figure:
    """A figure behind a row: as pooling takes it, and its value in words."""

    row: Row
    value: str

    @property
    def iri(self) -> str:
        """The IRI of the result or the comparison."""
        return self.row.figure


@dataclass(frozen=True)
class Finding:
    """One row. ``section`` are the people and the treatment, ``words`` what else they share.

    ``why`` says why there is no pooled number, ``remarks`` what is to be noted of it, ``notes`` are
    numbers of the table's notes, ``certainty_notes`` those of the steps of its certainty, and
    ``extremes`` the least and the largest share of the studies where they are not pooled. A row
    ``is_part`` whose people were chosen by what they had before the treatment. What is not
    ``is_main`` stands behind the table, not in it: a further definition or part of the people, or
    people of one study alone beside others.
    """

    outcome: str
    label: str
    importance: Importance
    section: str
    words: str
    state: str
    is_desirable: bool | None = None
    why: tuple[str, ...] = ()
    absolute: Absolute | None = None
    absolute_why: str = ""
    relative: Relative | None = None
    extremes: tuple[float, float] | None = None
    studies: tuple[Study, ...] = ()
    people: int | None = None
    certainty: Certainty | None = None
    remarks: tuple[str, ...] = ()
    notes: tuple[int, ...] = ()
    certainty_notes: tuple[int, ...] = ()
    figures: tuple[Figure, ...] = ()
    is_part: bool = False
    is_main: bool = True

    @property
    def key(self) -> str:
        """The key of the outcome."""
        return self.outcome.rpartition("/")[2]

    @property
    def randomised(self) -> int:
        """How many of the studies are randomised."""
        return sum(study.is_randomised for study in self.studies)


@dataclass(frozen=True)
class Note:
    """A note below the table: its number, what it says, and where more is told, if anywhere."""

    number: int
    text: str
    more: str = ""
    weight: str = ""


@dataclass(frozen=True)
class LeftOut:
    """A figure of the subject that is in no row, and why."""

    figure: str
    outcome: str
    study: str
    label: str
    reason: str


@dataclass(frozen=True)
class Summary:
    """The table: what it is about, its rows in order, its notes, and the release it is of."""

    subject: Subject
    findings: tuple[Finding, ...]
    notes: tuple[Note, ...]
    left_out: tuple[LeftOut, ...]
    population: str
    release: str
    issued: str = ""

    @property
    def is_comparison(self) -> bool:
        """Tell whether a drug stands against something."""
        return self.subject.against is not None

    @property
    def main(self) -> tuple[Finding, ...]:
        """The rows of the table."""
        return tuple(finding for finding in self.findings if finding.is_main)

    @property
    def others(self) -> tuple[Finding, ...]:
        """The rows behind the table."""
        return tuple(finding for finding in self.findings if not finding.is_main)


def in_sections(findings: Iterable[Finding]) -> tuple[tuple[str, tuple[Finding, ...]], ...]:
    """Rows by their section, in the order of the rows."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.section, []).append(finding)
    return tuple((section, tuple(rows)) for section, rows in found.items())
