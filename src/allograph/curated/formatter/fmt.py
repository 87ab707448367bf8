"""Format Turtle in the project's style, and lose nothing.

Prefixes are written as in SPARQL, sorted and aligned. A subject stands in column one and alone on
its line, ``a`` comes first, then ``rdfs:label``, then the rest in the order of its author. Several
objects stay on one line where they stood on one and fit; else each has its own. A comment keeps its
place above or beside what it speaks of. The spelling of figures, names and texts never changes.

``turtlefmt`` (https://github.com/helsing-ai/turtlefmt) keeps comments as well, but its style is
fixed: ``@prefix`` without order or columns, the first predicate beside its subject, all objects on
one line, and escapes and quotes of its own choice.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from allograph.curated.formatter.printer import print_document
from allograph.curated.formatter.tree import Parser
from allograph.errors import FileError, Location
from allograph.rdf.turtle import canonical_triples
from allograph.rdf.turtle_tokens import tokens_of
from allograph.text.files import read_bytes, reason
from allograph.text.lines import text_of, with_line_feeds


def formatted(text: str, shown_as: str) -> str:
    """The text in the project's style; it says what it said before.

    A byte order mark is gone, and each line ends with LF.

    Raises ``TurtleError`` for a text that is no Turtle, and ``FileError`` rather than returning a
    text with other triples or comments.
    """
    text = with_line_feeds(text)
    triples = canonical_triples(text, shown_as)
    parser = Parser(text, shown_as)
    result = print_document(parser.document(), parser.rest)
    if canonical_triples(result, shown_as) != triples or _comments(result) != _comments(text):
        raise FileError(
            Location(shown_as), "formatting would change what this file says; it is left as it is"
        )
    return result


def format_file(path: Path, shown_as: str, *, write: bool) -> bool:
    """Tell whether a file is not yet in the style; if told to, write it so."""
    content = read_bytes(path, shown_as)
    result = formatted(text_of(content, shown_as), shown_as)
    is_to_format = result.encode() != content
    if is_to_format and write:
        write_whole(path, result, shown_as)
    return is_to_format


def write_whole(path: Path, text: str, shown_as: str) -> None:
    """Write a file whole or not at all: beside it first, then in its place."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, suffix=".new", delete=False
        ) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside = Path(file.name)
        try:
            beside.chmod(path.stat().st_mode if path.exists() else 0o644)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(Location(shown_as), f"cannot be written: {reason(error)}") from None


def _comments(text: str) -> list[str]:
    """The words of all comments; two that come to stand on one line have become one."""
    comments = [token.text for token in tokens_of(text, "") if token.kind == "comment"]
    return sorted(" ".join(comments).split())
