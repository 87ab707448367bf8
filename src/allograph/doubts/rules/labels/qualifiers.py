"""A label with the opposite of a word by which its outcome, people and key are told from others.

``Partial remission`` of the outcome complete remission, ``autologous`` of people who had an
allogeneic transplant: the label has the one word, and all else that names the node the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.opposite_words import OF_KINDS, OF_LABELS, in_names, opposed
from allograph.doubts.rules.words.people import sides_of, texts_of
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.words import KEPT
from allograph.evidence import Evidence
from allograph.evidence.records import Figure, Group
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import RDFS

PAIRS = in_names((*OF_KINDS, *OF_LABELS))


def qualifiers_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A figure or group whose label is turned against its key, printed form, outcome and people."""
    figures = chain(evidence.results.values(), evidence.comparisons.values())
    nodes: Iterator[Figure | Group] = chain(figures, evidence.groups.values())
    for node in nodes:
        for word in _opposed(label_of(node), " ; ".join(_names(evidence, node))):
            message = f'Its label says "{word}", and all else that names it the opposite.'
            yield Doubt(node.iri, message, node.label)


def _names(evidence: Evidence, node: Figure | Group) -> Iterator[str]:
    """The other names of a node: its key and printed form, its outcome, and its people."""
    key, _label, printed = texts_of(node)
    yield key
    yield printed
    outcomes = [node.outcome or ""] if isinstance(node, Figure) else sorted(node.selected_by)
    for outcome in outcomes:
        known = evidence.nodes.get(outcome)
        yield key_of(outcome)
        yield "" if known is None else known.text(RDFS.label) or ""
    for side in sides_of(node) if isinstance(node, Figure) else ():
        group = evidence.groups.get(side)
        yield "" if group is None else f"{label_of(group)} {group.iri.partition('#')[2]}"


@lru_cache(KEPT)
def _opposed(label: str, names: str) -> tuple[str, ...]:
    return tuple(word[0].lower() for word, _opposite in opposed(label, names, PAIRS))
