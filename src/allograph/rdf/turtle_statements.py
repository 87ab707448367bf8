"""Find where each triple of a curated file is written, to name its line or to edit its object.

Curated files have no blank nodes, so a statement is a subject, then predicates and their objects.
What stands in brackets (in the shapes) is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from allograph.rdf.turtle_tokens import PATTERNS, TOKEN, Token, tokens_of
from allograph.rdf.vocabularies import RDF
from allograph.text.lines import line_ends

SUBJECT, PREDICATE, OBJECT = range(3)
DIRECTIVES = frozenset({"prefix", "@prefix", "base", "@base"})
_BETWEEN = re.compile(rf"(?:{PATTERNS['space']}|{PATTERNS['comment']})*+", re.DOTALL)
_TERM = "|".join(f"(?:{pattern})" for kind, pattern in PATTERNS.items() if kind != "mark")
_REST = re.compile(rf"(?:{_TERM}|[\[\]();,])*+\.", re.DOTALL)
"""What follows the subject of a statement, to its end."""
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_AFTER = {".": SUBJECT, ";": PREDICATE, ",": OBJECT}
"""A dot ends the statement, a semicolon its predicate; a comma keeps both."""
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
    subject = predicate = ""
    for role, value, token in _terms_in(text, shown_as):
        if role == SUBJECT:
            subject = value
        elif role == PREDICATE:
            predicate = value
        else:
            yield Written(subject, predicate, value, token.line, token.start, token.end)


def subject_lines(text: str, shown_as: str) -> dict[str, int]:
    """The first line on which each subject stands in column one, by its IRI.

    Statements are passed over in one piece behind their subject, for every check asks each file.
    """
    names, position = _Names(), 0
    lines: dict[str, int] = {}
    line, counted = 1, 0
    is_directive = False
    while (start := _between(text, position)) < len(text):
        match = TOKEN.match(text, start)
        if match is None or match.lastgroup is None or match[0] in "[(":
            return _subject_lines_by_terms(text, shown_as)
        line, counted = line + line_ends(text[counted:start]), start
        token, position = Token(match.lastgroup, match[0], start, line), match.end()
        if is_directive:
            is_directive = not names.declare(token)
        elif token.text.lower() in DIRECTIVES:
            is_directive = True
        elif token.kind != "mark":
            if text[start - 1 : start] in ("", "\n", "\r"):
                lines.setdefault(names.value_of(token), line)
            rest = _REST.match(text, position)
            if rest is None:
                return _subject_lines_by_terms(text, shown_as)
            position = rest.end()
    return lines


def _between(text: str, position: int) -> int:
    """Where the next term or mark stands: behind white space and comments."""
    match = _BETWEEN.match(text, position)
    return match.end() if match else position


def _subject_lines_by_terms(text: str, shown_as: str) -> dict[str, int]:
    """The same, term by term: for what has brackets in a subject's place, or is no Turtle."""
    lines: dict[str, int] = {}
    for role, value, token in _terms_in(text, shown_as):
        if role == SUBJECT and text[token.start - 1 : token.start] in ("", "\n", "\r"):
            lines.setdefault(value, token.line)
    return lines


def _terms_in(text: str, shown_as: str) -> Iterator[tuple[int, str, Token]]:
    """Each term of each statement: its role, its IRI or lexical form, and its token."""
    names = _Names()
    role, depth, directive, before = SUBJECT, 0, False, ""
    for token in tokens_of(text, shown_as):
        if token.kind == "comment":
            continue
        kind_before, before = before, token.kind
        if token.kind == "mark":
            depth += (token.text in "[(") - (token.text in "])")
            if not depth:
                role = _AFTER.get(token.text, min(role + 1, OBJECT))
        elif depth or token.kind == "datatype" or _belongs_to_literal(token, kind_before):
            continue
        elif token.text.lower() in DIRECTIVES:
            directive = True
        elif directive:
            directive = not names.declare(token)
        else:
            yield role, names.value_of(token), token
            role = min(role + 1, OBJECT)


class _Names:
    """The prefixes and the base that hold at some place of a file."""

    def __init__(self) -> None:
        self._prefixes: dict[str, str] = {}
        self._base = ""
        self._declared: str | None = None

    def declare(self, token: Token) -> bool:
        """Take the next word of a directive; true when it was the last."""
        if token.kind == "name":
            self._declared = token.text[:-1]
            return False
        if self._declared is None:
            self._base = self.value_of(token)
        else:
            self._prefixes[self._declared] = self.value_of(token)
            self._declared = None
        return True

    def value_of(self, token: Token) -> str:
        """The IRI, or the lexical form, that a term stands for."""
        match token.kind:
            case "iri":
                iri = _unescaped(token.text[1:-1])
                return urljoin(self._base, iri) if self._base else iri
            case "string":
                quotes = 3 if token.text[:3] in ('"""', "'''") else 1
                return _unescaped(token.text[quotes:-quotes])
            case "name":
                prefix, _colon, local = token.text.partition(":")
                return self._prefixes.get(prefix, f"{prefix}:") + re.sub(r"\\(.)", r"\1", local)
            case _:
                return RDF.type if token.text == "a" else token.text


def _belongs_to_literal(token: Token, kind_before: str) -> bool:
    """A language tag, or the IRI of a datatype."""
    return kind_before == "datatype" or (token.kind == "at" and kind_before == "string")


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        four, eight, other = match.groups()
        return _CONTROL.get(other, other) if other else chr(int(four or eight, 16))

    return _ESCAPE.sub(character, text)
