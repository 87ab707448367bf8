"""Say what is wrong with a query that a store refuses: where, why, and the cure where we know it.

A store tells where it gave up, which may be behind the end. So the tokens are read again: a
character that nobody sees, a bracket that is not closed, an unknown function, a name in scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from allograph.errors import QuerySyntaxError
from allograph.namespaces import NO_NAMESPACES, Namespaces
from allograph.rdf.sparql.characters import article, cure_of, is_blank, is_plain, name_of, shown
from allograph.rdf.sparql.parser import Unexpected, beginnings, keywords, parse
from allograph.rdf.sparql.scope import Mistake, mistakes_of_scope
from allograph.rdf.sparql.tokens import (
    Token,
    behind_prologue,
    character_of,
    position_of,
    prefixes_of,
    tokens_of,
)

CLOSERS = {"(": ")", "{": "}", "[": "]", "<<(": ")>>", "<<": ">>", "{|": "|}"}
_ESCAPE = re.compile(r"\\(?:[tbnrf\"'\\]|(?P<code>u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}))")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_IRI = re.compile(r"<([^<>\r\n]*)>")
_NOT_IN_IRI = re.compile(r'[<>"{}|^`\\\x00-\x20]')
_PRODUCTIONS = (
    ("Expression", "an expression"),
    ("Constraint", "a condition in brackets"),
    ("GraphPatternNotTriples", "another pattern"),
    ("GraphNode", "a term"),
    ("Property", "a predicate"),
)
_OPERATORS = {"||", "&&", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/", "IN", "NOT"}
_RARE = {"<<", "<<(", "{|", "|}", "~"}
_NAMES = {
    "variable": "a variable",
    "iri": "an IRI in < >",
    "name": "an IRI",
    "prefix": "a prefix with its colon",
    "string": "a text in quotes",
    "number": "a number",
    "tag": "a language tag",
    "blank": "a blank node",
}
MOST_EXPECTED = 6


def explained(text: str, store_says: QuerySyntaxError) -> QuerySyntaxError:
    """The first mistake of a text that a store refused; what the store says if we find none."""
    tokens = tokens_of(text)
    if first := _first_mistake(text, tokens):
        return QuerySyntaxError(first.message, *position_of(text, first.offset))
    return _within(text, tokens, store_says)


def _first_mistake(text: str, tokens: Sequence[Token]) -> Mistake | None:
    """What the tokens tell; only if they are all well, what the scopes of variables tell."""
    end, mistakes = len(text), [*_bad_escapes(tokens), *undeclared(tokens)]
    last: Mistake | None = None
    try:
        tree = parse(tokens)
    except Unexpected as unexpected:
        end = unexpected.token.start if unexpected.token else end
        last = _explain(text, tokens, unexpected)
    else:
        try:
            last = None if mistakes else next(iter(mistakes_of_scope(tree)), None)
        except RecursionError:
            last = None  # the store, whose stack is deeper, has the word
    before = [mistake for mistake in mistakes if mistake.offset < end]
    return min(before, key=lambda mistake: mistake.offset, default=last)


def undeclared(
    tokens: Sequence[Token], namespaces: Namespaces = NO_NAMESPACES
) -> Iterator[Mistake]:
    """The names whose prefix the query does not declare, with the lines that would declare them.

    SPARQL has no prefixes of its own (Query, section 4.1.1), so none is added here: a query means
    the same at every endpoint.
    """
    declared = prefixes_of(tokens)
    cure = _lines_to_add(tokens, declared, namespaces)
    for token in tokens[behind_prologue(tokens) :]:
        prefix = token.text.partition(":")[0]
        if token.kind in ("name", "prefix") and prefix not in declared:
            unseen = next((place for place, each in enumerate(prefix) if is_blank(each)), None)
            yield (
                Mistake(token.start, f"the prefix {prefix}: is not declared{cure}")
                if unseen is None
                else _stands_here(token.start + unseen, prefix[unseen])
            )


def _lines_to_add(
    tokens: Sequence[Token], declared: Mapping[str, str], namespaces: Namespaces
) -> str:
    """The cure for the prefixes that we know: all of their lines, so that one look is enough."""
    used = {each.text.partition(":")[0] for each in tokens if each.kind in ("name", "prefix")}
    known = [item for item in namespaces.items() if item[0] in used - declared.keys()]
    lines = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in known)
    return f"; begin the query with {lines}" if lines else ""


def _stands_here(offset: int, character: str) -> Mistake:
    return Mistake(offset, f"{article(name_of(character))} stands here{cure_of(character)}")


def _bad_escapes(tokens: Sequence[Token]) -> Iterator[Mistake]:
    for token in tokens:
        if token.kind != "string":
            continue
        for match in _ESCAPED.finditer(token.text):
            escape = _ESCAPE.match(token.text, match.start())
            if not escape or (escape["code"] and not character_of(escape["code"][1:])):
                yield Mistake(
                    token.start + match.start(),
                    f"{shown((escape or match)[0])} is no escape of a text; "
                    "write \\\\ for a backslash",
                )


def _explain(text: str, tokens: Sequence[Token], unexpected: Unexpected) -> Mistake:
    """The mistake at a token that does not fit, or at the end."""
    token = unexpected.token
    index = tokens.index(token) if token else len(tokens)
    if token:
        for candidate in tokens[index : index + 2]:
            touches = candidate is token or candidate.start == token.end
            if candidate.kind == "stray" and touches and not is_plain(candidate.text):
                return _stands_here(candidate.start, candidate.text)
        if special := _special(text, token, unexpected.expected):
            return special
    place = token.start if token else tokens[-1].end if tokens else 0
    if about_brackets := _bracket(text, tokens[:index], token, place):
        return about_brackets
    said = "this does not belong here" if token else "the query ends too early"
    return Mistake(place, f"{said}; expected {_readable(unexpected.expected)}")


def _bracket(text: str, before: Sequence[Token], token: Token | None, place: int) -> Mistake | None:
    """A bracket that is missing, or one too many, at a token or at the end."""
    opened = _open_brackets(before)
    is_closer = token is not None and token.text in CLOSERS.values()
    if token and is_closer and token.text not in [CLOSERS[each.text] for each in opened]:
        return Mistake(place, f"this {token.text} closes nothing")
    if not opened or not (token is None or is_closer):
        return None
    bracket, closer = opened[-1], CLOSERS[opened[-1].text]
    if token and token.text == closer:
        return None
    line, column = position_of(text, bracket.start)
    return Mistake(
        place,
        f"a {closer} is missing here: the {bracket.text} of line {line}, column {column} is not "
        "closed",
    )


def _special(text: str, token: Token, expected: frozenset[str]) -> Mistake | None:
    """A mistake that shows in the token itself: an open string, a bad IRI, an unknown word."""
    if token.kind == "unclosed":
        long = token.text.startswith(('"""', "'''"))
        quotes = token.text[:3] if long else token.text[0]
        return Mistake(token.start, f"the text that begins here is not closed by {quotes}")
    iri = _IRI.match(text, token.start)
    if iri and (bad := _NOT_IN_IRI.search(text, iri.start(1), iri.end(1))):
        name = name_of(bad[0]) if is_blank(bad[0]) else bad[0]
        return Mistake(bad.start(), f"an IRI holds no {name}; write %{ord(bad[0]):02X}")
    if token.kind == "word" and token.key not in keywords() and token.text != "a":
        is_called = text[token.end :].lstrip(" \t\r\n").startswith("(")
        close = get_close_matches(token.text.upper(), sorted(keywords() & expected), n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        if is_called:
            return Mistake(token.start, f"there is no function {token.text}{hint}")
        hint = hint or f"; expected {_readable(expected)}"
        return Mistake(token.start, f"{token.text} does not belong here{hint}")
    return None


def _open_brackets(tokens: Sequence[Token]) -> list[Token]:
    """The brackets that are still open behind some tokens, outermost first."""
    opened: list[Token] = []
    for token in tokens:
        if token.kind == "mark" and token.text in CLOSERS:
            opened.append(token)
        elif opened and token.kind == "mark" and token.text == CLOSERS[opened[-1].text]:
            opened.pop()
    return opened


def _readable(expected: frozenset[str]) -> str:
    """What is expected, for people: ``)`` or ``an operator``."""
    remaining = set(expected)
    words: list[str] = []
    for production, word in _PRODUCTIONS:
        if beginnings(production) <= remaining:
            remaining -= beginnings(production)
            words.append(word)
    if remaining >= {"&&", "||"}:
        remaining -= _OPERATORS
        words.append("an operator")
    if "name" in remaining:
        remaining -= {"iri", "prefix"}
    named = sorted(_NAMES.get(key, key) for key in remaining - _RARE)
    return " or ".join([*named, *words][:MOST_EXPECTED])


def _within(text: str, tokens: Sequence[Token], store_says: QuerySyntaxError) -> QuerySyntaxError:
    """What the store says, at a place that is in the text."""
    line, column = store_says.line, store_says.column
    if not tokens or line is None or column is None:
        return store_says
    last = position_of(text, tokens[-1].start)
    return QuerySyntaxError(store_says.message, *min((line, column), last))
