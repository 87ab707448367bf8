"""Figures that nobody has read a second time, and readings that differ from what was entered."""

from __future__ import annotations

from collections.abc import Iterator

from allograph.curated.readings.agreement import figures_in
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.model import grouped
from allograph.namespaces import key_of

MOST_NAMED = 8
"""Figures that a message names; the ledger involves them all."""


def readings_that_differ(evidence: Evidence) -> Iterator[Doubt]:
    """A figure of which a reading says something else, until that is settled."""
    for figure, known in evidence.readings.items():
        for reading in known.open:
            found = "; ".join(map(str, reading.differences))
            message = f"Read again by {reading.reader} on {reading.day}: {found}."
            yield Doubt(figure, message, involves=(reading.node.iri,))


def figures_read_once(evidence: Evidence) -> Iterator[Doubt]:
    """How many figures of each study one pair of eyes has seen, and which; ``figures`` has all."""
    known = evidence.readings
    figures = figures_in(evidence.nodes)
    for study, printed in grouped(figures, lambda figure: figure.iri_of("study")).items():
        once = [
            figure.iri
            for figure in printed
            if figure.iri not in known or known[figure.iri].count == 1
        ]
        if once:
            names = ", ".join(key_of(iri).partition("#")[2] for iri in once[:MOST_NAMED])
            more = f" and {len(once) - MOST_NAMED} more" if len(once) > MOST_NAMED else ""
            count = f"{len(once)} of {len(printed)} figures"
            message = f"Seen by one pair of eyes: {count} ({names}{more})."
            yield Doubt(study, message)
