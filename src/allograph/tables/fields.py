"""The columns of a table that is written for others, and their values as Python's.

A ``number`` is printed digits: text in RDF, so that 12.0 stays 12.0, and a number in a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from allograph.rdf.lexical import NUMBERS, number_of
from allograph.rdf.lexical import fits as fits_datatype
from allograph.rdf.terms import Literal, NamedNode, Term
from allograph.rdf.vocabularies import XSD

TEXT, IRI, NUMBER, INTEGER, DECIMAL, DATE, BOOLEAN = FIELD_TYPES = (
    "text",
    "iri",
    "number",
    "integer",
    "decimal",
    "date",
    "boolean",
)
"""What the values of a column may be."""

Value = str | int | Decimal | date | bool | None
LARGEST = 2**63 - 1
"""The largest whole number that a column of them holds, in Parquet."""


@dataclass(frozen=True)
class Field:
    """A column: its name, what people call it, what it means, its type and its unit."""

    name: str
    label: str
    meaning: str
    type: str
    unit: str


class Unfit(ValueError):
    """A value that is not of the type of its column."""


def value_of(term: Term | None, type: str) -> Value:
    """A term as a value of a type.

    Raises:
        Unfit: it is none.

    """
    if term is None:
        return None
    text = term.value if isinstance(term, NamedNode | Literal) else str(term)
    if type in (TEXT, IRI):
        return text
    if isinstance(term, Literal):
        value = _typed(term, type)
        if value is not None:
            return value
    raise Unfit(f"'{text[:60]}' is no {type}")


def fits(term: Term | None, type: str) -> bool:
    """Tell whether a term is a value of a type; any term is a text, and only an IRI is one."""
    if type == IRI and term is not None:
        return isinstance(term, NamedNode)
    try:
        value_of(term, type)
    except Unfit:
        return False
    return True


def _typed(term: Literal, type: str) -> Value:
    datatype, text = term.datatype.value, term.value
    if type == BOOLEAN and datatype == XSD.boolean and fits_datatype(text, datatype):
        return text in ("true", "1")
    if type == DATE and datatype == XSD.date:
        return _date(text)
    if type == NUMBER or (type in (INTEGER, DECIMAL) and datatype in NUMBERS):
        number = number_of(text)
        if type != INTEGER or number is None:
            return number
        is_whole = number == number.to_integral_value() and abs(number) <= LARGEST
        return int(number) if is_whole else None
    return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2016-06-12") else None
    except ValueError:
        return None
