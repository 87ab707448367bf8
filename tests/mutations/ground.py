"""What a slip can be held against: the unmutated graph, and the held texts that are at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from allograph.checks.verify import verify
from allograph.curated.held.locators import Held
from allograph.curated.loaded import Loaded
from allograph.rdf.nodes import Node
from allograph.rdf.terms import NamedNode, Term, Triple, value_of
from allograph.rdf.vocabularies import RDF, RDFS, SKOS
from mutations.slip import Holds


@dataclass(frozen=True)
class Ground:
    """The graph, each span by what is printed there, and each text by its report."""

    loaded: Loaded
    spans: Mapping[str, str]
    texts: Mapping[str, str]

    def node(self, term: Term) -> Node:
        """What is said of a node."""
        return self.loaded.nodes.of(value_of(term))

    def prints(self, *words: str) -> bool:
        """Whether a held text prints one of some words, whatever the capitals."""
        return any(_folded(each) in text for each in words for text in self._folded)

    def says_elsewhere(self, path: str, triple: Triple, *words: str) -> bool:
        """Whether another statement of the file has one of some words."""
        return any(
            each in value_of(other.object)
            for other in self.loaded.files[path].triples
            if other != triple and other.predicate.value not in (RDF.type,)
            for each in words
        )

    def by(self, path: str, triple: Triple, *words: str) -> Holds:
        """What contradicts a slip of something that is written in one of some ways."""
        if self.says_elsewhere(path, triple, *words):
            return Holds.GRAPH
        return Holds.TEXT if self.prints(*words) else Holds.READER

    def names(self, term: Term) -> list[str]:
        """The names of a record, in small letters."""
        node = self.node(term)
        return [text.casefold() for text in (*node.texts(RDFS.label), *node.texts(SKOS.altLabel))]

    def of_class(self, name: str) -> list[NamedNode]:
        """The instances of a class, sorted."""
        return [NamedNode(node.iri) for node in self.loaded.nodes.instances(name)]

    @cached_property
    def _folded(self) -> list[str]:
        return [_folded(text) for text in self.texts.values()]


def read_ground(loaded: Loaded, folder: Path | None = None) -> Ground:
    """The ground of a graph, with the texts of a folder if there is one."""
    if folder is None:
        return Ground(loaded, {}, {})
    held, reads = Held(loaded), verify(loaded, folder).reads
    spans = {
        locator.about: reads[locator.held_text].prose.text[locator.start : locator.end]
        for locator in held.locators
        if locator.held_text in reads
    }
    texts = {
        report: reads[held_text.iri].prose.text
        for report in held.reports()
        if (held_text := held.text_of(report)) and held_text.iri in reads
    }
    return Ground(loaded, spans, texts)


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
