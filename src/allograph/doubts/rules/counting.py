"""How and up to when a figure was counted: its definition, who judged it, its data cut-off.

Figures that count other states, or up to another day, differ without a contradiction. What one of
two figures does not state may be what the other states, but for a definition: who prints "CR" and
does not say which leaves open whether it is the CR of the others.
"""

from __future__ import annotations

from allograph.evidence import Evidence
from allograph.evidence.records import Figure


def same_cutoff(one: Figure, other: Figure) -> bool:
    """Whether two cut-offs may be one day: "2020" is printed for 31 March 2020, too."""
    if one.cutoff is None or other.cutoff is None:
        return True
    return one.cutoff.startswith(other.cutoff) or other.cutoff.startswith(one.cutoff)


def may_be_one(one: Figure, other: Figure) -> bool:
    """Whether nothing that two figures state of how they were counted tells them apart."""
    pairs = ((one.definition, other.definition), (one.assessor, other.assessor))
    return same_cutoff(one, other) and all(
        first is None or second is None or first == second for first, second in pairs
    )


def same_counting(evidence: Evidence, one: Figure, other: Figure) -> bool:
    """Whether two figures count alike: stated alike, or a retelling of what is stated."""
    if not may_be_one(one, other):
        return False
    first, second = words_of(evidence, one), words_of(evidence, other)
    if first and second and first != second:
        return False
    is_stated_alike = (one.definition, one.assessor) == (other.definition, other.assessor)
    is_retold = _retells(evidence, one, other) or _retells(evidence, other, one)
    return (is_stated_alike and first == second) or is_retold


def words_of(evidence: Evidence, figure: Figure) -> frozenset[str]:
    """What ``ag:definition`` says in words of how a figure was counted."""
    return frozenset(evidence.nodes.of(figure.iri).texts("definition"))


def _retells(evidence: Evidence, one: Figure, other: Figure) -> bool:
    report = evidence.reports.get(one.report or "")
    return report is not None and other.report in report.based_on
