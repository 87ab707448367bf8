"""A figure against the names of the groups beside its own: whose people the label names.

The label of a figure, and the last part of its IRI, name its people. A figure is doubted when they
have a word that tells a sibling from its own group, and none that tells its own group from the
sibling. Words of the outcome tell nothing, and neither do groups that the outcome itself makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.evidence import Evidence
from allograph.evidence.read import LABEL
from allograph.evidence.records import Group, Printed, Result
from allograph.rules.printed_numbers import label_of
from allograph.rules.rule import Doubt

WORD = re.compile(r"[a-z]+|\d+")
STEM = 5
"""Letters by which words are alike: ``transplant`` and ``transplanted``."""
SAY_NOTHING = frozenset({"after", "and", "at", "in", "of", "or", "the", "to", "with"})


def groups_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A figure whose label names a sibling of its group, and not its group."""
    words = {group.iri: _words_of(group) for group in evidence.groups.values()}
    beside: dict[str, list[tuple[Group, frozenset[str], frozenset[str]]]] = {}
    of_outcome: dict[str | None, frozenset[str]] = {}
    for result in evidence.results.values():
        own = evidence.groups.get(result.group or "")
        if own is None or not label_of(result):
            continue
        if own.iri not in beside:
            ours = words[own.iri]
            beside[own.iri] = [
                (sibling, words[sibling.iri] - ours, ours - words[sibling.iri])
                for sibling in _siblings(evidence, own)
            ]
        if result.outcome not in of_outcome:
            of_outcome[result.outcome] = _words_of_outcome(evidence, result)
        said = _words_of(result) - of_outcome[result.outcome]
        for sibling, theirs, ours in beside[own.iri]:
            if said & theirs and not said & ours and result.outcome not in sibling.selected_by:
                message = f'The label names the people of "{sibling.label}", not of "{own.label}".'
                yield Doubt(result.iri, message, own.label, (own.iri, sibling.iri))
                break


def _words_of(printed: Printed) -> frozenset[str]:
    return _words(f"{label_of(printed)} {printed.iri.partition('#')[2]}")


def _words(text: str) -> frozenset[str]:
    found = (word for word in WORD.findall(text.lower()) if len(word) > 1 or word.isdigit())
    return frozenset(word[:STEM] for word in found if word not in SAY_NOTHING)


def _words_of_outcome(evidence: Evidence, result: Result) -> frozenset[str]:
    return frozenset(
        word
        for iri in evidence.broader(result.outcome)
        if iri in evidence.nodes
        for word in _words(evidence.nodes[iri].text(LABEL) or "")
    )


def _siblings(evidence: Evidence, own: Group) -> list[Group]:
    """The groups that are parts of the same whole, or wholes like this one."""
    above = _above(evidence, own)
    return [
        other
        for other in evidence.groups_of_study.get(own.study or "", ())
        if other.iri != own.iri
        and own.iri not in other.parents
        and (
            not (own.parents or other.parents)
            or not above.isdisjoint(_above(evidence, other))
            or not set(own.parents).isdisjoint(other.parents)
        )
    ]


def _above(evidence: Evidence, group: Group) -> set[str]:
    """The groups two steps above: those of two arms have one whole."""
    return {
        above
        for parent in group.parents
        if parent in evidence.groups
        for above in evidence.groups[parent].parents
    }
