"""What each IRI is called, and what that means; for a term of others, what our pages call it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allograph.namespaces import Namespaces
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.vocabularies import AG, RDFS, SKOS
from allograph.reading.described import iris_in
from allograph.reading.reader import Reader, text, values

NAMES = f"""
SELECT ?iri (SAMPLE(?name) AS ?label) (SAMPLE(?meaning) AS ?definition) WHERE {{{{
  VALUES ?iri {{{{ {{iris}} }}}}
  {{{{ ?iri <{RDFS.label}> ?name }}}} UNION
  {{{{ ?borrowed <{AG.term}> ?iri ; <{RDFS.label}> ?name }}}}
  OPTIONAL {{{{ ?iri <{SKOS.definition}> ?meaning }}}}
}}}} GROUP BY ?iri
"""

WORD_OF_A_VOCABULARY = re.compile(r"\w+:([A-Za-z]+)")


@dataclass(frozen=True)
class Name:
    """What an IRI is called, and what that means."""

    label: str
    definition: str = ""


class Names:
    """The names of IRIs; a word of another vocabulary is called as it is spelt."""

    def __init__(self, by_iri: Mapping[str, Name], namespaces: Namespaces) -> None:
        """Take the names that were looked up."""
        self._by_iri = by_iri
        self._namespaces = namespaces

    def label(self, iri: str) -> str:
        """What to call an IRI."""
        name = self._by_iri.get(iri)
        return name.label if name else spelt_out(self._namespaces.compact(iri))

    def definition(self, iri: str) -> str:
        """What an IRI of a closed list or of the ontology means."""
        name = self._by_iri.get(iri)
        return name.definition if name else ""


def spelt_out(short: str) -> str:
    """The words of a name such as ``skos:altLabel``; any other short form as it is."""
    word = WORD_OF_A_VOCABULARY.fullmatch(short)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word[1]).lower() if word else short


def names_in(reader: Reader, triples: Iterable[Triple], *others: str) -> Names:
    """Name every IRI in the triples, and others that a page shows.

    A subject is named by its own triples, which are taken to be all of them; the rest is looked up.
    """
    triples = list(triples)
    labels, meanings = (_literals(triples, iri) for iri in (RDFS.label, SKOS.definition))
    subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
    wanted = (iris_in(triples) - subjects).union(others) - labels.keys()
    rows = reader.select(NAMES.format(iris=values(wanted)))
    return Names(
        {iri: Name(label, meanings.get(iri, "")) for iri, label in labels.items()}
        | {text(row, "iri"): Name(text(row, "label"), text(row, "definition")) for row in rows},
        reader.namespaces,
    )


def _literals(triples: Iterable[Triple], predicate: str) -> dict[str, str]:
    """Map each subject to its value of one property."""
    return {
        triple.subject.value: triple.object.value
        for triple in triples
        if triple.predicate.value == predicate
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, Literal)
    }
