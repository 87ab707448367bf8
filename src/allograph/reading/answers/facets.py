"""By what the rows of an answer can be narrowed: study, outcome, population, tier, doubt.

A value is counted among the rows that all other filters leave, so that a count says how many rows
its link leads to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from allograph.reading.answers.rows import AnswerRows
from allograph.reading.answers.wish import DOUBT, NOTHING, Wish, sifted, values_in

MOST_VALUES = 60
"""A list of more is no help; what is longer is narrowed by the question's own parameters."""


@dataclass(frozen=True)
class Value:
    """One value of a facet, and how many rows have it."""

    value: str
    label: str
    rows: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A column by whose values rows are narrowed."""

    name: str
    label: str
    values: Sequence[Value]

    @property
    def is_chosen(self) -> bool:
        """Tell whether rows are narrowed by it."""
        return any(value.is_chosen for value in self.values)


FACETS = (
    ("study", "Study", ("study_label",)),
    ("outcome", "Outcome", ("outcome_label",)),
    ("condition_label", "Population", ("condition_label",)),
    ("regimen_label", "Treatment", ("regimen_label",)),
    ("tier", "Tier", ("tier",)),
    ("report_tier", "Tier", ("report_tier",)),
)
WEIGHTS = {
    "decisive": "could change a decision",
    "weakens": "weakens",
    "bookkeeping": "bookkeeping",
    "none": "no doubt",
}


def facets_of(answer: AnswerRows, wish: Wish) -> list[Facet]:
    """The facets that help: those of which the rows have at least two values."""
    names = answer.names
    found = [
        _facet(answer, wish, name, label)
        for name, label, leads in FACETS
        if any(lead in names for lead in leads)
    ]
    if "flags" in names or "findings" in names:
        found.append(_facet(answer, wish, DOUBT, "Doubt"))
    return [facet for facet in found if facet.is_chosen or 2 <= len(facet.values) <= MOST_VALUES]


def _facet(answer: AnswerRows, wish: Wish, name: str, label: str) -> Facet:
    rows = sifted(answer, wish, leaving=name)
    counted = Counter(value for row in rows for value in values_in(row, name, answer.names))
    chosen = {value.casefold() for value in wish.filters.get(name, ())}
    order = list(WEIGHTS).index if name == DOUBT else str.casefold
    return Facet(
        name,
        label,
        [
            Value(
                value,
                WEIGHTS[value] if name == DOUBT else value or "not stated",
                counted[value],
                value.casefold() in chosen,
            )
            for value in sorted(counted, key=order)
            if value != NOTHING or name != DOUBT
        ],
    )
