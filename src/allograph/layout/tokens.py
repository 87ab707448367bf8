"""Divide Turtle into its tokens, comments included, each with its place.

The text is one that the parser has read before, so the tokens are those of section 6.5 of
https://www.w3.org/TR/turtle/, without its narrower ranges of characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allograph.errors import Location, TurtleError

_LOCAL = (
    r"(?:[\w:\-\u00b7]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
    r"|\.(?=\.*[\w:\-\u00b7%\\]))*"
)
_PATTERNS = {
    "space": r"\s+",
    "comment": r"#[^\n\r]*",
    "string": (
        r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""'
        r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
        r'|"(?:[^"\\\n\r]|\\.)*"'
        r"|'(?:[^'\\\n\r]|\\.)*'"
    ),
    "iri": r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>',
    "at": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*",
    "datatype": r"\^\^",
    "number": r"[+-]?(?:(?:\d+\.\d*|\.\d+|\d+)[eE][+-]?\d+|\d*\.\d+|\d+)",
    "name": rf"(?:_|[^\W\d_](?:[\w.\-]*[\w\-])?)?:{_LOCAL}",
    "word": r"[A-Za-z]+",
    "mark": r"[\[\]();,.]",
}
_TOKEN = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()), re.DOTALL
)


@dataclass(frozen=True)
class Token:
    """One token: its kind, its text, where it starts, and its line, counted from 1."""

    kind: str
    text: str
    start: int
    line: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def tokens_of(text: str, shown_as: str) -> Iterator[Token]:
    """All tokens but white space. Raises ``TurtleError`` where the text is no Turtle."""
    position, line = 0, 1
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None or match.lastgroup is None:
            raise TurtleError(Location(shown_as, line), "this is no Turtle: allograph check")
        if match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], position, line)
        line += match[0].count("\n")
        position = match.end()
