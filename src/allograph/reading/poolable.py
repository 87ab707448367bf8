"""What can be pooled: the outcomes by topic, each with what comes out, and the rows of a table.

Asking every outcome takes a moment, so the list is made once for a release.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from allograph.evidence import Evidence
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.guards import TOO_FEW
from allograph.evidence.pooling.median import MEDIAN_TIME
from allograph.evidence.pooling.pool import pool
from allograph.evidence.pooling.share import POOLABLE
from allograph.namespaces import key_of
from allograph.reading.answers.known import read_known
from allograph.reading.answers.table import Table
from allograph.reading.outcomes import read_outcomes
from allograph.reading.pooled.said import Said, said_of
from allograph.reading.reader import Reader

STATISTICS = frozenset((*POOLABLE, MEDIAN_TIME))
"""Those of results that can be pooled."""
UNLIKE = "no two studies have figures alike in treatment, people, definition and time."
NO_PEOPLE = "no figure counts people, or prints an interval."
LEAST_STUDIES = 2
"""Studies with a figure on an outcome, from which on there is something to pool."""


@dataclass(frozen=True)
class Poolable:
    """An outcome: how many studies report it, how many pools there are, and what the first says."""

    iri: str
    label: str
    topic: str
    studies: int
    pooled: int
    refused: int
    said: Said | None
    why: str

    @property
    def key(self) -> str:
        """The last word of its address."""
        return key_of(self.iri)


@dataclass(frozen=True)
class Topic:
    """The outcomes of a topic."""

    label: str
    outcomes: tuple[Poolable, ...]


def read_poolable(reader: Reader) -> tuple[Topic, ...]:
    """The outcomes that at least two studies report, by topic, for ``Reader.once``."""
    evidence, placed = reader.once(read_known), reader.once(read_outcomes)
    studies: dict[str, set[str]] = {}
    for figure in (*evidence.results.values(), *evidence.comparisons.values()):
        if figure.outcome and figure.study:
            studies.setdefault(figure.outcome, set()).add(figure.study)
    found = [
        _poolable(evidence, iri, placed.by_iri[iri].topic if iri in placed.by_iri else "", len(of))
        for iri, of in studies.items()
        if len(of) >= LEAST_STUDIES
    ]
    found = [one for one in found if one.pooled or one.refused]
    ordered = sorted(
        found, key=lambda one: (placed.place(one.iri)[0], one.topic, not one.pooled, -one.studies)
    )
    return tuple(
        Topic(label or "Other outcomes", tuple(of_topic))
        for label, of_topic in groupby(ordered, key=lambda one: one.topic)
    )


def _poolable(evidence: Evidence, iri: str, topic: str, studies: int) -> Poolable:
    answer = pool(evidence, Wish(iri))
    pooled = answer.pooled
    refused = [each for each in answer.pools if each.refusals]
    reasons = list(dict.fromkeys(text for each in refused for text in each.refusals))
    others = [text for text in reasons if text != TOO_FEW]
    why = others[0] if others else UNLIKE if reasons else NO_PEOPLE
    return Poolable(
        iri,
        answer.outcome_label,
        topic,
        studies,
        len(pooled),
        len(refused),
        said_of(answer, pooled[0]) if pooled else None,
        "" if pooled else why,
    )


def tickable(reader: Reader, table: Table) -> Mapping[str, str]:
    """The rows of a page whose figures can be ticked to be pooled: what they are called, by IRI.

    These are comparisons, and results by a statistic that is pooled; one row alone is none.
    """
    evidence = reader.once(read_known)
    about = [line.about for line in table.lines if line.about]
    results = (evidence.results[iri] for iri in about if iri in evidence.results)
    compared = (evidence.comparisons[iri] for iri in about if iri in evidence.comparisons)
    found = [one for one in results if one.statistic in STATISTICS and one.outcome]
    ticks = {
        one.iri: f"{evidence.study_label(one.study)}: {one.label}"
        for one in (*found, *compared)
        if one.outcome
    }
    return ticks if len(ticks) > 1 else {}
