"""The curated graph: the triples of all files, one named graph for each file.

The graph's name is the file's path, so that a triple always leads back to its file:
``graph/study/ino-vate.ttl`` becomes ``<https://w3id.org/allograph/graph/study/ino-vate>``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import rdflib

from allograph.errors import Location
from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import Literal, NamedNode, Quad, add_triples, value_of
from allograph.rdf.turtle import TurtleFile
from allograph.rdf.vocabularies import AG, DCTERMS, RDF

IDENTIFYING = frozenset([DCTERMS.identifier, AG.orcid, AG.sha256])
"""Properties whose value names one thing: two nodes with the same value touch each other."""

Links = dict[str, list[tuple[str, str]]]
"""For each node, the properties that link it and the nodes at their other end."""


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
    def nodes(self) -> Nodes:
        """What the files say of each node, whichever they say it in."""
        return Nodes(triple for file in self.files.values() for triple in file.triples)

    @cached_property
    def mentioned(self) -> frozenset[str]:
        """The IRIs that stand in a triple behind its subject."""
        linked = (end for end in self.links[1] if " " not in end)
        classes = (name for node in self.nodes.values() for name in node.iris(RDF.type))
        used = (node.properties() for node in self.nodes.values())
        return frozenset(chain(linked, classes, *used))

    @cached_property
    def links(self) -> tuple[Links, Links]:
        """The links from each node and to each node, but for its classes.

        An identifier is a node here, too, that of its property and a space.
        """
        links_to, links_from = defaultdict(list), defaultdict(list)
        for node in self.nodes.values():
            for name in node.properties():
                if name == RDF.type:
                    continue
                ends = [*node.iris(name)]
                if name in IDENTIFYING:
                    texts = (value.value for value in node.all(name) if isinstance(value, Literal))
                    ends += (f"{name} {text}" for text in texts)
                for end in ends:
                    links_to[node.iri].append((name, end))
                    links_from[end].append((name, node.iri))
        return links_to, links_from

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The same as an rdflib dataset."""
        dataset = rdflib.Dataset()
        for path, file in self.files.items():
            graph = dataset.graph(rdflib.URIRef(self.named_graphs[path]))
            add_triples(graph, file.triples)
        return dataset

    @cached_property
    def _paths(self) -> dict[str, str]:
        paths: dict[str, str] = {}
        for path, file in self.files.items():
            for triple in file.triples:
                paths.setdefault(value_of(triple.subject), path)
        return paths

    def location(self, iri: str) -> Location:
        """Where an IRI is described: file and line of its subject."""
        path = self._paths.get(iri)
        return Location(iri) if path is None else Location(path, self.files[path].lines.get(iri))
