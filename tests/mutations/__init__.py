"""Slips of a curator's hand, one at a time, in the curated graph: and who catches each.

``PYTHONPATH=tests python -m mutations`` makes the slips and prints, by kind, how many are planted,
and how many are told by ``check``, by ``verify`` and by either; then what was missed. What the
whole graph is told already does not count: caught is what a slip brings about. Each slip says what
contradicts it (``Holds``), by the reason that stands beside its kind: the graph, the text that was
read, or nothing that is held, so that only a reader can tell.

To add a kind, write a function in the module of its subject that makes its slips.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.curated.loaded import Loaded
from mutations import digits, figures, records
from mutations.slip import Holds, Slip

__all__ = ["Holds", "Slip", "all_slips"]


def all_slips(loaded: Loaded, seed: int = 1) -> Iterator[Slip]:
    """The slips of every kind; the same seed gives the same."""
    yield from digits.slips(loaded, seed)
    yield from figures.slips(loaded)
    yield from records.slips(loaded)
