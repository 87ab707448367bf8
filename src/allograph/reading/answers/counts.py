"""Say how many there are of what, for a question whose rows are no findings."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from allograph.questions.counted import Count, CountedHeader
from allograph.rdf.lexical import number_of
from allograph.reading.answers.rows import AnswerRow, parts_of


def counts_in_words(header: CountedHeader, rows: Sequence[AnswerRow]) -> str:
    """The header's phrase with its numbers; a part in brackets goes with a count that is 0."""
    words = []
    for part in header.parts:
        numbers = [_number(piece, rows) for piece in part.pieces if isinstance(piece, Count)]
        if part.is_optional and 0 in numbers:
            continue
        for piece in part.pieces:
            words.append(piece if isinstance(piece, str) else _words(piece, rows))
    return "".join(words)


def _words(count: Count, rows: Sequence[AnswerRow]) -> str:
    number = _number(count, rows)
    return f"{number:,} {count.one if number == 1 else count.many}".rstrip()


def _number(count: Count, rows: Sequence[AnswerRow]) -> int:
    texts = [row.texts.get(count.column, "") for row in rows]
    if count.how == "sum":
        return int(sum((number_of(text) or Decimal(0) for text in texts if text), Decimal(0)))
    if count.how == "rows":
        wanted = {count.value}
        return sum(1 for text in texts if text == count.value or wanted & set(parts_of(text)))
    return len({text for text in texts if text})
