"""The outcomes that a text names, by their labels, other labels and keys."""

from __future__ import annotations

from allograph.doubts.rules.words.words import tokens
from allograph.evidence import Evidence
from allograph.evidence.names import NameIndex, names_of
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import SKOS


class OutcomeNames:
    """The names of all outcomes, in words of which those of one family are one."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._names = {
            node.iri: frozenset(map(_in_families, (*names_of(node), key_of(node.iri))))
            for node in evidence.instances("Outcome")
        }
        self._index = NameIndex((name, iri) for iri, names in self._names.items() for name in names)

    def in_text(self, text: str) -> frozenset[str]:
        """The IRIs of the outcomes that a text names; of two in a line, the narrower."""
        mentions = self._index.mentions(_in_families(text))
        named = frozenset[str]().union(*(mention.iris for mention in mentions))
        above = (broad for iri in named for broad in self._evidence.broader(iri) if broad != iri)
        return named.difference(above)

    def exactly(self, text: str) -> frozenset[str]:
        """The IRIs of the outcomes of which a text is a name, and nothing besides."""
        words = _in_families(text)
        match self._index.mentions(words):
            case [only] if only.end - only.start == len(words):
                return only.iris
        return frozenset()

    def are_within(self, outcome: str, words: frozenset[str]) -> bool:
        """Whether some words hold one of the names of an outcome."""
        return any(words.issuperset(name.split()) for name in self._names[outcome] if name)

    def mean(self, named: set[str], outcome: str | None) -> bool:
        """Whether one of the named outcomes is the outcome, or a heading above it."""
        if outcome in named:
            return True
        broader = self._evidence.broader(outcome)
        return any(iri in broader and self._is_heading(iri) for iri in named)

    def _is_heading(self, iri: str) -> bool:
        return not self._evidence.nodes[iri].iris(SKOS.broader)


def _in_families(text: str) -> str:
    return " ".join(tokens(text))
