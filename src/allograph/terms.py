"""RDF terms: pyoxigraph's, which we parse and store, as rdflib's, which pySHACL reads.

Lexical forms are kept: ``0.60`` stays ``0.60``. A string is a plain literal in rdflib, whose engine
tells it from one that names its datatype.
"""

from __future__ import annotations

from collections.abc import Iterable

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

XSD_STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")

Term = NamedNode | BlankNode | Literal | Triple

__all__ = [
    "BlankNode",
    "Literal",
    "NamedNode",
    "Quad",
    "Term",
    "Triple",
    "add_triples",
    "to_rdflib",
    "value_of",
]


def value_of(term: Term) -> str:
    """The text of a term: an IRI, the label of a blank node, or a lexical form."""
    if isinstance(term, Triple):
        raise TypeError(f"a triple has no text: {term}")
    return term.value


def to_rdflib(term: Term) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    """The same term for rdflib, which knows no triple terms."""
    match term:
        case NamedNode():
            return rdflib.URIRef(term.value)
        case BlankNode():
            return rdflib.BNode(term.value)
        case Literal():
            if term.language:
                return rdflib.Literal(term.value, lang=term.language)
            if term.datatype == XSD_STRING:
                return rdflib.Literal(term.value)
            datatype = rdflib.URIRef(term.datatype.value)
            return rdflib.Literal(term.value, datatype=datatype, normalize=False)
        case _:
            raise TypeError(f"rdflib has no term for {term}")


def add_triples(graph: rdflib.Graph, triples: Iterable[Triple]) -> None:
    """Add triples to a graph of rdflib."""
    for triple in triples:
        graph.add(
            (to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object))
        )
