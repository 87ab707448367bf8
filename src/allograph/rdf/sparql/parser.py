"""Parse a query by its grammar, into a tree that knows the place of everything.

The parser keeps its own stack, so that nesting costs memory and no recursion. It stops at the
first token that does not fit, and tells what would have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias

from allograph.rdf.sparql.grammar import PRODUCTIONS
from allograph.rdf.sparql.tokens import Token

_PART = re.compile(r"'(?P<quoted>[^']+)'|(?P<name>\w+)|(?P<mark>[()|?*+])")
_END = Token("end", "", -1, -1)


@dataclass(frozen=True, eq=False)
class Phrase:
    """A production of the grammar, and the tokens and phrases that it was found to hold."""

    production: str
    parts: list[Phrase | Token] = field(default_factory=list)

    def phrases(self, *productions: str, within: Sequence[str] = ()) -> Iterator[Phrase]:
        """The phrases of some productions below it, in order; not below those of ``within``."""
        stack = self.parts[::-1]
        while stack:
            part = stack.pop()
            if isinstance(part, Token):
                continue
            if part.production in productions:
                yield part
            if part.production not in within:
                stack.extend(reversed(part.parts))

    def tokens(self, *, within: Sequence[str] = ()) -> Iterator[Token]:
        """The tokens below it, in order; not those below phrases of the productions ``within``."""
        stack = self.parts[::-1]
        while stack:
            part = stack.pop()
            if isinstance(part, Token):
                yield part
            elif part.production not in within:
                stack.extend(reversed(part.parts))

    def child(self, production: str) -> Phrase | None:
        """The first part that is a phrase of this production."""
        return next((part for part in self.children(production)), None)

    def children(self, *productions: str) -> Iterator[Phrase]:
        """The parts that are phrases of some productions."""
        return (
            part
            for part in self.parts
            if isinstance(part, Phrase) and part.production in productions
        )

    def variable(self) -> Token | None:
        """The last part that is a variable itself, as behind AS."""
        return next(
            (p for p in reversed(self.parts) if isinstance(p, Token) and p.kind == "variable"), None
        )


class Unexpected(Exception):
    """A token that does not fit, or the end of the query where more is expected."""

    def __init__(self, token: Token | None, expected: frozenset[str]) -> None:
        super().__init__(token)
        self.token = token
        self.expected = expected


@dataclass(frozen=True, eq=False)
class _Terminal:
    """One token."""

    key: str


@dataclass(frozen=True, eq=False)
class _Production:
    """One phrase."""

    name: str


@dataclass(frozen=True, eq=False)
class _Sequence:
    """All of its parts, one after another."""

    parts: tuple[_Part, ...]


@dataclass(frozen=True, eq=False)
class _Choice:
    """One of its branches."""

    branches: tuple[_Part, ...]


@dataclass(frozen=True, eq=False)
class _Repeat:
    """Its part, at least and at most so often."""

    part: _Part
    many: bool


_Part: TypeAlias = _Terminal | _Production | _Sequence | _Choice | _Repeat


def parse(tokens: Sequence[Token]) -> Phrase:
    """The tree of a query; raises ``Unexpected`` at the first token that does not fit."""
    grammar = _grammar()
    root = Phrase("Query")
    stack: list[tuple[_Part, Phrase]] = [(grammar.productions["Query"], root)]
    remaining = iter(tokens)
    token = next(remaining, _END)
    passed_over: set[str] = set()
    while stack:
        part, phrase = stack.pop()
        first, may_be_empty = grammar.first(part)
        if token.key not in first and not isinstance(part, _Sequence):
            passed_over |= first
            if not may_be_empty:
                raise Unexpected(token if token is not _END else None, frozenset(passed_over))
            continue
        match part:
            case _Terminal():
                phrase.parts.append(token)
                token = next(remaining, _END)
                passed_over = set()
            case _Production(name):
                child = Phrase(name)
                phrase.parts.append(child)
                stack.append((grammar.productions[name], child))
            case _Sequence(parts):
                stack.extend((each, phrase) for each in reversed(parts))
            case _Choice(branches):
                fitting = (each for each in branches if token.key in grammar.first(each)[0])
                stack.append((next(fitting), phrase))
            case _Repeat(repeated, many):
                if many:
                    stack.append((part, phrase))
                stack.append((repeated, phrase))
    if token is not _END:
        raise Unexpected(token, frozenset(passed_over))
    return root


class _Grammar:
    """The productions, and the tokens that each part can begin with."""

    def __init__(self, productions: Mapping[str, _Part]) -> None:
        self.productions = productions
        self._first: dict[_Part, tuple[frozenset[str], bool]] = {}

    def first(self, part: _Part) -> tuple[frozenset[str], bool]:
        """The keys of the tokens that a part can begin with, and whether it may be empty."""
        if part not in self._first:
            self._first[part] = self._compute(part)
        return self._first[part]

    def _compute(self, part: _Part) -> tuple[frozenset[str], bool]:
        match part:
            case _Terminal(key):
                return frozenset([key]), False
            case _Production(name):
                return self.first(self.productions[name])
            case _Repeat(repeated, _):
                return self.first(repeated)[0], True
            case _Choice(branches):
                found = [self.first(each) for each in branches]
                return frozenset().union(*(keys for keys, _ in found)), any(e for _, e in found)
            case _Sequence(parts):
                keys: frozenset[str] = frozenset()
                for each in parts:
                    more, may_be_empty = self.first(each)
                    keys |= more
                    if not may_be_empty:
                        return keys, False
                return keys, True


@cache
def _grammar() -> _Grammar:
    text = re.sub(r"\n +", " ", PRODUCTIONS)
    productions = dict(line.split(": ", 1) for line in text.strip().split("\n"))
    return _Grammar(
        {
            name: _read_choice(_read_parts(production, productions))
            for name, production in productions.items()
        }
    )


@cache
def beginnings(production: str) -> frozenset[str]:
    """The keys of the tokens that a production can begin with."""
    grammar = _grammar()
    return grammar.first(grammar.productions[production])[0]


@cache
def keywords() -> frozenset[str]:
    """The words of the grammar, in capitals."""
    return frozenset(word.upper() for word in re.findall(r"'([A-Za-z]\w+)'", PRODUCTIONS))


def _read_parts(production: str, productions: Mapping[str, str]) -> list[_Part | str]:
    """A production as terminals, other productions, and the marks between them, last part first."""
    parts: list[_Part | str] = []
    for match in _PART.finditer(production):
        if match["quoted"]:
            parts.append(_Terminal(_key(match["quoted"])))
        elif match["name"]:
            name = match["name"]
            parts.append(_Production(name) if name in productions else _Terminal(name))
        else:
            parts.append(match["mark"])
    return parts[::-1]


def _key(quoted: str) -> str:
    return quoted if quoted == "a" else quoted.upper()


def _read_choice(parts: list[_Part | str]) -> _Part:
    """Take branches, up to a closing bracket or the end."""
    branches = [_read_sequence(parts)]
    while parts and parts[-1] == "|":
        parts.pop()
        branches.append(_read_sequence(parts))
    return branches[0] if len(branches) == 1 else _Choice(tuple(branches))


def _read_sequence(parts: list[_Part | str]) -> _Part:
    """Take parts with their repetitions, up to the end of a branch."""
    found: list[_Part] = []
    while parts and parts[-1] not in ("|", ")"):
        part = parts.pop()
        if part == "(":
            part = _read_choice(parts)
            parts.pop()
        if isinstance(part, str):
            raise ValueError(f"the grammar has {part} where a part is expected")
        match parts[-1] if parts else "":
            case "?":
                found.append(_Repeat(part, many=False))
            case "*":
                found.append(_Repeat(part, many=True))
            case "+":
                found += [part, _Repeat(part, many=True)]
            case _:
                found.append(part)
                continue
        parts.pop()
    return found[0] if len(found) == 1 else _Sequence(tuple(found))
