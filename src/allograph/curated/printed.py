"""The digits of numbers as they are printed, as text beside each number.

A store keeps the value of 12.0 and answers 12; a text it leaves as it is. So what a release holds
says ``ag:printedValue "12.0"`` beside ``ag:value 12.0``, made of the literal as the curator wrote
it. Nobody writes it by hand, so the two cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.vocabularies import AG

NUMBERS = (
    "value",
    "lowerLimit",
    "upperLimit",
    "rangeLow",
    "rangeHigh",
    "doseLow",
    "doseHigh",
    "pValue",
    "standardError",
    "personTime",
    "lowerQuartile",
    "upperQuartile",
    "standardDeviation",
)
"""The properties whose numbers are printed in a source."""

PRINTED: Mapping[str, str] = {
    AG[name]: AG[f"printed{name[0].upper()}{name[1:]}"] for name in NUMBERS
}
"""The property of a number: that of its digits."""


def printed_digits(nodes: Nodes) -> Iterator[Triple]:
    """The digits of each printed number, as a text."""
    for node in nodes.values():
        for number, printed in PRINTED.items():
            for term in node.all(number):
                if isinstance(term, Literal):
                    yield Triple(NamedNode(node.iri), NamedNode(printed), Literal(term.value))
