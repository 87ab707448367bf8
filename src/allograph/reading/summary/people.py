"""Whom a pool is about: whether that is the subject, who the people are, and how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import COMPARISON, Pool, Row
from allograph.evidence.pooling.traits import BASELINE, are_randomised, settings_of
from allograph.evidence.records import Comparison, Group
from allograph.reading.summary.subject import Subject
from allograph.reading.summary.table import Study

NOT_SAID = "setting not stated"
BY_CHANCE = "randomised"
"""What the words of a pool say of groups that chance alone made."""
BETWEEN = "; "
"""What stands between the parts of the words of a pool."""


@dataclass(frozen=True)
class Kind:
    """The section in which a row stands, and what its figures share besides."""

    section: str
    words: str


def is_of(evidence: Evidence, subject: Subject, kind: str, figures: Iterable[str]) -> bool:
    """Tell whether figures are of a subject.

    Of a comparison they set people who were given the drug against people who were given the
    comparator and not the drug; of a drug alone they compare nobody.
    """
    if subject.against is None:
        return kind != COMPARISON
    compared = [evidence.comparisons.get(figure) for figure in figures]
    return kind == COMPARISON and all(
        one is not None and _is_against(evidence, subject, one) for one in compared
    )


def _is_against(evidence: Evidence, subject: Subject, comparison: Comparison) -> bool:
    group, other = sides_of(evidence, comparison)
    if group is None or other is None or subject.against is None:
        return False
    is_given = bool(group.regimens & subject.drug.regimens)
    is_spared = not other.regimens & subject.drug.regimens
    return is_given and is_spared and bool(other.regimens & subject.against.regimens)


def sides_of(evidence: Evidence, comparison: Comparison) -> tuple[Group | None, Group | None]:
    """The group and the comparator of a comparison."""
    return (
        evidence.groups.get(comparison.group or ""),
        evidence.groups.get(comparison.comparator or ""),
    )


def kind_of_pool(evidence: Evidence, subject: Subject, found: Pool) -> Kind:
    """The section of a pool, and its other words.

    The words of a pool begin with the treatment and the setting. Of a comparison the setting alone
    makes a section, since what was given stands above the table; where that is of several regimens,
    the row says which.
    """
    setting = setting_of(evidence, (row.study for row in found.rows))
    if subject.against is None:
        treatment, _, rest = found.words.partition(BETWEEN)
        return Kind(f"{treatment}{BETWEEN}{setting}", rest.removeprefix(setting).lstrip(BETWEEN))
    given, reference = found.index or "", found.reference or ""
    sides = f"{given} against {reference}"
    dropped = {found.statistic.replace("-", " "), setting, sides, given, f"against {reference}"}
    words = [part for part in found.words.split(BETWEEN) if part not in dropped]
    if len(subject.against.regimens) > 1:
        is_alone = given == f"{subject.drug.label} alone"
        words.insert(0, f"against {reference}" if is_alone else sides)
    return Kind(setting, BETWEEN.join(words))


def setting_of(evidence: Evidence, studies: Iterable[str]) -> str:
    """The settings of the conditions of studies, in words."""
    found = dict.fromkeys(iri for study in studies for iri in settings_of(evidence, study))
    return ", ".join(evidence.nodes.of(iri).label for iri in sorted(found)) or NOT_SAID


def is_part(evidence: Evidence, figures: Iterable[str]) -> bool:
    """Tell whether figures are of people whom something chose that they had before the treatment.

    Those in remission, or with a transplant, are no such part: they became so.
    """
    return any(
        BASELINE in evidence.broader(chosen)
        for figure in figures
        for chosen in chosen_of(evidence, figure)
    )


def chosen_of(evidence: Evidence, figure: str) -> frozenset[str]:
    """The outcomes by which the people of a figure were chosen, on either side."""
    return frozenset(
        chosen
        for group in _groups(evidence, figure)
        for one in (group, *evidence.ancestors(group.iri))
        for chosen in (*one.selected_by, *one.without)
    )


def _groups(evidence: Evidence, figure: str) -> Iterator[Group]:
    if comparison := evidence.comparisons.get(figure):
        yield from (group for group in sides_of(evidence, comparison) if group is not None)
    elif result := evidence.results.get(figure):
        group = evidence.groups.get(result.group or "")
        yield from [group] if group else []


def is_by_chance(found: Pool) -> bool:
    """Tell whether chance alone made the groups that a pool compares: its words say it.

    A figure may have been brought to all people of its arms, whom chance made, from a part of them.
    """
    return BY_CHANCE in found.words.split(BETWEEN)


def is_printed_by_chance(evidence: Evidence, figure: str) -> bool:
    """Tell whether chance alone made the groups that a comparison sets side by side."""
    comparison = evidence.comparisons.get(figure)
    groups = list(_groups(evidence, figure))
    return comparison is not None and are_randomised(evidence, comparison, groups)


def studies_of(rows: Sequence[Row], *, is_randomised: bool) -> tuple[Study, ...]:
    """The studies of rows, each once."""
    labels = {row.study: row.label for row in rows}
    return tuple(Study(iri, label, is_randomised) for iri, label in labels.items())


def people_of(evidence: Evidence, rows: Sequence[Row]) -> int | None:
    """The people behind rows, of both sides where two are compared; ``None`` if not all known."""
    counted = [_people(evidence, row) for row in rows]
    known = [number for number in counted if number is not None]
    return sum(known) if known and len(known) == len(counted) else None


def _people(evidence: Evidence, row: Row) -> int | None:
    sizes = [group.size for group in _groups(evidence, row.figure)]
    if row.figure not in evidence.comparisons:
        return row.people or next(iter(sizes), None)
    given = (row.people, row.comparator_people)
    sides = [one or size for one, size in zip(given, sizes, strict=False)]
    return sum(side for side in sides if side) if len(sides) == 2 and all(sides) else None
