"""The words that queries are written with: classes and properties, and how often each is used.

How often was counted for the release. ``asked`` is in how many of our questions a word stands: of
two that are used alike, people want the one that is asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.rdf.vocabularies import AG
from allograph.reading.counted import classes_used, properties_used
from allograph.reading.reader import Reader, Row, text

LABELS = f"""
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?term ?type ?label ?definition WHERE {{
  ?term rdfs:isDefinedBy <{BASE}ontology> ; a ?type ; rdfs:label ?label .
  VALUES ?type {{ owl:Class owl:ObjectProperty owl:DatatypeProperty }}
  OPTIONAL {{ ?term skos:definition ?definition }}
}} ORDER BY ?term
"""
BORROWED = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?label WHERE {{ ?borrowed <{AG.term}> ?term ; rdfs:label ?label }} ORDER BY ?term
"""
CURIE = re.compile(r"(?<![\w:<])[A-Za-z][\w-]*:[A-Za-z][\w-]*")


@dataclass(frozen=True)
class Term:
    """A class or a property: what it is called and means, and how often it is used and asked."""

    iri: str
    label: str
    definition: str
    used: int
    asked: int


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
    rows = reader.select(LABELS)
    classes = {text(row, "term"): row for row in rows if text(row, "type").endswith("#Class")}
    properties = {text(row, "term"): row for row in rows if text(row, "term") not in classes}
    borrowed = {text(row, "term"): row for row in reader.select(BORROWED)}
    asked = count_asked(reader)

    def by_use(ours: Mapping[str, Row], used: Mapping[str, int]) -> list[Term]:
        known = (
            Term(iri, text(row, "label"), text(row, "definition"), used.get(iri, 0), asked[iri])
            for iri in {*ours, *used}
            for row in (ours.get(iri) or borrowed.get(iri) or {},)
        )
        return sorted(known, key=lambda term: (-term.used, term.iri))

    return Terms(by_use(classes, classes_used(reader)), by_use(properties, properties_used(reader)))


def count_asked(reader: Reader) -> Counter[str]:
    """In how many questions each IRI stands, read from their short names."""
    return Counter(
        iri
        for question in reader.questions.values()
        for name in set(CURIE.findall(question.text))
        if (iri := reader.namespaces.expand(name))
    )
