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

BY_STUDY = "coverage-by-study"
SEARCHES, TRIALS = "searches", "known-trials"
SUMMED = ("figures", "comparisons", "read_twice", "derived")


@dataclass(frozen=True)
class StudyCovered:
    """How much is in of one study: a row of ``coverage-by-study``."""

    label: str
    row: Row

    @property
    def iri(self) -> str:
        """The study."""
        return text(self.row, "study")


@dataclass(frozen=True)
class Coverage:
    """What the page shows beside its map."""

    studies: Sequence[StudyCovered]
    totals: Mapping[str, int]
    reports: int
    searches: Sequence[Row]
    trials: Sequence[Row]


def read_coverage(reader: Reader) -> Coverage:
    """Ask the questions of coverage."""
    # A study of several conditions has a row for each, and is one study.
    rows = {text(row, "study"): row for row in answer_of(reader, BY_STUDY)}
    return Coverage(
        studies=[
            StudyCovered(label, row)
            for label, row in zip(short_labels(rows.values()), rows.values(), strict=True)
        ],
        totals={name: sum(int(text(row, name)) for row in rows.values()) for name in SUMMED},
        reports=sum(1 for entry in entries(reader) if entry.kind == "report" and entry.key),
        searches=answer_of(reader, SEARCHES),
        trials=answer_of(reader, TRIALS),
    )


def last_search(reader: Reader) -> str:
    """The day of the last search, for ``Reader.once``; empty where none is recorded."""
    return max((text(row, "searched_on") for row in answer_of(reader, SEARCHES)), default="")


def short_labels(rows: Iterable[Row]) -> list[str]:
    """The names of studies: their labels up to a colon, where that tells them apart."""
    labels = [text(row, "study_label") for row in rows]
    short = Counter(label.partition(":")[0] for label in labels)
    return [name if short[name := label.partition(":")[0]] == 1 else label for label in labels]


def answer_of(reader: Reader, name: str) -> list[Row]:
    """The rows of a question as its file stands; none, if there is no such question."""
    question = reader.questions.get(name)
    return reader.select(question.text) if question else []
