"""An rdflib graph that asks Oxigraph first, for many small queries about one node each.

SHACL sends the text of a ``sh:sparql`` constraint to the data graph once for each focus node, which
stands in it as ``$this`` (SHACL, section 5.3.1), and rdflib takes milliseconds to parse and to
answer it. Oxigraph takes a hundredth of that. Where it finds nothing, as nearly everywhere, the
answer is empty; where it finds something, rdflib answers, because a store keeps values and not
spellings, and people are shown the spelling. So such a query is not to find its node by the
spelling of a number (0.60 or 0.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import rdflib
from pyoxigraph import QuerySolutions, Store, Variable
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from allograph.rdf.terms import NamedNode, Quad, Triple, add_triples

THIS = "this"


class DataGraph(rdflib.Graph):
    """Triples for pySHACL: in rdflib, and in an Oxigraph store that is asked first."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__()
        kept = list(triples)
        add_triples(self, kept)
        self._quick = Store()
        self._quick.extend(Quad(*triple) for triple in kept)

    def query(
        self,
        query_object: str | Query,
        processor: str | Any = "sparql",
        result: str | type[Result] = "sparql",
        initNs: Mapping[str, Any] | None = None,  # noqa: N803
        initBindings: Mapping[str, rdflib.term.Identifier] | None = None,  # noqa: N803
        *others: Any,
        **more: Any,
    ) -> Result:
        """Answer as rdflib does; a text is parsed once."""
        if isinstance(query_object, str):
            if self._finds_nothing(query_object, initBindings or {}):
                return _nothing()
            query_object = _prepared(query_object)
        return super().query(query_object, processor, result, initNs, initBindings, *others, **more)

    def _finds_nothing(self, sparql: str, bindings: Mapping[str, rdflib.term.Identifier]) -> bool:
        """Whether Oxigraph is sure of it; what it cannot read is for rdflib to explain."""
        this = bindings.get(THIS)
        if len(bindings) != 1 or not isinstance(this, rdflib.URIRef):
            return False
        try:
            found = self._quick.query(sparql, substitutions={Variable(THIS): NamedNode(str(this))})
        except (SyntaxError, ValueError, RuntimeError):
            return False
        return isinstance(found, QuerySolutions) and next(found, None) is None


def _nothing() -> Result:
    result = Result("SELECT")
    result.bindings = []
    return result


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)
