"""Indirectness, as the people of the studies and the reports suggest it.

Evidence is indirect if people, treatment, comparator or outcome are not those of the question (G.
H. Guyatt et al., GRADE guidelines 8, J. Clin. Epidemiol. 64 (2011) 1303-1310). What a pool tells of
that: whether its people are of one setting, whether treatments were compared that no trial gave
side by side, and whether somebody else tells the figures. Whether the outcome is the one that
matters to patients is for a person to say.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.evidence.judgements.certainty import INDIRECTNESS, Step
from allograph.evidence.model import Evidence
from allograph.evidence.pooling.answers import COMPARISON, Pool
from allograph.evidence.pooling.traits import settings_of

ACROSS_TRIALS = frozenset({"indirect-comparison", "network-meta-analysis"})
MOST = -2


def indirectness(pool: Pool, evidence: Evidence) -> Step:
    """A level down for each way in which the answer is not direct, two at most."""
    found = list(_ways(pool, evidence))
    by = max(-len(found), MOST)
    if found:
        return Step(INDIRECTNESS, by, " ".join(found))
    return Step(INDIRECTNESS, 0, "People of one setting, in reports of those who did the studies.")


def _ways(pool: Pool, evidence: Evidence) -> Iterator[str]:
    by_setting = {settings_of(evidence, row.study) for row in pool.rows}
    if len(by_setting) > 1:
        labels = {evidence.nodes.of(iri).label for found in by_setting for iri in found}
        yield f"People of unlike settings: {', '.join(sorted(labels))}."
    if pool.kind == COMPARISON:
        across = [row.label for row in pool.rows if _design(evidence, row.study) in ACROSS_TRIALS]
        if across:
            yield f"Compared across trials: {_listed(across)}."
    told = [
        row.label
        for row in pool.rows
        if (figure := evidence.figure(row.figure)) and evidence.is_told_again(figure)
    ]
    if told:
        yield f"Told at second hand: {_listed(told)}."


def short(label: str) -> str:
    """The name of a study without what it did: ``INO-VATE``."""
    return label.partition(":")[0]


def _design(evidence: Evidence, study: str) -> str | None:
    known = evidence.studies.get(study)
    return known.design if known else None


def _listed(labels: list[str]) -> str:
    return ", ".join(dict.fromkeys(map(short, labels)))
