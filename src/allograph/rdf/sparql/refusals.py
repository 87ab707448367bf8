"""Check a query before it is run: updates, LOAD and SERVICE are refused wherever they hide.

Oxigraph follows SERVICE to any address, so we look for it in rdflib's parse tree. In a query that
rdflib cannot parse (SPARQL 1.2, or a mistake) whatever looks like a SERVICE clause is refused,
wherever it stands: what is a string, an IRI or a comment only a parser can tell, as in
``FILTER(1<2)SERVICE#>``. The rest is left to the store, whose messages give line and column.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import urljoin

from pyparsing import ParseException
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from allograph.errors import QueryRefused, QuerySyntaxError
from allograph.namespaces import ENDPOINT, NO_NAMESPACES, Namespaces
from allograph.rdf.opaque import OPAQUE
from allograph.rdf.sparql.mistakes import undeclared
from allograph.rdf.sparql.tokens import (
    Token,
    base_of,
    character_of,
    expanded,
    position_of,
    prefixes_of,
    tokens_of,
    without_mark,
)

NOT_PARSED = (ParseException, TypeError, ValueError, OverflowError)
"""What rdflib's parser raises; by mistake a ``TypeError`` for ``?s ?p -1.0``, the last two for
escapes beyond U+10FFFF."""

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
_LOCAL_ESCAPE = re.compile(r"\\([_~.\-!$&'()*+,;=/?#@%])")
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")


def check_query(
    text: str, services: Collection[str] = (), namespaces: Namespaces = NO_NAMESPACES
) -> None:
    """Refuse what is not run here, and name a prefix that is not declared.

    ``services`` are the IRIs of the endpoints that SERVICE may name; of a prefix of ``namespaces``
    the line is said that declares it.
    """
    plain = _OPAQUE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), expanded(text))
    tokens = tokens_of(text)
    if not tokens:
        raise QuerySyntaxError("the query is empty", 1, 1)
    try:
        tree = parseQuery(without_mark(text))
    except NOT_PARSED:
        _refuse_on_sight(text, plain)
        return
    except RecursionError:
        _refuse_on_sight(text, plain)
        raise QuerySyntaxError("the query is nested too deeply") from None
    for node in _nodes(tree):
        if node.name == "ServiceGraphPattern" and str(node["term"]) not in services:
            raise QueryRefused(
                f"SERVICE is refused: {node['term']} is not among the endpoints allowed here"
            )
    for mistake in undeclared(tokens, namespaces):
        raise QuerySyntaxError(mistake.message, *position_of(text, mistake.offset))


def explain(
    mistake: QuerySyntaxError,
    text: str,
    services: Collection[str] = (),
    namespaces: Namespaces = NO_NAMESPACES,
) -> QuerySyntaxError:
    """What a store found wrong, unless the query is one that is refused: then that is raised."""
    check_query(text, services, namespaces)
    for cured in undeclared(tokens_of(text), namespaces):
        place = position_of(text, cured.offset)
        return QuerySyntaxError(cured.message, *place) if place == _place(mistake) else mistake
    return mistake


def _place(mistake: QuerySyntaxError) -> tuple[int | None, int | None]:
    return mistake.line, mistake.column


def dataset_of(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The default and the named graphs of a query that names several, each once; else nothing.

    A graph named twice is the same graph (SPARQL 1.1 Query, section 13.2).
    """
    if "FROM" not in text.upper():
        return (), ()
    tokens = tokens_of(text)
    prefixes, base = prefixes_of(tokens), urljoin(ENDPOINT, base_of(tokens))
    default: list[str] = []
    named: list[str] = []
    for index, token in enumerate(tokens):
        match token.key, [each.key for each in tokens[index + 1 : index + 3]]:
            case "FROM", ["NAMED", _]:
                named.append(iri_of(tokens[index + 2], prefixes, base))
            case "FROM", [_, *_]:
                default.append(iri_of(tokens[index + 1], prefixes, base))
    if len(default + named) < 2 or not all(map(_ABSOLUTE.match, default + named)):
        return (), ()
    return tuple(dict.fromkeys(default)), tuple(dict.fromkeys(named))


def iri_of(token: Token, prefixes: Mapping[str, str], base: str) -> str:
    """The IRI that a token stands for (sections 4.1.1 and 19.2)."""
    if token.kind == "iri":
        return _resolved(base, _decoded(token.text[1:-1]))
    prefix, _, local = token.text.partition(":")
    namespace = _resolved(base, _decoded(prefixes.get(prefix, "")))
    return namespace + _LOCAL_ESCAPE.sub(r"\1", local)


def _resolved(base: str, iri: str) -> str:
    """An IRI relative to a base; ``urljoin`` takes an empty fragment for none."""
    joined = urljoin(base, iri)
    return f"{joined}#" if iri.endswith("#") and not joined.endswith("#") else joined


def _decoded(iri: str) -> str:
    return _CODEPOINT.sub(lambda match: character_of(match[1] or match[2]), iri)


def services_named_in(text: str) -> tuple[str, ...]:
    """The IRIs of the endpoints that SERVICE names, as they are written."""
    tokens = tokens_of(text)
    named = [
        tokens[index + 1 + (tokens[index + 1].key == "SILENT")]
        for index, token in enumerate(tokens[:-2])
        if token.key == "SERVICE"
    ]
    return tuple(dict.fromkeys(token.text[1:-1] for token in named if token.kind == "iri"))


def may_call_a_service(text: str) -> bool:
    """Tell whether a query may hold SERVICE, so that it must be checked before it is run."""
    return bool(_SERVICE.search(text) or _SERVICE.search(expanded(text)))


def _refuse_on_sight(text: str, plain: str) -> None:
    if may_call_a_service(text):
        raise QueryRefused("SERVICE is refused: a query is answered from this graph alone")
    if match := _UPDATE.search(plain):
        raise QueryRefused(
            f"{match[0].upper()} is refused: the graph is read-only; to change it, change its files"
        )


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
