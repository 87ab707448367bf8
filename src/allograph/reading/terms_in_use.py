"""The words that queries are written with: classes and properties, and how often each is used.

How often was counted for the release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.reading.counted import classes_used, properties_used
from allograph.reading.reader import Reader, text

LABELS = f"""
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?type ?label WHERE {{
  ?term rdfs:isDefinedBy <{BASE}ontology> ; a ?type ; rdfs:label ?label .
  VALUES ?type {{ owl:Class owl:ObjectProperty owl:DatatypeProperty }}
}} ORDER BY ?term
"""


@dataclass(frozen=True)
class Term:
    """A class or a property: its label, if it is ours, and how often it is used."""

    iri: str
    label: str
    used: int


@dataclass(frozen=True)
class Terms:
    """The classes and properties of a release, the most used first."""

    classes: Sequence[Term]
    properties: Sequence[Term]


def terms_in_use(reader: Reader) -> Terms:
    """The terms of the release: those in use, and those of ours that are not yet."""
    return reader.once(read_terms)


def read_terms(reader: Reader) -> Terms:
    """Read the labels from the store, and put how often a term is used beside them."""
    classes: dict[str, str] = {}
    properties: dict[str, str] = {}
    for row in reader.select(LABELS):
        ours = classes if text(row, "type").endswith("#Class") else properties
        ours[text(row, "term")] = text(row, "label")
    return Terms(by_use(classes, classes_used(reader)), by_use(properties, properties_used(reader)))


def by_use(labels: Mapping[str, str], used: Mapping[str, int]) -> list[Term]:
    """The terms that have a label or are used, the most used first."""
    known = (Term(iri, labels.get(iri, ""), used.get(iri, 0)) for iri in {*labels, *used})
    return sorted(known, key=lambda term: (-term.used, term.iri))
