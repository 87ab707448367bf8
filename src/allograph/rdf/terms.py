"""RDF terms: pyoxigraph's, which we parse and store, as rdflib's, which pySHACL reads.

Lexical forms are kept: ``0.60`` stays ``0.60``. A string is a plain literal in rdflib, whose engine
tells it from one that names its datatype.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from allograph.rdf.lexical import NUMBERS, fits, number_of
from allograph.rdf.vocabularies import XSD

XSD_STRING = NamedNode(XSD.string)

UNREADABLE = rdflib.URIRef("urn:allograph:unreadable")
"""The datatype that rdflib gets of a literal that does not fit its own.

Shapes then say that its datatype is wrong. With its own, rdflib raises whatever Python does where
it compares a NaN or multiplies an empty text, and no shape says anything.
"""

Term = NamedNode | BlankNode | Literal | Triple

__all__ = [
    "BlankNode",
    "Literal",
    "NamedNode",
    "Quad",
    "Term",
    "Triple",
    "add_triples",
    "quiet_about_literals",
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
            return _typed(term)
        case _:
            raise TypeError(f"rdflib has no term for {term}")


def _typed(term: Literal) -> rdflib.Literal:
    datatype = term.datatype.value
    if fits(term.value, datatype) and (
        datatype not in NUMBERS or number_of(term.value) is not None
    ):
        literal = rdflib.Literal(term.value, datatype=rdflib.URIRef(datatype), normalize=False)
        if not literal.ill_typed:
            return literal
    return rdflib.Literal(term.value, datatype=UNREADABLE)


def add_triples(graph: rdflib.Graph, triples: Iterable[Triple]) -> None:
    """Add triples to a graph of rdflib."""
    with quiet_about_literals():
        for triple in triples:
            graph.add(
                (to_rdflib(triple.subject), to_rdflib(triple.predicate), to_rdflib(triple.object))
            )


@contextmanager
def quiet_about_literals() -> Iterator[None]:
    """Keep back what rdflib logs, traceback and all, of a literal that fits no datatype.

    A check says so itself, with file and line. Only what this thread logs is kept back, and only
    within the block: an application that imports us hears rdflib as before.
    """
    here = threading.get_ident()

    def is_of_another_thread(record: logging.LogRecord) -> bool:
        return record.thread != here

    logger = logging.getLogger("rdflib.term")
    logger.addFilter(is_of_another_thread)
    try:
        yield
    finally:
        logger.removeFilter(is_of_another_thread)
