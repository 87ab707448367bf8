"""The doubts about the figures of a pooled answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allograph.evidence.pooling.answers import Answer
from allograph.namespaces import key_of
from allograph.reading.answers.known import read_known
from allograph.reading.badges import read_computed
from allograph.reading.reader import Reader


def doubts_of(reader: Reader, figures: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """The keys of the flags of figures, and of the rules that found something of them."""
    evidence, computed = reader.once(read_known), reader.once(read_computed)
    found: dict[str, frozenset[str]] = {}
    for iri in figures:
        own = {key_of(flag) for flag in evidence.nodes.of(iri).iris("flag")}
        for one in computed.get(iri, ()):
            rule = key_of(one.finding).rpartition("-")[0]
            own.update((rule, *(key_of(flag) for flag in one.flags)))
        found[iri] = frozenset(own)
    return found


def figures_of(answer: Answer) -> list[str]:
    """The figures that an answer names, each once."""
    pools = (
        iri for each in answer.pools for row in each.rows for iri in (row.figure, *row.further)
    )
    return list(dict.fromkeys((*pools, *(one.row.figure for one in answer.left_out))))
