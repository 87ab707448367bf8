"""Check a query before it is run: updates, LOAD and SERVICE are refused wherever they hide.

Oxigraph follows SERVICE to any address, so we look for it in rdflib's parse tree. In a query that
rdflib cannot parse (SPARQL 1.2, or a mistake) whatever looks like a SERVICE clause is refused,
wherever it stands: what is a string, an IRI or a comment only a parser can tell, as in
``FILTER(1<2)SERVICE#>``. The rest is left to the store, whose messages give line and column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from allograph.errors import QueryRefused, QuerySyntaxError

OPAQUE = (
    r'"""(?:\\.|"{0,2}[^"\\])*"""'
    r"|'''(?:\\.|'{0,2}[^'\\])*'''"
    r'|"(?:\\.|[^"\\\r\n])*"'
    r"|'(?:\\.|[^'\\\r\n])*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|\\."
    r"|#[^\r\n]*"
)
"""Strings, IRIs, escapes and comments of SPARQL: what no keyword is read from."""

NOT_PARSED = (ParseException, TypeError)
"""What rdflib's parser raises; a ``TypeError`` by mistake, as for ``?s ?p -1.0``."""

_OPAQUE = re.compile(OPAQUE, re.DOTALL)
_SPACE = r"(?:\s|#[^\r\n]*(?:[\r\n]|$))*"
_SERVICE = re.compile(
    rf"SERVICE{_SPACE}(?:SILENT{_SPACE})?"
    rf"(?:<[^<>\s{{}}]*>|[?$][^\s{{}}]+|[^\s<>{{}}?$]*:[^\s{{}}]*){_SPACE}\{{",
    re.IGNORECASE,
)
"""A whole SERVICE clause, read generously: more than any parser takes for one, never less."""

_UPDATE = re.compile(
    r"(?<![\w?$:@.-])(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)(?![\w.-])",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bFROM\b", re.IGNORECASE)
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)


def check_query(text: str, services: Collection[str] = ()) -> None:
    """Refuse what is not run here, and name a prefix that is not declared.

    ``services`` are the IRIs of the endpoints that SERVICE may name.
    """
    plain = _OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    if not plain.strip():
        raise QuerySyntaxError("the query is empty", 1, 1)
    try:
        tree = parseQuery(text)
    except NOT_PARSED:
        _refuse_on_sight(text, plain)
        return
    except RecursionError:
        _refuse_on_sight(text, plain)
        raise QuerySyntaxError("the query is nested too deeply") from None
    declared = set(_DECLARED.findall(plain))
    for node in _nodes(tree):
        if node.name == "ServiceGraphPattern" and str(node["term"]) not in services:
            raise QueryRefused(
                f"SERVICE is refused: {node['term']} is not among the endpoints allowed here"
            )
        if node.name == "pname":
            prefix = _prefix(node)
            if prefix not in declared:
                raise _undeclared(prefix, plain)


def explain(
    mistake: QuerySyntaxError, text: str, services: Collection[str] = ()
) -> QuerySyntaxError:
    """Say better what a store found wrong: what is refused, or where the mistake begins.

    A store tells where it gave up, which may be lines after the mistake.
    """
    check_query(text, services)
    try:
        parseQuery(text)
    except TypeError:
        return mistake
    except ParseException as found:
        if (found.lineno, found.column) < (mistake.line or 0, mistake.column or 0):
            return QuerySyntaxError("this does not belong here", found.lineno, found.column)
    return mistake


def graphs_named_twice(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The default and the named graphs of a query that names one twice, each once; else nothing.

    A graph named twice is the same graph (SPARQL 1.1 Query, section 13.2), and Oxigraph counts its
    triples twice.
    """
    if len(_FROM.findall(text)) < 2:
        return (), ()
    try:
        nodes = list(_nodes(parseQuery(text)))
    except (*NOT_PARSED, RecursionError):
        return (), ()
    prefixes = {_prefix(node): str(node["iri"]) for node in nodes if node.name == "PrefixDecl"}
    clauses = [node for node in nodes if node.name == "DatasetClause"]
    graphs = [
        [_iri(clause[kind], prefixes) for clause in clauses if kind in clause]
        for kind in ("default", "named")
    ]
    default, named = (tuple(dict.fromkeys(iris)) for iris in graphs)
    return (default, named) if len(default) + len(named) < len(clauses) else ((), ())


def _iri(term: object, prefixes: Mapping[str, str]) -> str:
    """The IRI that a term of rdflib's parse tree stands for."""
    if isinstance(term, CompValue):
        local = term["localname"] if "localname" in term else ""  # noqa: SIM401  # as below
        return prefixes.get(_prefix(term), "") + local
    return str(term)


def _prefix(node: CompValue) -> str:
    return node["prefix"] if "prefix" in node else ""  # noqa: SIM401  # its get() differs


def may_call_a_service(text: str) -> bool:
    """Tell whether a query may hold SERVICE, so that it must be checked before it is run."""
    return bool(_SERVICE.search(text))


def _refuse_on_sight(text: str, plain: str) -> None:
    if may_call_a_service(text):
        raise QueryRefused("SERVICE is refused: a query is answered from this graph alone")
    if match := _UPDATE.search(plain):
        raise QueryRefused(
            f"{match[0].upper()} is refused: the graph is read-only; to change it, change its files"
        )


def _undeclared(prefix: str, plain: str) -> QuerySyntaxError:
    match = re.search(rf"(?<![\w?$:@-]){re.escape(prefix)}:", plain)
    start = match.start() if match else 0
    line = plain.count("\n", 0, start) + 1
    column = start - plain.rfind("\n", 0, start)
    return QuerySyntaxError(f"the prefix {prefix}: is not declared", line, column)


def _nodes(tree: object) -> Iterator[CompValue]:
    """Every named node of rdflib's parse tree, itself included, without recursion."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, CompValue):
            yield node
            stack.extend(reversed(node.values()))
        elif not isinstance(node, str) and hasattr(node, "__iter__"):
            stack.extend(reversed(list(node)))
