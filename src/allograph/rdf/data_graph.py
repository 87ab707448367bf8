"""An rdflib graph and its copy in Oxigraph, for pySHACL and for many small queries before it.

SHACL asks the query of a ``sh:sparql`` constraint once for each focus node, which stands in it as
``$this`` (section 5.3.1). rdflib takes milliseconds to parse and to answer it, Oxigraph a hundredth
of that; but a store keeps values and not spellings (0.60 becomes 0.6), and people are shown the
spelling. So Oxigraph says where something is found, and rdflib what.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import rdflib
from pyoxigraph import QuerySolutions, Store, Variable

from allograph.rdf.terms import NamedNode, Quad, Triple, add_triples, to_rdflib

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

_THIS = Variable("this")


class DataGraph(rdflib.Graph):
    """Triples in rdflib, and in an Oxigraph store beside it."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__()
        kept = list(triples)
        add_triples(self, kept)
        self._quick = Store()
        self._quick.extend(Quad(*triple) for triple in kept)

    def exchange(self, old: Collection[Triple], new: Collection[Triple]) -> None:
        """Take some triples out and put others in, without reading all the others again."""
        for triple in old:
            self.remove((to_rdflib(triple[0]), to_rdflib(triple[1]), to_rdflib(triple[2])))
            self._quick.remove(Quad(*triple))
        add_triples(self, new)
        self._quick.extend(Quad(*triple) for triple in new)

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Answer as rdflib does; a text is parsed once."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)

    def may_find(self, sparql: str, this: str, prefixes: Mapping[str, str]) -> bool:
        """Whether a query has an answer for ``$this``, by values; true if Oxigraph cannot tell."""
        try:
            found = self._quick.query(
                sparql, prefixes=dict(prefixes), substitutions={_THIS: NamedNode(this)}
            )
            return not isinstance(found, QuerySolutions) or next(found, None) is not None
        except (SyntaxError, ValueError, RuntimeError):
            return True


@cache
def _prepared(text: str) -> Query:
    from rdflib.plugins.sparql import prepareQuery  # takes a moment, and few checks need it

    return prepareQuery(text)
