"""Answers as rows of Python values: numbers as ``Decimal``, what is missing as ``None``.

A column that its question declares to hold numbers has them as they are printed, as text: a store
would write 11.0 as 11. Here they become numbers that keep their digits.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from allograph.rdf.answers import Solutions
from allograph.rdf.lexical import NUMBERS, fits, number_of
from allograph.rdf.terms import Literal, Term, value_of
from allograph.rdf.vocabularies import XSD

if TYPE_CHECKING:
    import pandas

Value = str | Decimal | bool | date | None


class Rows(list[dict[str, Value]]):
    """The rows of one answer, in its order; each has a value, or ``None``, for every column.

    ``release`` is the id of the release that answered, ``columns`` are the names of the columns.
    ``remark`` says of an answer without rows which trials are known and not yet read, or which
    names in the query stand nowhere; else it is empty.
    """

    remark = ""

    def __init__(
        self, rows: Iterable[dict[str, Value]], columns: Iterable[str], release: str
    ) -> None:
        super().__init__(rows)
        self.columns = tuple(columns)
        self.release = release

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a table of pandas, which must be installed; numbers become floats there.

        Raises:
            ImportError: pandas is not installed.

        """
        import pandas

        frame = pandas.DataFrame(list(self), columns=list(self.columns))
        for name in self.columns:
            if any(isinstance(value, Decimal) for value in frame[name]):
                frame[name] = pandas.to_numeric(frame[name])
        frame.attrs["release"] = self.release
        return frame


def rows_of(solutions: Solutions, release: str, numbers: Collection[str] = ()) -> Rows:
    """Read the solutions of a query; ``numbers`` are the columns whose texts are numbers."""
    columns = [variable.value for variable in solutions.variables]
    rows = [
        {name: value_in(solution[name], is_number=name in numbers) for name in columns}
        for solution in solutions
    ]
    return Rows(rows, columns, release)


def value_in(term: Term | None, *, is_number: bool = False) -> Value:
    """One term as a Python value; an IRI is its text, and a literal of another type is, too.

    With ``is_number`` a text that is a number is one.
    """
    if not isinstance(term, Literal):
        return None if term is None else value_of(term)
    datatype = term.datatype.value
    if is_number or datatype in NUMBERS:
        number = number_of(term.value)
        return term.value if number is None else number
    if datatype == XSD.boolean:
        return term.value in ("true", "1")
    if datatype == XSD.date and fits(term.value, datatype) and len(term.value) == len("2026-01-01"):
        return date.fromisoformat(term.value)
    return term.value
