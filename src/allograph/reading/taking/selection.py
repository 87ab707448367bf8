"""Which rows of an answer are taken along: those that filters leave, in their order, and a part.

Without filters the query itself is asked for the part, and rows pass through as they come. With
them all rows are read first, since what is left cannot be known before; only so many are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from allograph.errors import ParameterError
from allograph.questions.question import Column
from allograph.rdf.answers import Solutions
from allograph.rdf.rows import Row
from allograph.reading.answers.rows import MOST_ROWS, AnswerRows, rows_of
from allograph.reading.answers.wish import Wish, sifted
from allograph.reading.reader import Reader
from allograph.reading.taking.extent import Extent, part_of_query

ROWS_BETWEEN_CHECKS = 500

EVERYTHING, WHOLE = Wish(), Extent()


class Rows:
    """Rows that are read once; ``has_more`` is known when they are, and ``number`` is counted."""

    def __init__(self, names: Sequence[str], rows: Iterable[Row], limit: int | None) -> None:
        """Take rows, of which those beyond the limit are only looked for."""
        self.names = tuple(names)
        self.has_more = False
        self.number = 0
        self._rows = iter(rows)
        self._limit = limit

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            if self.number == self._limit:
                self.has_more = True
                return
            self.number += 1
            yield row


@dataclass(frozen=True)
class Selection:
    """What is wanted of an answer: which rows, in which order, and which part of these."""

    wish: Wish = EVERYTHING
    extent: Extent = WHOLE

    @property
    def is_sifted(self) -> bool:
        """Tell whether rows are left out or sorted here, and not by the query."""
        return self.wish.is_narrow or bool(self.wish.sort)

    @property
    def is_all(self) -> bool:
        """Tell whether the answer is wanted as it is."""
        return not (self.is_sifted or self.extent.is_part)

    @property
    def meaning(self) -> tuple[str, ...]:
        """What tells an answer of this selection from others."""
        return (*self.wish.meaning, *self.extent.meaning)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The arguments that ask for the same rows."""
        return [*self.wish.pairs, *self.extent.pairs]

    def query(self, sparql: str, beyond: int = 0) -> str:
        """The query to be asked: for the part, and some rows beyond it, unless rows are sifted."""
        return sparql if self.is_sifted else part_of_query(sparql, self.extent, beyond)

    def rows(
        self,
        reader: Reader,
        solutions: Solutions,
        columns: Sequence[Column],
        check: Callable[[], object] = lambda: None,
    ) -> Rows:
        """The rows of the answer to that query that are wanted; ``check`` may end the reading.

        Whether there are more is known if the query asked for one row beyond.
        """
        if self.is_sifted:
            answer = self._sifted(rows_of(reader, solutions, columns))
            terms = (row.terms for row in islice(answer.rows, self.extent.offset, None))
            return Rows(answer.names, terms, self.extent.limit)
        names = [variable.value for variable in solutions.variables]
        return Rows(names, _read(solutions, names, check), self.extent.limit)

    def part(self, answer: AnswerRows) -> AnswerRows:
        """The part of an answer to that query that is held, as for its page."""
        if not (self.is_sifted and self.extent.is_part):
            return answer
        chosen = sifted(answer, self.wish)
        end = None if self.extent.limit is None else self.extent.offset + self.extent.limit
        return replace(answer, rows=tuple(chosen[self.extent.offset : end]))

    def _sifted(self, answer: AnswerRows) -> AnswerRows:
        if answer.is_cut:
            raise ParameterError(
                "f",
                f"an answer of more than {MOST_ROWS:,} rows is not filtered or sorted here; ask"
                " with the parameters of the question, or without f., sort and retellings",
            )
        return replace(answer, rows=tuple(sifted(answer, self.wish)))


def _read(solutions: Solutions, names: Sequence[str], check: Callable[[], object]) -> Iterator[Row]:
    for number, solution in enumerate(solutions):
        if number % ROWS_BETWEEN_CHECKS == 0:
            check()
        yield {name: solution[name] for name in names}
