"""The ``answer`` of a question's header: how many there are of what, in one sentence.

``{study|study|studies}`` is the number of different values of a column, with its word; ``{+figures|
figure|figures}`` the sum of a column, ``{why=ongoing|is|are}`` the number of rows in which it has a
value. A part in square brackets is left out where a number in it is 0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from allograph.errors import QuestionError, nearest
from allograph.questions.header import Header, one_line

_PART = re.compile(r"\[(?P<optional>[^\[\]]*)\]|(?P<always>[^\[\]]+)")
_COUNT = re.compile(
    r"\{(?P<sum>\+?)(?P<column>\w+)(?:=(?P<value>[^{}|]*))?\|(?P<one>[^{}|]*)\|(?P<many>[^{}|]*)\}"
)
SHAPE = "'{study|study|studies}', '{+figures|figure|figures}' or '{column=value|one|many}'"


@dataclass(frozen=True)
class Count:
    """A number and its word: ``how`` is ``different``, ``sum`` or ``rows``, which have ``value``."""

    column: str
    how: str
    value: str
    one: str
    many: str


@dataclass(frozen=True)
class Part:
    """Texts and numbers in their order; one that is optional is left out with a number of 0."""

    pieces: tuple[str | Count, ...]
    is_optional: bool


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
    parts = tuple(
        Part(tuple(_pieces(header, match[0].strip("[]"), columns)), match["optional"] is not None)
        for match in _PART.finditer(text)
    )
    if not any(isinstance(piece, Count) for part in parts for piece in part.pieces):
        raise header.error(f"the answer counts something: {SHAPE}", "answer")
    return CountedHeader(parts)


def _pieces(header: Header, text: str, columns: Collection[str]) -> Iterator[str | Count]:
    end = 0
    for match in _COUNT.finditer(text):
        yield _plain(header, text[end : match.start()])
        yield _count(header, match, columns)
        end = match.end()
    yield _plain(header, text[end:])


def _plain(header: Header, text: str) -> str:
    if "{" in text or "}" in text or "[" in text or "]" in text:
        raise header.error(f"a count of the answer reads {SHAPE}", "answer")
    return text


def _count(header: Header, match: re.Match[str], columns: Collection[str]) -> Count:
    column = match["column"]
    if column not in columns:
        raise _unknown(header, column, columns)
    how = "sum" if match["sum"] else "different" if match["value"] is None else "rows"
    return Count(column, how, match["value"] or "", match["one"], match["many"])


def _unknown(header: Header, column: str, columns: Collection[str]) -> QuestionError:
    message = f"the answer counts no column '{column}'{nearest(column, columns)}"
    return header.error(message, "answer")
