"""The values of a node as numbers and days, where they can be reckoned with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from allograph.rdf.lexical import fits, number_of
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal
from allograph.rdf.vocabularies import XSD


def number(node: Node, name: str) -> Decimal | None:
    """The first value of a property as a number; None where it is none to reckon with."""
    return number_of(node.text(name))


def whole(node: Node, name: str) -> int | None:
    """The first value of a property as a whole number."""
    return _whole(number(node, name))


def wholes(node: Node, name: str) -> tuple[int, ...]:
    """All values of a property that are whole numbers."""
    texts = (term.value for term in node.all(name) if isinstance(term, Literal))
    numbers = (_whole(number_of(text)) for text in texts)
    return tuple(found for found in numbers if found is not None)


def day(node: Node, name: str) -> date | None:
    """The first value of a property as a day.

    The time zone that xsd:date may have says nothing of it.
    """
    text = node.text(name) or ""
    try:
        # Of the years that xsd:date has, Python knows those of four digits.
        return date.fromisoformat(text[:10]) if fits(text, XSD.date) else None
    except ValueError:
        return None


def _whole(found: Decimal | None) -> int | None:
    return int(found) if found is not None and found == found.to_integral_value() else None
