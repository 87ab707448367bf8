"""A part that was given another regimen than its whole says so.

A regimen below that of the whole is of some people alone, as ``once a cycle`` of patients 1 to 38:
the name of the group, or its printed form, has a word that tells the narrower regimen from the
broader one.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from allograph.doubts.rules.people import texts_of
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words import KEPT, tokens
from allograph.evidence import Evidence
from allograph.evidence.records import Group
from allograph.rdf.vocabularies import RDFS

STEM = 5
"""Letters by which ``fractions`` and ``fractionated`` are alike."""


def regimens_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A group whose regimen is narrower than its whole's, and whose name does not tell it."""
    for group in evidence.groups.values():
        for whole in (evidence.groups.get(iri) for iri in group.parents):
            if whole is None:
                continue
            words = _narrower(evidence, group, whole)
            if words and words.isdisjoint(_stems(" ".join(texts_of(group)))):
                message = (
                    f'Its regimen is only a part of that of "{whole.label}", and no word says so.'
                )
                yield Doubt(group.iri, message, group.label, (whole.iri,))
                break


def _narrower(evidence: Evidence, group: Group, whole: Group) -> frozenset[str]:
    """The words of a group's regimen that are not of the whole's; none where it is the same."""
    if group.regimens <= whole.regimens:
        return frozenset()
    own, above = (
        frozenset(stem for regimen in one.regimens for stem in _named(evidence, regimen))
        for one in (group, whole)
    )
    is_narrower = any(whole.regimens & evidence.broader(regimen) for regimen in group.regimens)
    return own - above if is_narrower else frozenset()


def _named(evidence: Evidence, regimen: str) -> frozenset[str]:
    node = evidence.nodes.get(regimen)
    return frozenset() if node is None else _stems(node.text(RDFS.label) or "")


@lru_cache(KEPT)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in tokens(text))
