"""Divide Turtle into its tokens, comments included, each with its place.

The text is one that the parser has read before. ``grammar`` says how a token is spelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allograph.errors import Location, TurtleError
from allograph.rdf import names as grammar
from allograph.text.lines import line_ends

_PATTERNS = {
    "space": grammar.SPACE,
    "comment": grammar.COMMENT,
    "string": grammar.STRING,
    "iri": grammar.IRI,
    "at": grammar.LANGUAGE,
    "datatype": r"\^\^",
    "number": grammar.NUMBER,
    "name": f"{grammar.BLANK_NODE}|{grammar.NAME}",
    "word": "[A-Za-z]+",
    "mark": r"[\[\]();,.]",
}
_TOKEN = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()), re.DOTALL
)

NOT_READ = "Turtle 1.1 is read here, and this is no part of it"


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
            raise TurtleError(Location(shown_as, line), NOT_READ)
        if match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], position, line)
        line += line_ends(match[0])
        position = match.end()
