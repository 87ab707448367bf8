"""Keep the spelling of literals that a store writes otherwise.

Oxigraph keeps the value of a number and writes its shortest form: ``11.0`` comes back as ``11``.
Two spellings are two terms (RDF 1.1 Concepts, section 3.3), so a store that gives triples back has
to give the terms that it was given; what a query computes has no spelling to keep.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from allograph.rdf.vocabularies import RDF, XSD

_SPELT_AS_THEY_ARE = (XSD.string, RDF.langString)
_PREDICATE = NamedNode("urn:x-allograph:literal")

Spelling = Mapping[Triple, Triple]
"""Triples as a store writes them: the same as they were given to it."""


def spelling_of(triples: Iterable[Triple]) -> Spelling:
    """Those of the triples that a store writes otherwise."""
    typed = {
        triple: triple.object
        for triple in triples
        if isinstance(triple.object, Literal)
        and triple.object.datatype.value not in _SPELT_AS_THEY_ARE
    }
    stored = _as_stored(typed.values())
    return {
        Triple(triple.subject, triple.predicate, stored[literal]): triple
        for triple, literal in typed.items()
        if stored[literal] != literal
    }


def _as_stored(literals: Iterable[Literal]) -> Mapping[Literal, Literal]:
    """Each literal as the store writes it: it is put in, and read again."""
    store, distinct = pyoxigraph.Store(), dict.fromkeys(literals)
    subjects = {NamedNode(f"urn:x-allograph:{n}"): literal for n, literal in enumerate(distinct)}
    store.extend(Quad(subject, _PREDICATE, literal) for subject, literal in subjects.items())
    return {
        subjects[quad.subject]: quad.object
        for quad in store
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }


def respelt(triples: Iterable[Triple], spelling: Spelling) -> Iterator[Triple]:
    """Triples that a store wrote, as they were given to it."""
    return (spelling.get(triple, triple) for triple in triples) if spelling else iter(triples)


def write_spelling(spelling: Spelling) -> bytes:
    """A spelling as N-Triples, in order."""
    return serialize(sorted(spelling.values(), key=str), format=RdfFormat.N_TRIPLES) or b""


def read_spelling(content: bytes) -> Spelling:
    """The spelling that ``write_spelling`` wrote."""
    return spelling_of(quad.triple for quad in parse(content, RdfFormat.N_TRIPLES))
