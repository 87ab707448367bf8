"""Find where each triple of a curated file is written, to name its line or to edit its object.

Curated files have no blank nodes, so a statement is a subject, then predicates and their objects.
What stands in brackets (in the shapes) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allograph.layout.tokens import Token, tokens_of

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_CONTROL = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True)
class Written:
    """A triple as it is written; ``line`` and ``start`` to ``end`` are those of its object.

    Of a literal they cover the string, not the language tag or the datatype behind it.
    """

    subject: str
    predicate: str
    value: str
    line: int
    start: int
    end: int


def written_in(text: str, shown_as: str) -> Iterator[Written]:
    """The triples of a file in order; terms are their IRI or their lexical form."""
    prefixes: dict[str, str] = {}
    roles: list[str] = []
    depth = 0
    tokens = [token for token in tokens_of(text, shown_as) if token.kind != "comment"]
    for index, token in enumerate(tokens):
        if token.kind == "mark":
            depth += (token.text in "[(") - (token.text in "])")
            if depth or token.text in "])":
                continue
            # A dot ends the statement, a semicolon its predicate; a comma keeps both.
            roles = roles[: {".": 0, ";": 1, ",": 2}[token.text]]
        elif depth or token.kind == "datatype" or _belongs_to_literal(tokens, index):
            continue
        elif _is_prefix(tokens, index):
            prefixes[token.text[:-1]] = _value(tokens[index + 1], prefixes)
        elif _is_directive(token):
            roles = ["directive"]
        elif roles == ["directive"]:
            roles = []
        elif len(roles) < 2:
            roles.append(_value(token, prefixes))
        else:
            subject, predicate = roles
            value = _value(token, prefixes)
            yield Written(subject, predicate, value, token.line, token.start, token.end)


def _is_directive(token: Token) -> bool:
    return token.text.lower().removeprefix("@") in ("prefix", "base")


def _is_prefix(tokens: list[Token], index: int) -> bool:
    before = tokens[index - 1].text.lower().removeprefix("@") if index else ""
    return before == "prefix" and tokens[index].kind == "name"


def _belongs_to_literal(tokens: list[Token], index: int) -> bool:
    """A language tag, or the IRI of a datatype."""
    token = tokens[index]
    if token.kind == "at":
        return index > 0 and tokens[index - 1].kind == "string"
    return index > 0 and tokens[index - 1].kind == "datatype"


def _value(token: Token, prefixes: dict[str, str]) -> str:
    match token.kind:
        case "iri":
            return _unescaped(token.text[1:-1])
        case "string":
            quotes = 3 if token.text[:3] in ('"""', "'''") else 1
            return _unescaped(token.text[quotes:-quotes])
        case "name":
            prefix, _colon, local = token.text.partition(":")
            return prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
        case _:
            return RDF_TYPE if token.text == "a" else token.text


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        four, eight, other = match.groups()
        return _CONTROL.get(other, other) if other else chr(int(four or eight, 16))

    return _ESCAPE.sub(character, text)
