"""The outcomes that a text names, by their labels, other labels and keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from allograph.doubts.rules.words import tokens
from allograph.evidence import Evidence
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import RDFS, SKOS

Name = tuple[str, ...]


class OutcomeNames:
    """The names of all outcomes; of names that overlap, a text means the longest."""

    def __init__(self, evidence: Evidence) -> None:
        found: dict[Name, set[str]] = defaultdict(set)
        names: dict[str, frozenset[Name]] = {}
        for node in evidence.instances("Outcome"):
            names[node.iri] = _names(node)
            for name in names[node.iri]:
                found[name].add(node.iri)
        self._names: Mapping[str, frozenset[Name]] = names
        self._evidence = evidence
        self._outcomes: Mapping[Name, set[str]] = found
        self._longest = max(map(len, found), default=0)
        self._known: dict[str, frozenset[str]] = {}

    def in_text(self, text: str) -> frozenset[str]:
        """The IRIs of the outcomes that a text names; of two in a line, the narrower."""
        if text not in self._known:
            words, place, named = tokens(text), 0, set[str]()
            while place < len(words):
                length = next(
                    (
                        length
                        for length in range(self._longest, 0, -1)
                        if words[place : place + length] in self._outcomes
                    ),
                    0,
                )
                if length:
                    named |= self._outcomes[words[place : place + length]]
                place += length or 1
            above = {
                broad for iri in named for broad in self._evidence.broader(iri) if broad != iri
            }
            self._known[text] = frozenset(named - above)
        return self._known[text]

    def exactly(self, text: str) -> frozenset[str]:
        """The IRIs of the outcomes of which a text is a name, and nothing besides."""
        return frozenset(self._outcomes.get(tokens(text), ()))

    def are_within(self, outcome: str, words: frozenset[str]) -> bool:
        """Whether some words hold one of the names of an outcome."""
        return any(words.issuperset(name) for name in self._names[outcome])

    def mean(self, named: set[str], outcome: str | None) -> bool:
        """Whether one of the named outcomes is the outcome, or a heading above it."""
        if outcome in named:
            return True
        broader = self._evidence.broader(outcome)
        return any(iri in broader and self._is_heading(iri) for iri in named)

    def _is_heading(self, iri: str) -> bool:
        return not self._evidence.nodes[iri].iris(SKOS.broader)


def _names(node: Node) -> frozenset[Name]:
    texts = (*node.texts(RDFS.label), *node.texts(SKOS.altLabel), key_of(node.iri))
    return frozenset(name for text in texts if (name := tokens(text)))
