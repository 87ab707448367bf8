"""Load the curated files, one named graph for each file.

The graph's name is the file's path, so that a triple always leads back to its file:
``graph/study/ino-vate.ttl`` becomes ``<https://w3id.org/allograph/graph/study/ino-vate>``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import rdflib

from allograph.errors import FileError, Location
from allograph.sources import Sources
from allograph.terms import NamedNode, Quad, add_triples, value_of
from allograph.turtle import TurtleFile, read_turtle


@dataclass(frozen=True)
class Loaded:
    """All curated files: each by the path that people see."""

    files: Mapping[str, TurtleFile]
    named_graphs: Mapping[str, str]

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """Every triple of every file, in the named graph of its file."""
        return tuple(
            Quad(
                triple.subject, triple.predicate, triple.object, NamedNode(self.named_graphs[path])
            )
            for path, file in self.files.items()
            for triple in file.triples
        )

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The same as an rdflib dataset."""
        dataset = rdflib.Dataset()
        for path, file in self.files.items():
            graph = dataset.graph(rdflib.URIRef(self.named_graphs[path]))
            add_triples(graph, file.triples)
        return dataset

    @cached_property
    def _locations(self) -> dict[str, Location]:
        locations: dict[str, Location] = {}
        for path, file in self.files.items():
            for iri, line in file.lines.items():
                locations.setdefault(iri, Location(path, line))
            for triple in file.triples:
                locations.setdefault(value_of(triple.subject), Location(path))
        return locations

    def location(self, iri: str) -> Location:
        """Where an IRI is described: file and line of its subject."""
        return self._locations.get(iri) or Location(iri)


def load(sources: Sources) -> Loaded:
    """Read every file of the ontology and the graph; a mistake in one of them is raised."""
    loaded, mistakes = load_what_reads(sources)
    if mistakes:
        raise mistakes[0]
    return loaded


def load_what_reads(sources: Sources) -> tuple[Loaded, list[FileError]]:
    """Read every file; those that cannot be read are left out, and their mistakes told."""
    paths = {sources.relative(path): path for path in sources.turtle_files()}
    files: dict[str, TurtleFile] = {}
    mistakes: list[FileError] = []
    for shown_as, path in paths.items():
        try:
            files[shown_as] = read_turtle(path, shown_as)
        except FileError as error:
            mistakes.append(error)
    named_graphs = {shown_as: sources.named_graph(paths[shown_as]) for shown_as in files}
    return Loaded(files, named_graphs), mistakes
