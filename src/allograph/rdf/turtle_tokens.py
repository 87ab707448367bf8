"""Divide Turtle into its tokens, comments included, each with its place.

The text is one that the parser has read before. ``grammar`` says how a token is spelt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from allograph.errors import Location, TurtleError
from allograph.rdf import names as grammar
from allograph.text.lines import line_ends

PATTERNS = {
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
TOKEN = re.compile(
    "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PATTERNS.items()), re.DOTALL
)

NOT_READ = "Turtle 1.1 is read here, and this is no part of it"


class Token(NamedTuple):
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
    position, line, match_at = 0, 1, TOKEN.match
    while position < len(text):
        match = match_at(text, position)
        if match is None or match.lastgroup is None:
            raise TurtleError(Location(shown_as, line), NOT_READ)
        found, kind = match[0], match.lastgroup
        if kind != "space":
            yield Token(kind, found, position, line)
        if "\n" in found or "\r" in found:
            line += line_ends(found)
        position = match.end()
