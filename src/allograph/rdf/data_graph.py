"""An rdflib graph and its copy in Oxigraph, for pySHACL and for many small queries before it.

SHACL asks the query of a ``sh:sparql`` constraint once for each focus node, which stands in it as
``$this`` (section 5.3.1). rdflib takes milliseconds to parse and to answer it, Oxigraph a hundredth
of that; but a store keeps values and not spellings (0.60 becomes 0.6), and people are shown the
spelling. So Oxigraph says where something is found, and rdflib what. Each copy is made when it is
first asked: most graphs have nothing wrong, and rdflib is not asked at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

import rdflib
from pyoxigraph import QuerySolutions, Store, Variable

from allograph.errors import QuerySyntaxError
from allograph.rdf.opaque import OPAQUE
from allograph.rdf.terms import NamedNode, Quad, Triple, add_triples, to_rdflib

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query
    from rdflib.query import Result

FEW = 20
"""As many nodes are asked about one by one; a query for many at once looks at all triples."""

_THIS = Variable("this")
_OPAQUE = re.compile(OPAQUE, re.DOTALL)
_OWN_SCOPE = re.compile(
    r"\b(?:MINUS|LIMIT|OFFSET|GRAPH|SERVICE|VALUES|FROM|SELECT)\b", re.IGNORECASE
)
"""Where a query says another for many nodes than for each: rows are cut, or made apart."""
_COUNTED = re.compile(r"\b(?:COUNT|SUM|MIN|MAX|AVG|SAMPLE|GROUP_CONCAT)\s*\(", re.IGNORECASE)
_BY_THIS = re.compile(r"\bGROUP\s+BY\s+\$this\b", re.IGNORECASE)
"""Rows are counted together, unless each node has groups of its own."""


class DataGraph(rdflib.Graph):
    """Triples in rdflib, and in an Oxigraph store beside it."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__()
        self._triples = dict.fromkeys(triples)
        self._is_read = False

    @cached_property
    def _quick(self) -> Store:
        store = Store()
        store.extend(Quad(*triple) for triple in self._triples)
        return store

    def read(self) -> DataGraph:
        """The same graph, with its triples in rdflib."""
        if not self._is_read:
            add_triples(self, self._triples)
            self._is_read = True
        return self

    def exchange(self, old: Collection[Triple], new: Collection[Triple]) -> None:
        """Take some triples out and put others in, without reading all the others again."""
        for triple in old:
            self._triples.pop(triple, None)
            self._quick.remove(Quad(*triple))
            if self._is_read:
                self.remove((to_rdflib(triple[0]), to_rdflib(triple[1]), to_rdflib(triple[2])))
        self._triples |= dict.fromkeys(new)
        self._quick.extend(Quad(*triple) for triple in new)
        if self._is_read:
            add_triples(self, new)

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Answer as rdflib does; a text is parsed once."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)

    def found(self, sparql: str, nodes: Collection[str], prefixes: Mapping[str, str]) -> list[str]:
        """The nodes for which a query, with each as ``$this``, may have an answer, by values."""
        text = for_many(sparql) if len(nodes) > FEW else None
        if text:
            try:
                rows = self._quick.query(
                    text.format(" ".join(str(NamedNode(node)) for node in nodes)),
                    prefixes=dict(prefixes),
                )
                if isinstance(rows, QuerySolutions):
                    known = {row[_THIS] for row in rows}
                    return [node for node in nodes if NamedNode(node) in known]
            except (SyntaxError, ValueError, RuntimeError):
                pass  # then each is asked about alone
        return [node for node in nodes if self.may_find(sparql, node, prefixes)]

    def may_find(self, sparql: str, this: str, prefixes: Mapping[str, str]) -> bool:
        """Whether a query has an answer for ``$this``, by values; true if Oxigraph cannot tell."""
        try:
            found = self._quick.query(
                sparql, prefixes=dict(prefixes), substitutions={_THIS: NamedNode(this)}
            )
            return not isinstance(found, QuerySolutions) or next(found, None) is not None
        except (SyntaxError, ValueError, RuntimeError):
            return True


def for_many(sparql: str) -> str | None:
    """The same query with ``{}`` for the nodes that it is asked about; nothing if it says another.

    A node that stands in each row joins as one that is put in the query's place, where the query
    matches it in patterns only, and neither counts nor cuts rows of several nodes together.
    """
    plain = _OPAQUE.sub(lambda match: " " * len(match[0]), sparql).replace("?this", "$this")
    head, brace, body = plain.partition("{")
    if not brace or _OWN_SCOPE.search(body) or len(re.findall("(?i)select", head)) != 1:
        return None
    if _COUNTED.search(plain) and not _BY_THIS.search(body):
        return None
    depth = 0
    for sign in re.findall(r"[()]|\$this\b", head + body):
        depth += (sign == "(") - (sign == ")")
        if depth and sign == "$this":
            return None
    if "$this" not in head:
        return None
    at = len(head) + 1
    first, rest = (
        part.replace("{", "{{").replace("}", "}}") for part in (sparql[:at], sparql[at:])
    )
    return f"{first} VALUES $this {{{{ {{}} }}}} {rest}"


def prepared(text: str, prefixes: Mapping[str, str] | None = None) -> Query:
    """A query as rdflib answers it. Raises ``QuerySyntaxError`` for what it cannot read."""
    # These take a moment, and few checks need them.
    from rdflib.plugins.sparql import prepareQuery

    from allograph.rdf.sparql.refusals import NOT_PARSED

    try:
        return prepareQuery(text, initNs=dict(prefixes or {}))
    except NOT_PARSED as error:
        raise QuerySyntaxError(str(error)) from error
    except Exception as error:
        # rdflib has no class for a prefix that is not declared, nor for what its algebra does not
        # expect: it raises ``Exception`` itself. Any other class is a bug, and keeps its traceback.
        if type(error) is not Exception:
            raise
        raise QuerySyntaxError(str(error)) from error


_prepared = cache(prepared)
"""pySHACL asks the same text once for each focus node."""
