"""The ``answer`` of a question's header: how many there are of what, in one sentence.

``{study|study|studies}`` is the number of different values of a column with its word, ``{*|row|
rows}`` that of the rows; ``{study where design=randomised trial|is|are}`` counts among the rows
that have a value (its key or its label, or nothing). A part in square brackets is left out where a
number in it is 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from allograph.errors import nearest
from allograph.questions.header import Header, one_line

ROWS = "*"
"""What stands for the rows themselves instead of a column."""

_PART = re.compile(r"\[(?P<optional>[^\[\]]*)\]|(?P<always>[^\[\]]+|.)")
_COUNT = re.compile(
    r"\{(?P<column>\w+|\*)(?: where (?P<where>\w+)=(?P<value>[^{}|]*))?"
    r"\|(?P<one>[^{}|]*)\|(?P<many>[^{}|]*)\}"
)
SHAPE = "'{study|study|studies}' or '{* where tier=review|row|rows}'"


@dataclass(frozen=True)
class Count:
    """A number with its word; ``where`` is the column that has ``value``, or empty."""

    column: str
    where: str
    value: str
    one: str
    many: str


@dataclass(frozen=True)
class Part:
    """Texts and numbers in their order; one that is optional is left out with a number of 0."""

    pieces: tuple[str | Count, ...]
    is_optional: bool

    @property
    def counts(self) -> tuple[Count, ...]:
        """The numbers in it."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Count))


@dataclass(frozen=True)
class CountedHeader:
    """The sentence of a question whose rows are counted."""

    parts: tuple[Part, ...]


def read_counted(header: Header, columns: Collection[str]) -> CountedHeader | None:
    """Read the ``answer`` of a header; ``None`` without one.

    Raises:
        QuestionError: for braces of another form, for a column that the question does not
            describe, and for a sentence that counts nothing.

    """
    text = one_line(header.said.answer)
    if not text:
        return None
    parts = tuple(_part(header, match, columns) for match in _PART.finditer(text))
    if not any(part.counts for part in parts):
        raise header.error(f"the answer counts something: {SHAPE}", "answer")
    return CountedHeader(parts)


def _part(header: Header, match: re.Match[str], columns: Collection[str]) -> Part:
    optional = match["optional"]
    text = match["always"] if optional is None else optional
    return Part(tuple(_pieces(header, text, columns)), optional is not None)


def _pieces(header: Header, text: str, columns: Collection[str]) -> Iterator[str | Count]:
    end = 0
    for match in _COUNT.finditer(text):
        yield _plain(header, text[end : match.start()])
        for name in filter(None, (match["column"], match["where"])):
            if name not in columns and name != ROWS:
                message = f"the answer counts no column '{name}'{nearest(name, columns)}"
                raise header.error(message, "answer")
        value = match["value"] or ""
        yield Count(match["column"], match["where"] or "", value, match["one"], match["many"])
        end = match.end()
    yield _plain(header, text[end:])


def _plain(header: Header, text: str) -> str:
    if not frozenset("{}[]").isdisjoint(text):
        raise header.error(f"a count of the answer reads {SHAPE}", "answer")
    return text
