"""Look up what stands behind the rows of an answer: whom each is about, where it is printed.

A row is about a result, a comparison or another part of a record. Its people were drawn from a
group, which was drawn from another: that chain of denominators is shown beside each figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.rdf.nodes import Node
from allograph.reading.described import nodes_of
from allograph.reading.listing import entries
from allograph.reading.names import Name, Names
from allograph.reading.reader import Reader, values

# What a row is about, where it is printed, and its groups with all that they were drawn from.
BEHIND = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
CONSTRUCT {{ ?node ?property ?value }} WHERE {{
  {{ VALUES ?node {{ {iris} }} }} UNION
  {{ VALUES ?about {{ {iris} }} ?about ag:locator ?node }} UNION
  {{ VALUES ?about {{ {iris} }} ?about (ag:group|ag:comparator)/ag:subgroupOf* ?node }}
  ?node ?property ?value .
  FILTER(?property IN (
    rdfs:label, ag:numerator, ag:denominator, ag:group, ag:report, ag:locator, ag:flag, ag:size,
    ag:subgroupOf, ag:section, ag:sentence, ag:table, ag:row, ag:seenAt, ag:seenOn,
    oa:start, oa:end, rdf:value
  ))
}}
"""


@dataclass(frozen=True)
class Evidence:
    """What stands behind one row: the node it is about, its places, its chain of groups.

    Each step of the chain holds the groups that the step before was drawn from.
    """

    node: Node
    places: tuple[Node, ...]
    chain: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True)
class Behind:
    """The evidence of the rows by what they are about, and the names of all that it mentions."""

    by_iri: Mapping[str, Evidence]
    names: Names


def look_behind(reader: Reader, about: Iterable[str]) -> Behind:
    """Look up the evidence of what rows are about."""
    wanted = dict.fromkeys(iri for iri in about if iri.startswith(BASE))
    triples = reader.construct(BEHIND.format(iris=values(wanted))) if wanted else []
    nodes = nodes_of(triples, reader.namespaces)
    found = {iri: evidence(nodes[iri], nodes) for iri in wanted if iri in nodes}
    return Behind(found, names_of(reader, nodes))


def evidence(node: Node, nodes: Mapping[str, Node]) -> Evidence:
    """Gather what stands behind a node."""
    places = tuple(nodes[iri] for iri in node.iris("locator") if iri in nodes)
    return Evidence(node, places, tuple(chain(node.iris("group"), nodes)))


def chain(groups: Iterable[str], nodes: Mapping[str, Node]) -> Iterable[tuple[Node, ...]]:
    """Follow groups to those they were drawn from, step by step; none is named twice."""
    named: set[str] = set()
    step = [iri for iri in groups if iri in nodes]
    while step:
        named.update(step)
        yield tuple(nodes[iri] for iri in step)
        wider = (iri for group in step for iri in nodes[group].iris("subgroupOf"))
        step = [iri for iri in dict.fromkeys(wider) if iri in nodes and iri not in named]


def names_of(reader: Reader, nodes: Mapping[str, Node]) -> Names:
    """Name every record and concept of the release, and the nodes."""
    by_iri = {entry.iri: Name(entry.label, entry.definition) for entry in entries(reader)}
    for iri, node in nodes.items():
        if node.label:
            by_iri[iri] = Name(node.label)
    return Names(by_iri, reader.namespaces)
