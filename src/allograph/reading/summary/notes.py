"""The notes below a table: each once, numbered as the rows come to it; doubts among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from allograph.evidence import Evidence
from allograph.reading.summary.table import Note


@dataclass(frozen=True)
class Doubted:
    """A doubt about a figure or a group, as the ledger has it: what it is called, and what it says.

    ``more`` is the IRI of which more is told.
    """

    label: str
    detail: str
    weight: str
    rank: int
    more: str


Doubts = Mapping[str, Sequence[Doubted]]
"""The doubts about each thing, by its IRI."""


@dataclass
class NoteBook:
    """Notes as they are taken."""

    _notes: dict[str, Note] = field(default_factory=dict)

    def add(self, text: str, more: str = "", weight: str = "") -> int:
        """The number of a note, which is a new one only the first time."""
        known = self._notes.get(text)
        if known is None:
            known = Note(len(self._notes) + 1, text, more, weight)
            self._notes[text] = known
        return known.number

    def add_doubts(self, doubts: Iterable[Doubted]) -> list[int]:
        """The numbers of doubts, the gravest first."""
        ordered = sorted(doubts, key=lambda doubt: (doubt.rank, doubt.label))
        return [
            self.add(f"{doubt.label}: {doubt.detail}", doubt.more, doubt.weight)
            for doubt in dict.fromkeys(ordered)
        ]

    @property
    def notes(self) -> tuple[Note, ...]:
        """All of them, in order."""
        return tuple(self._notes.values())


def doubts_about(evidence: Evidence, doubts: Doubts, figures: Iterable[str]) -> list[Doubted]:
    """The doubts about figures, about the figures of their sides, and about their groups."""
    found: list[Doubted] = []
    for figure in figures:
        for iri in _behind(evidence, figure):
            found.extend(doubts.get(iri or "", ()))
    return list(dict.fromkeys(found))


def _behind(evidence: Evidence, figure: str) -> Iterable[str | None]:
    yield figure
    if comparison := evidence.comparisons.get(figure):
        yield from (comparison.index, comparison.reference)
        yield from (comparison.group, comparison.comparator)
    elif result := evidence.results.get(figure):
        yield result.group
