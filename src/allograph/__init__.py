"""ALLograph: what clinical studies of acute lymphoblastic leukaemia found, as a graph to ask.

>>> import allograph
>>> with allograph.open() as graph:
...     rows = graph.ask("figures", drug="inotuzumab-ozogamicin")
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allograph.reading.graph import Graph

__version__ = "0.8.0"
__all__ = ["__version__", "open"]


def open(root: str = "", home: str = "") -> Graph:  # it is read as allograph.open
    """Open the graph of the curated files; see ``allograph.reading.graph.open_graph``."""
    from allograph.reading.graph import open_graph  # most who import the package need no engine

    return open_graph(root, home)
