"""Whom a pool is about: whether that is the subject, who the people are, and how many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import COMPARISON, Pool, Row
from allograph.evidence.records import Comparison
from allograph.rdf.vocabularies import AG
from allograph.reading.summary.subject import Subject
from allograph.reading.summary.table import Study

RANDOMISED = "randomised-trial"
NOT_SAID = "people not described"


@dataclass(frozen=True)
class Kind:
    """The section in which a row stands, and what its figures share besides."""

    section: str
    words: str


def is_of(evidence: Evidence, subject: Subject, found: Pool) -> bool:
    """Tell whether all figures of a pool are of a subject.

    Of a comparison they set people who were given the drug against people who were given the
    comparator and not the drug; of a drug alone they compare nobody.
    """
    if subject.against is None:
        return found.kind != COMPARISON
    compared = [evidence.comparisons.get(row.figure) for row in found.rows]
    return found.kind == COMPARISON and all(
        one is not None and _is_against(evidence, subject, one) for one in compared
    )


def _is_against(evidence: Evidence, subject: Subject, comparison: Comparison) -> bool:
    group = evidence.groups.get(comparison.group or "")
    other = evidence.groups.get(comparison.comparator or "")
    if group is None or other is None or subject.against is None:
        return False
    is_given = bool(group.regimens & subject.drug.regimens)
    is_spared = not other.regimens & subject.drug.regimens
    return is_given and is_spared and bool(other.regimens & subject.against.regimens)


def kind_of_pool(evidence: Evidence, subject: Subject, found: Pool) -> Kind:
    """The section of a pool and its other words.

    The words of a pool begin with the treatment and the setting. Of a comparison the setting alone
    makes a section: what was given stands above the table.
    """
    if subject.against is not None:
        return Kind(_setting(evidence, found.rows), found.words)
    treatment, _, rest = found.words.partition("; ")
    setting, _, words = rest.partition("; ")
    return Kind(f"{treatment}; {setting}", words)


def _setting(evidence: Evidence, rows: Iterable[Row]) -> str:
    """The settings of the conditions of studies, in words."""
    labels: dict[str, None] = {}
    for row in rows:
        study = evidence.studies.get(row.study)
        for condition in study.conditions if study else ():
            for above in (condition, *evidence.broader(condition)):
                for setting in evidence.nodes.of(above).iris(AG.setting):
                    labels[evidence.nodes.of(setting).label] = None
    return ", ".join(sorted(labels)) or NOT_SAID


def studies_of(evidence: Evidence, found: Pool) -> tuple[Study, ...]:
    """The studies of a pool, each once; chance assigns people only where they are compared."""
    studies: dict[str, Study] = {}
    for row in found.rows:
        study = evidence.studies.get(row.study)
        is_randomised = bool(study and study.design == RANDOMISED and found.kind == COMPARISON)
        studies.setdefault(row.study, Study(row.study, row.label, is_randomised))
    return tuple(studies.values())


def people_of(evidence: Evidence, found: Pool) -> int | None:
    """The people behind a pool, of both sides where two are compared; ``None`` if not all known."""
    counted = [_people(evidence, found.kind, row) for row in found.rows]
    known = [number for number in counted if number is not None]
    return sum(known) if known and len(known) == len(counted) else None


def _people(evidence: Evidence, kind: str, row: Row) -> int | None:
    if kind != COMPARISON:
        result = evidence.results.get(row.figure)
        return row.people or evidence.size(result.group if result else None)
    comparison = evidence.comparisons.get(row.figure)
    group = comparison.group if comparison else None
    other = comparison.comparator if comparison else None
    sides = (
        row.people or evidence.size(group),
        row.comparator_people or evidence.size(other),
    )
    return sides[0] + sides[1] if sides[0] and sides[1] else None
