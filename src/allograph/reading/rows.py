"""Answers as rows of Python values: numbers as ``Decimal``, what is missing as ``None``.

A store keeps the value of a number and not its spelling: 11.0 comes back as 11. The digits as they
are printed are kept in the release, and put back where a row names the record that prints them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from allograph.rdf.answers import Solutions
from allograph.rdf.lexical import NUMBERS, fits, number_of
from allograph.rdf.terms import Literal, NamedNode, Term, value_of
from allograph.rdf.vocabularies import XSD

if TYPE_CHECKING:
    import pandas

Value = str | Decimal | bool | date | None
Digits = Mapping[str, Mapping[str, str]]
"""The numbers whose spelling a store does not keep: for each subject, by predicate."""


class Rows(list[dict[str, Value]]):
    """The rows of one answer, in its order; each has a value, or ``None``, for every column.

    ``release`` is the id of the release that answered, ``columns`` are the names of the columns.
    """

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


def rows_of(solutions: Solutions, release: str, digits: Digits) -> Rows:
    """Read the solutions of a query."""
    columns = [variable.value for variable in solutions.variables]
    rows = []
    for solution in solutions:
        terms = {name: solution[name] for name in columns}
        printed = _printed(terms.values(), digits)
        rows.append({name: value_in(term, printed) for name, term in terms.items()})
    return Rows(rows, columns, release)


def value_in(term: Term | None, printed: Mapping[Decimal, Decimal] | None = None) -> Value:
    """One term as a Python value; an IRI is its text, and a literal of another type is, too."""
    if not isinstance(term, Literal):
        return None if term is None else value_of(term)
    datatype = term.datatype.value
    if datatype in NUMBERS and (number := number_of(term.value)) is not None:
        is_decimal = datatype == XSD.decimal
        return (printed or {}).get(number, number) if is_decimal else number
    if datatype == XSD.boolean:
        return term.value in ("true", "1")
    if datatype == XSD.date and fits(term.value, datatype) and len(term.value) == len("2026-01-01"):
        return date.fromisoformat(term.value)
    return term.value


def _printed(terms: Iterable[Term | None], digits: Digits) -> Mapping[Decimal, Decimal]:
    """The numbers that the records of a row print with other digits than the shortest."""
    found: dict[Decimal, Decimal] = {}
    for term in terms:
        if isinstance(term, NamedNode) and (spelt := digits.get(term.value)):
            found |= {Decimal(text): Decimal(text) for text in spelt.values()}
    return found
