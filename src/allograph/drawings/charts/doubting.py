"""The doubts that a mark shows: a letter for each kind, the gravest first.

A doubted mark is hollow and dashed, in a colour of its own; the letters at its right say why. What
is only bookkeeping has no letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allograph.questions.plot import PlotHeader, Row


@dataclass(frozen=True)
class Letter:
    """A kind of doubt: its letter, its words in the legend, the flags and rules that raise it."""

    letter: str
    words: str
    keys: frozenset[str]


NO_PEOPLE = "N"
AGAINST = "O"
RETELLING = "R"

LETTERS = (
    Letter(
        "I",
        "impossible: no whole number of these people gives it, or its parts do not fit",
        frozenset(
            {"impossible-share", "printed-so", "implausible", "granularity", "parts-do-not-add-up"}
        ),
    ),
    Letter("W", "withdrawn, or under concern", frozenset({"retracted", "expression-of-concern"})),
    Letter(
        "E",
        "compared with people from outside the study",
        frozenset({"comparator-outside-population"}),
    ),
    Letter(
        AGAINST,
        "its own report says otherwise beside it: direction, interval or P value",
        frozenset(
            {
                "direction-against-figures",
                "figures-disagree",
                "significance-disagrees",
                "interval-does-not-fit",
            }
        ),
    ),
    Letter(
        "D", "another report gives another figure", frozenset({"reports-differ", "discrepancy"})
    ),
    Letter(
        "A",
        "it is ambiguous which people it is about",
        frozenset({"denominator-ambiguous", "population-ambiguous", "antecedent-ambiguous"}),
    ),
    Letter(
        "S",
        "of people who had lived, or responded, long enough to be chosen",
        frozenset({"selection-bias"}),
    ),
    Letter("T", "times that differ stand side by side", frozenset({"time-points-differ"})),
    Letter("C", "claimed without an estimate", frozenset({"claim-without-estimate"})),
    Letter(
        "B",
        "the conclusion goes beyond its figures",
        frozenset({"claim-broader-than-data", "claim-beyond-figures"}),
    ),
    Letter(
        "P",
        "P value and interval are read at levels that differ",
        frozenset({"boundary-unusual", "level-and-p-value"}),
    ),
    Letter("V", "versions of one text differ", frozenset({"wording-differs"})),
    Letter(
        RETELLING,
        "known from a retelling only, not from the report itself",
        frozenset({"secondary-source", "retelling"}),
    ),
    Letter(
        NO_PEOPLE,
        "a share of a number of people that is not stated",
        frozenset({"denominator-not-stated", "figure-without-denominator"}),
    ),
)
"""In the order in which they stand beside a mark."""


def letters_of(row: Row, header: PlotHeader, *others: str) -> str:
    """The letters of a row's flags and findings, and others that its reader found."""
    said = {
        key for shown in ("flags", "findings") for key in header.value(row, shown).split("|") if key
    }
    return letters_among(said, *others)


def letters_among(said: Iterable[str], *others: str) -> str:
    """The letters of flags and rules, by their keys, and others, the gravest first."""
    keys = set(said)
    return "".join(
        kind.letter for kind in LETTERS if not kind.keys.isdisjoint(keys) or kind.letter in others
    )


def common(letters: str, others: str) -> str:
    """The doubts about one figure of two reports.

    A retelling is none where another prints it, nor missing people where another states them.
    """
    both = set(letters) | set(others)
    for known in (RETELLING, NO_PEOPLE):
        if known not in letters or known not in others:
            both.discard(known)
    return "".join(kind.letter for kind in LETTERS if kind.letter in both)
