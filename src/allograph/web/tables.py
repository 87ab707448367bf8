"""Show solutions as a table for people: labels and units in the heads, short forms for IRIs."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from allograph.answers import Solutions
from allograph.questions import Column
from allograph.terms import Literal, Term

# A page holds this many rows and says so; the downloads hold them all.
ROWS_ON_A_PAGE = 1000

NUMERIC = {
    f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "positiveInteger")
}


@dataclass(frozen=True)
class Table:
    """Columns, rows of terms, and whether there are more rows than these."""

    columns: tuple[Column, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    is_cut: bool


def table_of(solutions: Solutions, described: Sequence[Column] = ()) -> Table:
    """Read the first rows of an answer; columns that nobody described are called by their name."""
    by_name = {column.name: column for column in described}
    names = [variable.value for variable in solutions.variables]
    rows = tuple(
        tuple(solution[name] for name in names)
        for solution in islice(solutions, ROWS_ON_A_PAGE + 1)
    )
    shown = rows[:ROWS_ON_A_PAGE]
    return Table(
        columns=tuple(by_name.get(name, Column(name, name, "")) for name in names),
        numeric=tuple(is_numeric([row[place] for row in shown]) for place in range(len(names))),
        rows=shown,
        is_cut=len(rows) > ROWS_ON_A_PAGE,
    )


def is_numeric(terms: Sequence[Term | None]) -> bool:
    """Tell whether a column holds numbers, and so is aligned on the right."""
    bound = [term for term in terms if term is not None]
    return bool(bound) and all(
        isinstance(term, Literal) and term.datatype.value in NUMERIC for term in bound
    )
