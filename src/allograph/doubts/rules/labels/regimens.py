"""The regimen of a group against its words, its whole, and the regimens themselves.

A group that is called by the label of a regimen has that regimen, or a narrower one. A part has the
regimen of its whole, unless the words of the group say what was given to them in particular.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial

from allograph.doubts.rules.labels.drugs import is_covered, labels_of, with_parts
from allograph.doubts.rules.labels.groups import stems_of_words
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence
from allograph.evidence.names import names_of
from allograph.evidence.records import Group
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import SKOS
from allograph.text.words import words_in


def regimens_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A group that is called by another regimen, or has a narrower one without a word of it."""
    names = _labels(evidence)
    named_in = cache(partial(_named, names))
    for group in evidence.groups.values():
        if not group.regimens:
            continue
        above = frozenset().union(*map(evidence.broader, group.regimens))
        named = named_in(label_of(group))
        if named and named.isdisjoint(above):
            message = f"It is called {labels_of(evidence, named)}, and has"
            message = f"{message} {labels_of(evidence, group.regimens)}."
            yield Doubt(group.iri, message, group.label, tuple(sorted(named)))
        yield from _narrower(evidence, group)


def broader_regimens(evidence: Evidence) -> Iterator[Doubt]:
    """A regimen without a drug of the broader one, or with one that the broader has not."""
    for regimen in evidence.instances("Regimen"):
        own = with_parts(evidence, regimen.iris("drug"))
        for broader in map(evidence.nodes.of, regimen.iris(SKOS.broader)):
            given = broader.iris("drug")
            possible = with_parts(evidence, (*given, *broader.iris("optionalDrug")))
            left_out = [drug for drug in given if not is_covered(evidence, drug, own)]
            if left_out:
                message = f"It is narrower than {broader.label}, and without"
                message = f"{message} {labels_of(evidence, left_out)}."
                yield Doubt(regimen.iri, message, regimen.label, tuple(left_out))
            more = [
                drug for drug in regimen.iris("drug") if not is_covered(evidence, drug, possible)
            ]
            if given and more:
                message = f"It is narrower than {broader.label}, which has not"
                message = f"{message} {labels_of(evidence, more)}."
                yield Doubt(regimen.iri, message, regimen.label, tuple(more))


def _labels(evidence: Evidence) -> dict[str, list[tuple[frozenset[str], str]]]:
    """The labels of regimens, as sets of words, by each word; those of drugs say no regimen."""
    drugs = {
        frozenset(words_in(text)) for drug in evidence.instances("Drug") for text in names_of(drug)
    }
    found: dict[str, list[tuple[frozenset[str], str]]] = defaultdict(list)
    for regimen in evidence.instances("Regimen"):
        words = frozenset(words_in(regimen.label))
        if len(words) > 1 and words not in drugs:
            found[min(words, key=lambda word: (-len(word), word))].append((words, regimen.iri))
    return found


def _named(names: dict[str, list[tuple[frozenset[str], str]]], text: str) -> frozenset[str]:
    """The regimens whose label has all its words in a text; of two, the one with more words."""
    words = frozenset(words_in(text))
    found = [(label, iri) for word in words for label, iri in names.get(word, ()) if label <= words]
    return frozenset(iri for label, iri in found if not any(label < other for other, _ in found))


def _narrower(evidence: Evidence, group: Group) -> Iterator[Doubt]:
    """A regimen below that of the whole, for a group whose words do not tell it."""
    wholes = [evidence.groups[iri] for iri in group.parents if iri in evidence.groups]
    key = key_of(group.iri).rpartition("#")[2]
    said = stems_of_words(f"{label_of(group)} {key} {group.reported_as}")
    for whole in wholes:
        for regimen in sorted(group.regimens - whole.regimens):
            above = evidence.broader(regimen) & whole.regimens
            node = evidence.nodes.of(regimen)
            for iri in sorted(above):
                own = _words(node) - _words(evidence.nodes.of(iri))
                if own and own.isdisjoint(said):
                    message = f'"{whole.label}" has {evidence.nodes.of(iri).label}, and no word'
                    message = f"{message} says that these had {node.label}."
                    yield Doubt(group.iri, message, group.label, (regimen, iri))


def _words(regimen: Node) -> frozenset[str]:
    return frozenset().union(*map(stems_of_words, names_of(regimen)))
