"""The two sides of a comparison, in the order of its label: ``Survival: new or old``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.doubts.rules.labels.groups import stems
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.people import texts_of
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.words import WITHOUT
from allograph.evidence import Evidence
from allograph.evidence.records import Group

SIDES = re.compile(r":\s*(.+?)\s+(?:or|versus|vs\.?|against|than)\s+(.+)$", re.IGNORECASE)


def sides_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A comparison whose label names first the people of the comparator, and then the group's."""
    for comparison in evidence.comparisons.values():
        group = evidence.groups.get(comparison.group or "")
        other = evidence.groups.get(comparison.comparator or "")
        named = SIDES.search(label_of(comparison))
        if named is None or group is None or other is None:
            continue
        first, second = (_words(text) for text in named.groups())
        own, others = _words_of(group), _words_of(other)
        straight = len((first - second) & (own - others)) + len((second - first) & (others - own))
        turned = len((first - second) & (others - own)) + len((second - first) & (own - others))
        if turned > straight:
            message = f'Its label names "{other.label}" first, and that is the comparator.'
            yield Doubt(comparison.iri, message, comparison.label, (group.iri, other.iri))


def _words_of(group: Group) -> frozenset[str]:
    key, label, _printed = texts_of(group)
    return _words(f"{key} {label}")


def _words(text: str) -> frozenset[str]:
    """The words of a text; ``without`` counts, as it tells two sides apart."""
    return stems(text) | ({"without"} if WITHOUT.search(text) else frozenset())
