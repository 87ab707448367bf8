"""What made the people of a group, and what they are called: the group and those above it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.words import KEPT, WITHOUT, tokens
from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Figure, Group, Printed
from allograph.namespaces import key_of


@dataclass(frozen=True)
class Made:
    """The outcomes by which, and without which, people were drawn, with broader ones; and words.

    ``words`` are those of labels and keys, ``lacked`` those of labels that say ``without``.
    """

    by: frozenset[str]
    without: frozenset[str]
    words: frozenset[str]
    lacked: frozenset[str]

    @cached_property
    def had(self) -> frozenset[str]:
        """The words for what the people had."""
        return words_of_keys(self.by) | (self.words - self.not_had)

    @cached_property
    def not_had(self) -> frozenset[str]:
        """The words for what the people did not have."""
        return words_of_keys(self.without) | self.lacked


NOBODY = Made(frozenset(), frozenset(), frozenset(), frozenset())


class People:
    """What made the people of each group; each is looked at once, after those above it."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._known: dict[str, Made] = {}
        self._above: dict[frozenset[str], frozenset[str]] = {}

    def of(self, group: str) -> Made:
        """What made the people of a group, by those above it, too."""
        known = self._known.get(group)
        if known is None:
            self._known[group] = NOBODY  # a circle of parents ends here
            known = self._known[group] = self._made(self._evidence.groups.get(group))
        return known

    def _made(self, group: Group | None) -> Made:
        if group is None:
            return NOBODY
        key, label, _printed = texts_of(group)
        above = tuple(self.of(parent) for parent in group.parents)
        return _joined(
            key, label, self._broader(group.selected_by), self._broader(group.without), above
        )

    def _broader(self, outcomes: frozenset[str]) -> frozenset[str]:
        if outcomes not in self._above:
            above = (broad for iri in outcomes for broad in self._evidence.broader(iri))
            self._above[outcomes] = frozenset(above)
        return self._above[outcomes]


@lru_cache(KEPT)
def _joined(
    key: str,
    label: str,
    by: frozenset[str],
    without: frozenset[str],
    above: tuple[Made, ...],
) -> Made:
    """What made a group of these names, drawn from such people; alike groups share one."""
    lacked = (word for text in (key, label) for word in _lacked(text))
    return Made(
        by=by.union(*(made.by for made in above)),
        without=without.union(*(made.without for made in above)),
        words=frozenset((*tokens(key), *tokens(label))).union(*(made.words for made in above)),
        lacked=frozenset(lacked).union(*(made.lacked for made in above)),
    )


def _lacked(text: str) -> tuple[str, ...]:
    """The words behind ``without``."""
    return tokens(" ".join(WITHOUT.split(text, 1)[1:]))


def line(evidence: Evidence, group: str | None) -> list[Group]:
    """A group and those from which it was drawn."""
    own = evidence.groups.get(group or "")
    return [] if own is None else [own, *evidence.ancestors(own.iri)]


def texts_of(printed: Printed) -> tuple[str, str, str]:
    """What a node is called, the most deliberate name first."""
    return printed.iri.partition("#")[2], label_of(printed), printed.reported_as


def sides_of(figure: Figure) -> list[str]:
    """The groups of a figure: one, or the two that a comparison compares."""
    comparator = figure.comparator if isinstance(figure, Comparison) else None
    return [side for side in (figure.group, comparator) if side is not None]


@lru_cache(KEPT)
def words_of_keys(outcomes: frozenset[str]) -> frozenset[str]:
    """The words of the keys of outcomes: ``complete`` and ``remission``."""
    return frozenset(word for iri in outcomes for word in tokens(key_of(iri)))
