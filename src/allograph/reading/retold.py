"""The page of a record without what only retellings print, for ``retellings=no``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import FLAG
from allograph.reading.described import document
from allograph.reading.outcomes import Section
from allograph.reading.record import RecordView

RETOLD = FLAG["secondary-source"]


def retold_in(view: RecordView) -> list[Node]:
    """The findings of a page that come from a retelling."""
    figures = (node for section in view.figures for node in section.nodes)
    return [node for node in (*figures, *view.comparisons, *view.claims) if is_retold(node)]


def without_retellings(view: RecordView) -> RecordView:
    """The same page without them; what was left out is not counted as cut."""
    left_out = Counter(document(node.iri) for node in retold_in(view))
    topics = [replace(topic, sections=tuple(_kept(topic.sections))) for topic in view.topics]
    return replace(
        view,
        figures=_kept(view.figures),
        topics=[topic for topic in topics if topic.sections],
        background=_kept(view.background),
        comparisons=_own(view.comparisons),
        claims=_own(view.claims),
        reached={iri: number - left_out[iri] for iri, number in view.reached.items()},
    )


def _kept(sections: Iterable[Section]) -> list[Section]:
    """The sections that have a finding of their own reports, with these alone."""
    own = [replace(section, nodes=tuple(_own(section.nodes))) for section in sections]
    return [section for section in own if section.nodes]


def is_retold(node: Node) -> bool:
    """Tell whether a finding comes from a retelling."""
    return RETOLD in node.iris("flag")


def _own(nodes: Iterable[Node]) -> list[Node]:
    return [node for node in nodes if not is_retold(node)]
