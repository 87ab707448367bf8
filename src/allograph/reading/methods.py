"""Gather what the pages about the release say in numbers: all of it from its own questions.

So nothing on them is told twice: whoever adds a study, a reading or a search changes them, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.reading.coverage import BY_STUDY, SEARCHES, TRIALS, answer_of
from allograph.reading.glance import overview
from allograph.reading.listing import entries
from allograph.reading.reader import Reader, Row, text

CURATORS = f"{BASE}organization/allograph"


@dataclass(frozen=True)
class Methods:
    """How the release was made, in numbers.

    ``figures`` and ``read_twice`` count figures and comparisons together; ``derived`` follow from
    printed ones by arithmetic, and nobody reads them. ``kinds`` counts records and concepts.
    """

    studies: int
    figures: int
    read_twice: int
    derived: int
    searches: Sequence[Row]
    trials: int
    doubts: int
    kinds: Mapping[str, int]
    curators: str

    @property
    def share_read_twice(self) -> float:
        """Percent of what can be read twice that was."""
        printed = self.figures - self.derived
        return 100 * self.read_twice / printed if printed else 0


def read_methods(reader: Reader) -> Methods:
    """Ask the release for them."""
    # A study of several conditions has a row for each, and is one study.
    rows = {text(row, "study"): row for row in answer_of(reader, BY_STUDY)}.values()
    held = entries(reader)
    return Methods(
        studies=len(rows),
        figures=_sum(rows, "figures") + _sum(rows, "comparisons"),
        read_twice=_sum(rows, "read_twice"),
        derived=_sum(rows, "derived"),
        searches=answer_of(reader, SEARCHES),
        trials=len(answer_of(reader, TRIALS)),
        doubts=overview(reader).doubts,
        kinds=Counter(entry.kind for entry in held if entry.key),
        curators=next((entry.label for entry in held if entry.iri == CURATORS), ""),
    )


def _sum(rows: Iterable[Row], name: str) -> int:
    return sum(int(text(row, name)) for row in rows)
