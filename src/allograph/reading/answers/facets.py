"""By what the rows of an answer can be narrowed: study, outcome, population, tier, doubt.

A value is counted among the rows that all other filters leave, so that a count says how many rows
its link leads to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from allograph.reading.answers.rows import AnswerRows
from allograph.reading.answers.wish import (
    DOUBT,
    NO_DOUBT,
    POPULATION,
    Wish,
    in_full,
    is_retelling,
    sifted,
    values_in,
)

MOST_VALUES = 400
"""A longer list is no help; such a column is narrowed by the question's own parameters."""
NOT_STATED = "not stated"
IN_SIGHT = 12
"""Values of a long list that are in sight, those of the most rows; the others are folded away."""


@dataclass(frozen=True)
class Value:
    """One value of a facet, how many rows have it, and how it was asked for, if it was."""

    value: str
    label: str
    rows: int
    given: tuple[str, ...] = ()

    @property
    def is_chosen(self) -> bool:
        """Tell whether rows with it are wanted."""
        return bool(self.given)


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

    @property
    def in_sight(self) -> list[Value]:
        """All values of a short list; of a long one those that are chosen, or have many rows."""
        if len(self.values) <= IN_SIGHT:
            return list(self.values)
        by_rows = sorted(self.values, key=lambda value: (not value.is_chosen, -value.rows))
        foremost = by_rows[:IN_SIGHT]
        return [value for value in self.values if value in foremost]

    @property
    def folded(self) -> list[Value]:
        """The other values."""
        foremost = self.in_sight
        return [value for value in self.values if value not in foremost]


FACETS = (
    ("study", "Study", ("study_label",)),
    ("outcome", "Outcome", ("outcome_label",)),
    (POPULATION, "Population", ("study", "study_label")),
    ("regimen_label", "Treatment", ("regimen_label",)),
    ("tier", "Tier", ("tier",)),
    ("report_tier", "Tier", ("report_tier",)),
)


def facets_of(answer: AnswerRows, wish: Wish) -> list[Facet]:
    """The facets that help: those of which the rows have at least two values."""
    names = answer.names
    found = [
        _facet(answer, wish, name, label)
        for name, label, leads in FACETS
        if any(lead in names for lead in leads)
        and (name != POPULATION or any(row.study for row in answer.rows))
    ]
    if "flags" in names or "findings" in names:
        found.append(_facet(answer, wish, DOUBT, "Doubt"))
    return [facet for facet in found if facet.is_chosen or 2 <= len(facet.values) <= MOST_VALUES]


def _facet(answer: AnswerRows, wish: Wish, name: str, label: str) -> Facet:
    rows = sifted(answer, wish, leaving=name)
    counted = Counter(value for row in rows for value in values_in(row, name, answer.names))
    given: dict[str, list[str]] = {}
    for spelt in wish.filters.get(name, ()):
        given.setdefault(in_full(answer, name, spelt), []).append(spelt)
    folded = {value.casefold(): value for value in counted}
    chosen = {folded.get(value.casefold(), value): tuple(each) for value, each in given.items()}
    labels = {**answer.weights, NO_DOUBT: "no doubt"} if name == DOUBT else {}
    order = list(labels)

    def place(value: str) -> tuple[int, str]:
        return order.index(value) if value in order else len(order), value.casefold()

    return Facet(
        name,
        label,
        [
            Value(
                value,
                labels.get(value) or value or NOT_STATED,
                counted[value],
                chosen.get(value, ()),
            )
            for value in sorted({*counted, *chosen}, key=place)
        ],
    )


def retellings_in(answer: AnswerRows, wish: Wish) -> int:
    """How many of the rows that the filters leave are printed by a report that retells others."""
    everything = replace(wish, with_retellings=True)
    return sum(is_retelling(row) for row in sifted(answer, everything))
