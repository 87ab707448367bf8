"""What a node of the graph says in numbers, and whether it enters a number of a text.

A node enters a number that lies in its span when one of its values is that number, or its label or
another of its texts prints it. The figure as printed (``ag:reportedAs``) is a quotation: it counts
only for a claim or a group that has no number of its own. Otherwise a numerator that was left out
would look entered, and so would both arms of a comparison, since they stand in the printed form.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from allograph.rdf.lexical import NUMBERS
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal, NamedNode
from allograph.rdf.vocabularies import AG, DCTERMS, OA, RDF, RDFS, XSD
from allograph.text.printed import Kind, PrintedNumber, printed_numbers

_ABOUT_THE_NODE = {
    *(AG[name] for name in ("tolerance", "sentence", "order", "position", "number", "sha256")),
    *(AG[name] for name in ("section", "fileName", "printedValue")),
    *(OA.start, OA.end, RDF.value, RDFS.comment, DCTERMS.created, DCTERMS.modified),
}
"""Properties whose values say nothing that a source prints."""
_IN_PERCENT = {
    *(AG[name] for name in ("value", "lowerLimit", "upperLimit", "rangeLow", "rangeHigh")),
    *(AG[name] for name in ("lowerQuartile", "upperQuartile", "standardDeviation")),
    *(AG[name] for name in ("confidenceLevel", "standardError")),
}
_NEVER_PEOPLE = {AG.confidenceLevel, AG.lowerLimit, AG.upperLimit, AG.atTime, AG.standardError}
_DATES = {XSD.date, XSD.gYear, XSD.gYearMonth, XSD.dateTime}
_FIGURES = {AG.Result, AG.Comparison, AG.DoseStep}
_MONTHS_OF_A_YEAR = 12
OF_A_SENTENCE = frozenset(
    AG[name] for name in ("atTime", "afterCycle", "cycleFrom", "cycleTo", "week", "day")
)
"""What a sentence says once for all its figures, as in "At the end of the first cycle, …"."""


@dataclass(frozen=True)
class Said:
    """The numbers that a node says, each with the IRI of its property."""

    unit: str
    numbers: tuple[tuple[str, Decimal], ...]
    dates: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, PrintedNumber], ...]
    identifiers: tuple[tuple[str, str], ...]

    def enters(self, number: PrintedNumber, among: Collection[str] = ()) -> str:
        """The IRI of the property, or of the first of some, that says a number; empty if none."""
        found = self._enter(number)
        return next((name for name in found if not among or name in among), "")

    def _enter(self, number: PrintedNumber) -> Iterator[str]:
        match number.kind:
            case Kind.NUMBER:
                for name, value in self.numbers:
                    if self._is_said(name, value, number):
                        yield name
                for name, date in self.dates:
                    if date.partition("-")[0] == number.text:
                        yield name
            case Kind.DATE:
                for name, date in self.dates:
                    if any(date.startswith(one) for one in number.dates):
                        yield name
            case _:
                for name, identifier in self.identifiers:
                    if identifier == bare(number.text):
                        yield name
        for name, printed in self.texts:
            if is_same(printed, number):
                yield name

    def _is_said(self, name: str, value: Decimal, number: PrintedNumber) -> bool:
        if number.unit == "%" and (
            name not in _IN_PERCENT or (name == AG.value and self.unit not in ("%", ""))
        ):
            return False
        if number.unit == "people" and (
            name in _NEVER_PEOPLE or (name == AG.value and self.unit == "%")
        ):
            return False
        if name in OF_A_SENTENCE and number.unit not in ("time", "year"):
            return False
        if name == AG.atTime and number.unit == "year":
            return any(one * _MONTHS_OF_A_YEAR == value for one in number.readings)
        return value in number.readings


def said_by(node: Node) -> Said:
    """What a node says in numbers."""
    numbers: list[tuple[str, Decimal]] = []
    dates: list[tuple[str, str]] = []
    texts: list[tuple[str, str]] = []
    printed: list[tuple[str, str]] = []
    identifiers: list[tuple[str, str]] = []
    for name in node.properties():
        if name in _ABOUT_THE_NODE:
            continue
        for term in node.all(name):
            if isinstance(term, NamedNode):
                identifiers.append((name, bare(term.value)))
            if not isinstance(term, Literal):
                continue
            if term.datatype.value in _DATES:
                dates.append((name, term.value))
            elif term.datatype.value in NUMBERS:
                numbers += ((name, value) for value in _decimal(term.value))
            else:
                identifiers.append((name, bare(term.value)))
                (printed if name == AG.reportedAs else texts).append((name, term.value))
    is_quoted = not numbers and _FIGURES.isdisjoint(node.iris(RDF.type))
    shown = texts + (printed if is_quoted else [])
    return Said(
        unit=node.value("unit"),
        numbers=tuple(numbers),
        dates=tuple(dates),
        texts=tuple((name, number) for name, text in shown for number in printed_numbers(text)),
        identifiers=tuple(identifiers),
    )


def is_same(one: PrintedNumber, other: PrintedNumber) -> bool:
    """Whether two texts print the same number; a share is not the same as a count."""
    if one.kind is not other.kind:
        return False
    match one.kind:
        case Kind.NUMBER:
            in_percent = {one.unit == "%", other.unit == "%"}
            return len(in_percent) == 1 and not set(one.readings).isdisjoint(other.readings)
        case Kind.DATE:
            return any(date.startswith(other.dates) for date in one.dates)
        case _:
            return bare(one.text) == bare(other.text)


def bare(identifier: str) -> str:
    """An identifier without its resolver and case: ``10.1002/cncr.31720``."""
    plain = identifier.strip().casefold()
    for before in ("https://", "http://", "dx.doi.org/", "doi.org/", "orcid.org/"):
        plain = plain.removeprefix(before)
    for before in ("doi:", "orcid:", "pmid:", "pmcid:", "nct:"):
        plain = plain.removeprefix(before).strip()
    return plain


def _decimal(text: str) -> Iterator[Decimal]:
    try:
        yield Decimal(text)
    except InvalidOperation:
        return
