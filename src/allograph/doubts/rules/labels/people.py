"""A figure of some of the people says of whom it is: its label, or its IRI, names them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from allograph.doubts.rules.labels.groups import words_of
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import sides_of
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence
from allograph.evidence.records import Group


def people_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A figure of a part of the people without any word of the label or the key of the part."""
    words = {group.iri: words_of(group) for group in evidence.groups.values()}
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        said = words_of(figure)
        for group in map(evidence.groups.get, sides_of(figure)):
            if group is None or not label_of(figure) or not label_of(group):
                continue
            if _is_part(group) and said.isdisjoint(words[group.iri]):
                message = f'It is of "{group.label}", and neither label nor IRI says so.'
                yield Doubt(figure.iri, message, figure.label, (group.iri,))
                break


def _is_part(group: Group) -> bool:
    return bool(group.parents)
