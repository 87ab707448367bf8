"""Say how many there are of what, for a question whose rows are no findings."""

from __future__ import annotations

from collections.abc import Sequence

from allograph.questions.counted import ROWS, Count, CountedHeader, Part
from allograph.reading.answers.rows import AnswerRow, parts_of, text_of


def counts_in_words(header: CountedHeader, rows: Sequence[AnswerRow]) -> str:
    """The header's sentence with its numbers; a part in brackets goes with a number of 0."""
    return "".join(
        _words(piece, rows) if isinstance(piece, Count) else piece
        for part in header.parts
        if not _is_left_out(part, rows)
        for piece in part.pieces
    )


def _is_left_out(part: Part, rows: Sequence[AnswerRow]) -> bool:
    return part.is_optional and any(number_of(count, rows) == 0 for count in part.counts)


def _words(count: Count, rows: Sequence[AnswerRow]) -> str:
    number = number_of(count, rows)
    return f"{number:,} {count.one if number == 1 else count.many}".rstrip()


def number_of(count: Count, rows: Sequence[AnswerRow]) -> int:
    """How many rows there are, or different values of a column, where another has a value."""
    those = [row for row in rows if not count.where or _has(row, count.where, count.value)]
    if count.column == ROWS:
        return len(those)
    return len({text for row in those if (text := text_of(row.terms[count.column]))})


def _has(row: AnswerRow, column: str, value: str) -> bool:
    texts = row.texts[column], text_of(row.terms[column])
    return value in texts or any(value in parts_of(text) for text in texts)
