"""The values of one node of the graph, as plain Python values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from allograph.namespaces import BASE, key_of
from allograph.rdf.lexical import XSD, fits, number_of
from allograph.rdf.terms import Literal, NamedNode, Term

AG = f"{BASE}ontology#"


class Node:
    """The values of one node, by property; names without a colon are terms of our ontology."""

    __slots__ = ("_values", "iri")

    def __init__(self, iri: str, values: Mapping[str, list[Term]]) -> None:
        self.iri = iri
        self._values = values

    def all(self, name: str) -> list[Term]:
        """All values of a property, in the order of the file."""
        return self._values.get(name if ":" in name else AG + name, [])

    def iris(self, name: str) -> tuple[str, ...]:
        """The values that are IRIs."""
        return tuple(term.value for term in self.all(name) if isinstance(term, NamedNode))

    def iri_of(self, name: str) -> str | None:
        """The first value that is an IRI."""
        return next(iter(self.iris(name)), None)

    def keys(self, name: str) -> frozenset[str]:
        """The keys of the values that are IRIs: ``percentage``."""
        return frozenset(key_of(iri) for iri in self.iris(name))

    def key(self, name: str) -> str | None:
        """The key of the first value that is an IRI."""
        iri = self.iri_of(name)
        return None if iri is None else key_of(iri)

    def text(self, name: str) -> str | None:
        """The lexical form of the first value that is a literal."""
        return next((term.value for term in self.all(name) if isinstance(term, Literal)), None)

    def number(self, name: str) -> Decimal | None:
        """The first value as a number; None where it is none that can be reckoned with."""
        return number_of(self.text(name))

    def whole(self, name: str) -> int | None:
        """The first value as a whole number."""
        return _whole(self.number(name))

    def wholes(self, name: str) -> tuple[int, ...]:
        """All values that are whole numbers."""
        texts = (term.value for term in self.all(name) if isinstance(term, Literal))
        numbers = (_whole(number_of(text)) for text in texts)
        return tuple(number for number in numbers if number is not None)

    def date(self, name: str) -> date | None:
        """The first value as a day; the time zone that xsd:date may have says nothing of it."""
        text = self.text(name) or ""
        try:
            # Of the years that xsd:date has, Python knows those of four digits.
            return date.fromisoformat(text[:10]) if fits(text, f"{XSD}date") else None
        except ValueError:
            return None


def _whole(number: Decimal | None) -> int | None:
    return int(number) if number is not None and number == number.to_integral_value() else None
