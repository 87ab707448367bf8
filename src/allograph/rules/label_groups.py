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
    of_outcome: dict[str | None, frozenset[str]] = {}
    for result in evidence.results.values():
        own = evidence.groups.get(result.group or "")
        if own is None or not label_of(result):
            continue
        if result.outcome not in of_outcome:
            of_outcome[result.outcome] = _words_of_outcome(evidence, result)
        said = _words_of(result) - of_outcome[result.outcome]
        for sibling in evidence.groups_of_study.get(own.study or "", ()):
            theirs, ours = words[sibling.iri] - words[own.iri], words[own.iri] - words[sibling.iri]
            if said & theirs and not said & ours and _is_beside(evidence, result, own, sibling):
                yield Doubt(
                    result.iri,
                    f'The label names the people of "{sibling.label}", not of "{own.label}".',
                    own.label,
                    (own.iri, sibling.iri),
                )
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


def _is_beside(evidence: Evidence, result: Result, own: Group, other: Group) -> bool:
    """Whether two groups are parts of one whole, or wholes; and not one made by the outcome."""
    if own.iri == other.iri or result.outcome in other.selected_by:
        return False
    if own in evidence.ancestors(other.iri):
        return False
    if not own.parents and not other.parents:
        return True
    wholes = set(own.parents) & set(other.parents)
    return bool(wholes or _above(evidence, own) & _above(evidence, other))


def _above(evidence: Evidence, group: Group) -> set[str]:
    """The groups two steps above: those of two arms have one whole."""
    return {
        above
        for parent in group.parents
        if parent in evidence.groups
        for above in evidence.groups[parent].parents
    }
