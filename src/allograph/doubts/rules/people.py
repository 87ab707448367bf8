"""What made the people of a group, and what they are called: the group and those above it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allograph.doubts.rules.printed_numbers import label_of
from allograph.doubts.rules.words import WITHOUT, tokens
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

    @property
    def had(self) -> frozenset[str]:
        """The words for what the people had."""
        return words_of_keys(self.by) | (self.words - self.not_had)

    @property
    def not_had(self) -> frozenset[str]:
        """The words for what the people did not have."""
        return words_of_keys(self.without) | self.lacked


class People:
    """What made the people of each group; each is looked at once."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._known: dict[str, Made] = {}

    def of(self, group: str) -> Made:
        """What made the people of a group, by those above it, too."""
        if group not in self._known:
            groups = line(self._evidence, group)
            texts = [text for one in groups for text in texts_of(one)[:2]]
            lacked = (WITHOUT.split(text, 1)[1:] for text in texts)
            self._known[group] = Made(
                by=self._broader(iri for one in groups for iri in one.selected_by),
                without=self._broader(iri for one in groups for iri in one.without),
                words=frozenset(word for text in texts for word in tokens(text)),
                lacked=frozenset(word for parts in lacked for word in tokens(" ".join(parts))),
            )
        return self._known[group]

    def _broader(self, outcomes: Iterable[str]) -> frozenset[str]:
        return frozenset(broad for iri in outcomes for broad in self._evidence.broader(iri))


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


def words_of_keys(outcomes: frozenset[str]) -> frozenset[str]:
    """The words of the keys of outcomes: ``complete`` and ``remission``."""
    return frozenset(word for iri in outcomes for word in tokens(key_of(iri)))
