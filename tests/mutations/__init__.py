"""Slips of a curator's hand, one at a time, in the curated graph: and who catches each.

``PYTHONPATH=tests python -m mutations`` makes the slips and prints, by kind, how many are planted,
and how many are told by ``check``, by ``verify`` and by either; then what was missed. What the
whole graph is told already does not count: caught is what a slip brings about. Each slip says what
contradicts it (``Holds``), by the reason that stands beside its kind: the graph, the text that was
read, or nothing that is held, so that only a reader can tell. What the text says of it is known
where the texts are at hand.

To add a kind, write a function in the module of its subject that makes its slips.
"""

from __future__ import annotations

from collections.abc import Iterator

from mutations import (
    claims,
    digits,
    disclosures,
    figures,
    flags,
    groups,
    identifiers,
    places,
    reports,
    treatments,
)
from mutations.ground import Ground, read_ground
from mutations.slip import Holds, Slip

__all__ = ["Ground", "Holds", "Slip", "all_slips", "read_ground"]


def all_slips(ground: Ground, seed: int = 1) -> Iterator[Slip]:
    """The slips of every kind; the same seed gives the same."""
    yield from digits.slips(ground.loaded, seed)
    yield from figures.slips(ground.loaded)
    yield from flags.slips(ground, seed)
    for subject in (groups, treatments, reports, identifiers, disclosures, claims, places):
        yield from subject.slips(ground)
