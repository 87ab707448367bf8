"""Check a query before it is run: updates, LOAD and SERVICE are refused wherever they hide.

Oxigraph follows SERVICE to any address, so we look for it in rdflib's parse tree. A query that
rdflib cannot parse (SPARQL 1.2, or a mistake) is refused on sight of the words outside strings,
IRIs and comments, and else left to the store, whose messages give line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_OPAQUE = re.compile(OPAQUE, re.DOTALL)
_WORD = r"(?<![\w?$:@.-]){}(?![\w.-])"
_SERVICE = re.compile(_WORD.format("SERVICE"), re.IGNORECASE)
_UPDATE = re.compile(
    _WORD.format("(?:INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)"), re.IGNORECASE
)
_DECLARED = re.compile(r"\bPREFIX\s+([^\s:]*):", re.IGNORECASE)


def check_query(text: str) -> None:
    """Refuse what is not run here, and name a prefix that is not declared."""
    plain = _OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    if not plain.strip():
        raise QuerySyntaxError("the query is empty", 1, 1)
    try:
        tree = parseQuery(text)
    except ParseException:
        _refuse_on_sight(plain)
        return
    except RecursionError:
        raise QuerySyntaxError("the query is nested too deeply") from None
    declared = set(_DECLARED.findall(plain))
    for node in _nodes(tree):
        if node.name == "ServiceGraphPattern":
            raise QueryRefused("SERVICE is refused: a query is answered from this graph alone")
        if node.name == "pname" and (prefix := node.get("prefix") or "") not in declared:
            raise _undeclared(prefix, plain)


def _refuse_on_sight(plain: str) -> None:
    if _SERVICE.search(plain):
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
