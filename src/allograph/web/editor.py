"""List the words that queries are written with, for the editor: prefixes, classes, properties.

How often each occurs is read from VoID, where it was counted for the release.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, request

from allograph.namespaces import BASE
from allograph.rdf.terms import Triple, value_of
from allograph.rdf.turtle import read_turtle
from allograph.release import Release
from allograph.web.description import text
from allograph.web.evaluate import select
from allograph.web.negotiate import JSON, choose, offers, respond_json
from allograph.web.service import current_service, once

blueprint = Blueprint("editor", __name__)

VOID = "http://rdfs.org/ns/void#"
LABELS = f"""
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?term ?type ?label WHERE {{
  ?term rdfs:isDefinedBy <{BASE}ontology> ; a ?type ; rdfs:label ?label .
  VALUES ?type {{ owl:Class owl:ObjectProperty owl:DatatypeProperty }}
}} ORDER BY ?term
"""


@dataclass(frozen=True)
class Word:
    """A class or a property: its label, if it is ours, and how often it is used."""

    iri: str
    label: str
    used: int


@dataclass(frozen=True)
class Words:
    """The classes and properties of a release, the most used first."""

    classes: Sequence[Word]
    properties: Sequence[Word]


@blueprint.get("/vocabulary.json")
@offers((JSON,))
def vocabulary() -> Response:
    """List the prefixes, classes and properties to write queries with, the most used first."""
    choose((JSON,))
    known = words()
    return respond_json(
        {
            "base": BASE,
            "root": request.script_root,
            "prefixes": dict(current_service().namespaces.items()),
            "classes": [vars(word) for word in known.classes],
            "properties": [vars(word) for word in known.properties],
        }
    )


def words() -> Words:
    """Return the words of this release: those in use, and those of ours that are not yet."""
    return once(read_words, current_service().release)


def read_words(release: Release) -> Words:
    """Read the labels from the store, and how often a word is used from VoID."""
    classes: dict[str, str] = {}
    properties: dict[str, str] = {}
    for row in select(LABELS):
        ours = classes if text(row, "type").endswith("#Class") else properties
        ours[text(row, "term")] = text(row, "label")
    described = read_turtle(release.void, release.void.name).triples
    return Words(
        by_use(classes, uses(described, "class", "entities")),
        by_use(properties, uses(described, "property", "triples")),
    )


def by_use(labels: Mapping[str, str], used: Mapping[str, int]) -> list[Word]:
    """Return the words that have a label or are used, the most used first."""
    known = (Word(iri, labels.get(iri, ""), used.get(iri, 0)) for iri in {*labels, *used})
    return sorted(known, key=lambda word: (-word.used, word.iri))


def uses(described: Iterable[Triple], term: str, count: str) -> dict[str, int]:
    """Return how often each class, or each property, is used; by its IRI."""
    values: dict[str, dict[str, str]] = {}
    for triple in described:
        values.setdefault(triple.predicate.value, {})[value_of(triple.subject)] = value_of(
            triple.object
        )
    counts = values[f"{VOID}{count}"]
    return {iri: int(counts[node]) for node, iri in values[f"{VOID}{term}"].items()}
