"""A figure against the names of the groups beside its own: whose people the label names.

The label of a figure, and the last part of its IRI, name its people. A figure is doubted when they
have a word that tells a sibling from its own group, and none that tells its own group from the
sibling. Words of the outcome tell nothing, and neither do groups that the outcome itself makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.words import KEPT
from allograph.evidence import Evidence
from allograph.evidence.records import Group, Printed, Result
from allograph.rdf.vocabularies import RDFS
from allograph.text.words import words_in

WORD = re.compile(r"[a-z]+|\d+")
STEM = 5
"""Letters by which words are alike: ``transplant`` and ``transplanted``."""
SAY_NOTHING = frozenset({"after", "and", "at", "in", "of", "or", "the", "to", "with"})


def groups_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A figure whose label names a sibling of its group, and not its group."""
    words = {group.iri: words_of(group) for group in evidence.groups.values()}
    above = {group.iri: _above(evidence, group) for group in evidence.groups.values()}
    of_outcome: dict[str | None, frozenset[str]] = {}
    for iri, results in evidence.results_of_group.items():
        own = evidence.groups.get(iri)
        siblings = list(_siblings(evidence, own, above)) if own else []
        for result in results if siblings else ():
            if result.outcome not in of_outcome:
                of_outcome[result.outcome] = _words_of_outcome(evidence, result)
            said = words_of(result) - of_outcome[result.outcome]
            others = said - words[iri]
            if own is None or not others or not label_of(result):
                continue
            for sibling in siblings:
                names_it = not others.isdisjoint(words[sibling.iri])
                names_own = bool(said & words[iri] - words[sibling.iri])
                if names_it and not names_own and result.outcome not in sibling.selected_by:
                    named = f'"{sibling.label}", not of "{own.label}"'
                    message = f"The label names the people of {named}."
                    yield Doubt(result.iri, message, own.label, (iri, sibling.iri))
                    break


def words_of(printed: Printed) -> frozenset[str]:
    """The words of a label and of the last part of an IRI, cut to their stems."""
    return stems(f"{label_of(printed)} {printed.iri.partition('#')[2]}")


@lru_cache(KEPT)
def stems(text: str) -> frozenset[str]:
    """The words of a text that say something, cut to their stems."""
    found = (word for word in WORD.findall(text.lower()) if len(word) > 1 or word.isdigit())
    return frozenset(word[:STEM] for word in found if word not in SAY_NOTHING)


@lru_cache(KEPT)
def stems_of_words(text: str) -> frozenset[str]:
    """All words of a text however they are spelt, cut to their stems."""
    return frozenset(word[:STEM] for word in words_in(text))


def _words_of_outcome(evidence: Evidence, result: Result) -> frozenset[str]:
    return frozenset(
        word
        for iri in evidence.broader(result.outcome)
        if iri in evidence.nodes
        for word in stems(evidence.nodes[iri].text(RDFS.label) or "")
    )


def _siblings(
    evidence: Evidence, own: Group, above: Mapping[str, frozenset[str]]
) -> Iterator[Group]:
    """The groups that are parts of the same whole, or wholes like this one."""
    parents, own_above = set(own.parents), above[own.iri]
    for other in evidence.groups_of_study.get(own.study or "", ()):
        if other.iri == own.iri or own.iri in other.parents:
            continue
        are_wholes = not (own.parents or other.parents)
        are_parts = not parents.isdisjoint(other.parents)
        if are_wholes or are_parts or not own_above.isdisjoint(above[other.iri]):
            yield other


def _above(evidence: Evidence, group: Group) -> frozenset[str]:
    """The groups two steps above: those of two arms have one whole."""
    return frozenset(
        above
        for parent in group.parents
        if parent in evidence.groups
        for above in evidence.groups[parent].parents
    )
