"""Describe nodes for the pages: what triples say of each subject, and what each IRI is called.

A template asks a node by CURIE (``node.one("ag:value")``), so what a page shows of the graph is
decided in the page.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from allograph.rdf.terms import Literal, NamedNode, Term, Triple
from allograph.web.evaluate import iris, select
from allograph.web.links import compact, fragment

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"

NAMES = f"""
SELECT ?iri (SAMPLE(?name) AS ?label) (SAMPLE(?meaning) AS ?definition) WHERE {{{{
  VALUES ?iri {{{{ {{iris}} }}}}
  ?iri <{LABEL}> ?name .
  OPTIONAL {{{{ ?iri <{DEFINITION}> ?meaning }}}}
}}}} GROUP BY ?iri
"""


WORD_OF_A_VOCABULARY = re.compile(r"\w+:([A-Za-z]+)")


@dataclass(frozen=True)
class Node:
    """One subject, and the values of its properties by the property's CURIE."""

    iri: str
    values: dict[str, list[Term]] = field(default_factory=dict)

    def all(self, curie: str) -> list[Term]:
        """Return the values of a property."""
        return self.values.get(curie, [])

    def one(self, curie: str) -> Term | None:
        """Return a value of a property that has one."""
        return next(iter(self.all(curie)), None)

    def text(self, curie: str) -> str:
        """Return the text of a value; empty where there is none."""
        term = self.one(curie)
        return term.value if isinstance(term, NamedNode | Literal) else ""

    def iris(self, curie: str) -> list[str]:
        """Return the values of a property that are IRIs."""
        return [term.value for term in self.all(curie) if isinstance(term, NamedNode)]

    def number(self, curie: str) -> float:
        """Return a value to sort by; what has none comes last."""
        text = self.text(curie)
        return float(text) if text else float("inf")

    @property
    def anchor(self) -> str:
        """The fragment of a part, which is its anchor on the page."""
        return fragment(self.iri)


@dataclass(frozen=True)
class Name:
    """What an IRI is called, and what that means."""

    label: str
    definition: str = ""


class Names:
    """The names of IRIs; a word of another vocabulary is called as it is spelt."""

    def __init__(self, by_iri: Mapping[str, Name]) -> None:
        """Take the names that were looked up."""
        self._by_iri = by_iri

    def label(self, iri: str) -> str:
        """Return what to call an IRI."""
        name = self._by_iri.get(iri)
        return name.label if name else spelt_out(iri)

    def definition(self, iri: str) -> str:
        """Return what an IRI of a closed list or of the ontology means."""
        name = self._by_iri.get(iri)
        return name.definition if name else ""


def spelt_out(iri: str) -> str:
    """Return the words of a name such as ``skos:altLabel``, or the short form of any other IRI."""
    short = compact(iri)
    word = WORD_OF_A_VOCABULARY.fullmatch(short)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", word[1]).lower() if word else short


def nodes_of(triples: Iterable[Triple]) -> dict[str, Node]:
    """Gather triples by subject."""
    nodes: dict[str, Node] = {}
    curies: dict[str, str] = {}
    for triple in triples:
        if isinstance(triple.subject, NamedNode):
            iri, predicate = triple.subject.value, triple.predicate.value
            node = nodes.get(iri) or nodes.setdefault(iri, Node(iri))
            curie = curies.get(predicate) or curies.setdefault(predicate, compact(predicate))
            node.values.setdefault(curie, []).append(triple.object)
    return nodes


def iris_in(triples: Iterable[Triple]) -> set[str]:
    """Return every IRI that the triples mention."""
    return {
        term.value
        for triple in triples
        for term in (triple.subject, triple.predicate, triple.object)
        if isinstance(term, NamedNode)
    }


def names_in(triples: Iterable[Triple], *others: str) -> Names:
    """Name every IRI in the triples, and others that a page shows.

    A subject is named by its own triples, which are taken to be all of them; the rest is looked up.
    """
    triples = list(triples)
    labels, meanings = (_literals(triples, iri) for iri in (LABEL, DEFINITION))
    subjects = {triple.subject.value for triple in triples if isinstance(triple.subject, NamedNode)}
    wanted = (iris_in(triples) - subjects).union(others) - labels.keys()
    rows = select(NAMES.format(iris=iris(wanted)))
    return Names(
        {iri: Name(label, meanings.get(iri, "")) for iri, label in labels.items()}
        | {text(row, "iri"): Name(text(row, "label"), text(row, "definition")) for row in rows}
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


def text(row: Mapping[str, Term], variable: str) -> str:
    """Return the text of a binding; empty where the variable is unbound."""
    term = row.get(variable)
    return term.value if isinstance(term, NamedNode | Literal) else ""
