"""Gather what the page of coverage shows: what is in, what was searched, what is not yet read.

All of it is answers of questions, so that page and data cannot differ; a question that the checkout
does not have leaves its part of the page out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.reading.listing import entries
from allograph.reading.reader import Reader, Row, text

BY_OUTCOME, BY_STUDY = "coverage", "coverage-by-study"
SEARCHES, TRIALS = "searches", "known-trials"
SUMMED = ("figures", "comparisons", "read_twice", "derived")


@dataclass(frozen=True)
class StudyCovered:
    """What is in of one study: a row of ``coverage-by-study``, and its figures by outcome."""

    row: Row
    figures: Mapping[str, int]

    @property
    def iri(self) -> str:
        """The study."""
        return text(self.row, "study")

    @property
    def label(self) -> str:
        """The name of the study, without what its label adds behind a colon."""
        return text(self.row, "study_label").partition(":")[0]


@dataclass(frozen=True)
class Coverage:
    """What the page shows; ``outcomes`` are an IRI and a label for each column, in their order."""

    outcomes: Sequence[tuple[str, str]]
    studies: Sequence[StudyCovered]
    totals: Mapping[str, int]
    reports: int
    searches: Sequence[Row]
    trials: Sequence[Row]

    def of_outcome(self, outcome: str) -> int:
        """The figures of an outcome, of all studies together."""
        return sum(study.figures.get(outcome, 0) for study in self.studies)


def read_coverage(reader: Reader) -> Coverage:
    """Ask the questions of coverage."""
    outcomes: dict[str, str] = {}
    figures: dict[str, dict[str, int]] = {}
    for row in answer_of(reader, BY_OUTCOME):
        outcome = text(row, "outcome")
        outcomes[outcome] = text(row, "outcome_label")
        figures.setdefault(text(row, "study"), {})[outcome] = int(text(row, "figures"))
    # A study of several conditions has a row for each, and is one study.
    rows = {text(row, "study"): row for row in answer_of(reader, BY_STUDY)}
    return Coverage(
        outcomes=sorted(outcomes.items(), key=lambda outcome: (outcome[1].casefold(), outcome[0])),
        studies=[StudyCovered(row, figures.get(iri, {})) for iri, row in rows.items()],
        totals={name: sum(int(text(row, name)) for row in rows.values()) for name in SUMMED},
        reports=sum(1 for entry in entries(reader) if entry.kind == "report" and entry.key),
        searches=answer_of(reader, SEARCHES),
        trials=answer_of(reader, TRIALS),
    )


def answer_of(reader: Reader, name: str) -> list[Row]:
    """The rows of a question as its file stands; none, if there is no such question."""
    question = reader.questions.get(name)
    return reader.select(question.text) if question else []
