"""What studies print of a comparison that cannot be pooled: both shares, or the estimate alone.

A table that left it out would show less than a reader finds in the abstract; it stands there as
printed, without an interval of ours, and with the reason why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Refused, Row
from allograph.evidence.records import Comparison, Figure, Result
from allograph.evidence.units import IN_WORDS
from allograph.rdf.vocabularies import DEFINITION
from allograph.reading.summary.people import chosen_of, is_part


@dataclass(frozen=True)
class AsPrinted:
    """A comparison as printed: its row, what it says, what was counted, why it is not pooled."""

    row: Row
    said: str
    definition: str
    reason: str


def nearest_as_printed(evidence: Evidence, refused: Iterable[Refused]) -> Iterator[AsPrinted]:
    """Of each study what its nearest report prints of all its people, each definition once."""
    known = [
        (one, evidence.comparisons[one.row.figure])
        for one in refused
        if one.row.figure in evidence.comparisons and not is_part(evidence, [one.row.figure])
    ]
    best: dict[str, int] = {}
    for one, comparison in known:
        distance = evidence.distance(comparison)
        best[one.row.study] = min(distance, best.get(one.row.study, distance))
    told: set[tuple[str, str | None, frozenset[str]]] = set()
    for one, comparison in known:
        said = _said(evidence, comparison)
        place = one.row.study, comparison.definition, chosen_of(evidence, one.row.figure)
        is_nearest = evidence.distance(comparison) == best[one.row.study]
        if said and is_nearest and place not in told and not _is_subset(evidence, comparison):
            told.add(place)
            yield AsPrinted(one.row, said, _definition(evidence, comparison), one.reason)


def _is_subset(evidence: Evidence, comparison: Comparison) -> bool:
    """Whether its people are a part of those who were treated alike, chosen by no outcome."""
    group = evidence.groups.get(comparison.group or "")
    is_chosen = group is not None and (group.selected_by or group.without)
    return group is not None and group.grouping == "subgroup" and not is_chosen


def _said(evidence: Evidence, comparison: Comparison) -> str:
    sides = [evidence.results.get(iri or "") for iri in (comparison.index, comparison.reference)]
    values = [_value(side) for side in sides if side is not None]
    if len(values) == 2 and all(values):
        return f"{values[0]} against {values[1]} are printed"
    if comparison.value is not None and comparison.statistic:
        measure = comparison.statistic.replace("-", " ")
        return f"a {measure} of {_value(comparison)} is printed, without an interval"
    return ""


def _value(figure: Result | Figure) -> str:
    if figure.value is None:
        return ""
    unit = figure.unit or ""
    return f"{figure.value}%" if unit == "%" else f"{figure.value} {IN_WORDS.get(unit, '')}".strip()


def _definition(evidence: Evidence, comparison: Comparison) -> str:
    """Of whom it is, and what was counted, in words."""
    chosen = [evidence.nodes.of(iri).label for iri in sorted(chosen_of(evidence, comparison.iri))]
    whose = f"of those with {' and '.join(chosen)}" if chosen else ""
    key = comparison.definition
    defined = evidence.nodes.of(DEFINITION[key]).label or key if key else ""
    return "; ".join(filter(None, (whose, defined)))
