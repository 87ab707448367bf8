"""Gather what the page of coverage shows: what is in, what was searched, what is not yet read.

All of it is answers of questions, so that page and data cannot differ; a question that the checkout
does not have leaves its part of the page out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allograph.reading.listing import entries
from allograph.reading.reader import Reader, Row, text

BY_OUTCOME, BY_STUDY = "coverage", "coverage-by-study"
SEARCHES, TRIALS = "searches", "known-trials"
SUMMED = ("figures", "comparisons", "read_twice", "derived")


@dataclass(frozen=True)
class Count:
    """How many figures and comparisons there are."""

    figures: int = 0
    comparisons: int = 0

    def __add__(self, other: Count) -> Count:
        """Count both together."""
        return Count(self.figures + other.figures, self.comparisons + other.comparisons)


@dataclass(frozen=True)
class StudyCovered:
    """What is in of one study: a row of ``coverage-by-study``, and its counts by outcome."""

    label: str
    row: Row
    by_outcome: Mapping[str, Count]

    @property
    def iri(self) -> str:
        """The study."""
        return text(self.row, "study")


@dataclass(frozen=True)
class Coverage:
    """What the page shows; ``outcomes`` are an IRI and a label for each column, in their order."""

    outcomes: Sequence[tuple[str, str]]
    studies: Sequence[StudyCovered]
    totals: Mapping[str, int]
    reports: int
    searches: Sequence[Row]
    trials: Sequence[Row]

    def of_outcome(self, outcome: str) -> Count:
        """What is in of an outcome, of all studies together."""
        return sum((study.by_outcome.get(outcome, Count()) for study in self.studies), Count())


def read_coverage(reader: Reader) -> Coverage:
    """Ask the questions of coverage."""
    outcomes: dict[str, str] = {}
    counts: dict[str, dict[str, Count]] = {}
    for row in answer_of(reader, BY_OUTCOME):
        outcome = text(row, "outcome")
        outcomes[outcome] = text(row, "outcome_label")
        count = Count(int(text(row, "figures")), int(text(row, "comparisons")))
        counts.setdefault(text(row, "study"), {})[outcome] = count
    # A study of several conditions has a row for each, and is one study.
    rows = {text(row, "study"): row for row in answer_of(reader, BY_STUDY)}
    return Coverage(
        outcomes=sorted(outcomes.items(), key=lambda outcome: (outcome[1].casefold(), outcome[0])),
        studies=[
            StudyCovered(label, row, counts.get(iri, {}))
            for label, (iri, row) in zip(short_labels(rows.values()), rows.items(), strict=True)
        ],
        totals={name: sum(int(text(row, name)) for row in rows.values()) for name in SUMMED},
        reports=sum(1 for entry in entries(reader) if entry.kind == "report" and entry.key),
        searches=answer_of(reader, SEARCHES),
        trials=answer_of(reader, TRIALS),
    )


def short_labels(rows: Iterable[Row]) -> list[str]:
    """The names of studies: their labels up to a colon, where that tells them apart."""
    labels = [text(row, "study_label") for row in rows]
    short = Counter(label.partition(":")[0] for label in labels)
    return [name if short[name := label.partition(":")[0]] == 1 else label for label in labels]


def answer_of(reader: Reader, name: str) -> list[Row]:
    """The rows of a question as its file stands; none, if there is no such question."""
    question = reader.questions.get(name)
    return reader.select(question.text) if question else []
