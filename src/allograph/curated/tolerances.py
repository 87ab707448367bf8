"""How far a printed value was rounded: half a unit of its last digit, unless a curator says it.

The tolerance follows from the literal as the curator wrote it, 0.5 from ``92`` and 0.05 from
``92.0``, so nobody has to type it; a store has lost these digits, so what a release holds says it.
Counts are exact, and a bound ("more than 90%") was not rounded: they have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.vocabularies import AG, RDF, XSD
from allograph.text.numerals import DECIMAL, half_unit, is_number


def tolerances(nodes: Nodes) -> Iterator[Triple]:
    """The tolerance of each result that states none."""
    for node in nodes.instances("Result"):
        if not node.all("tolerance") and (tolerance := tolerance_of_digits(node)) is not None:
            literal = Literal(f"{tolerance:f}", datatype=NamedNode(XSD.decimal))
            yield Triple(NamedNode(node.iri), NamedNode(AG.tolerance), literal)


def tolerance_of_digits(result: Node) -> Decimal | None:
    """The tolerance that follows from the digits of a value, in its unit; None where none does."""
    value = result.text("value") or ""
    if AG.Count in result.iris(RDF.type) or result.all("bound") or not is_number(value, DECIMAL):
        return None
    return half_unit(Decimal(value))
