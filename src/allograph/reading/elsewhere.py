"""Find what else is printed of the same people and the same outcome, and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from allograph.rdf.nodes import Node, Nodes
from allograph.reading.reader import Reader, Row, text
from allograph.reading.tiers import tier_of

PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sharing: <https://w3id.org/allograph/sharing/>
"""

# What is of the same outcome and the same people, be they the same group or another of the same.
ALIKE = f"""{PREFIXES}
SELECT DISTINCT ?other WHERE {{{{
  {{{{ SELECT DISTINCT ?group WHERE {{{{
    {{{{ <{{iri}}> ag:group ?group }}}} UNION
    {{{{ <{{iri}}> ag:group ?own . ?shared ag:sharing sharing:same ; ag:between ?own , ?group }}}}
  }}}} }}}}
  ?other ag:group ?group .
  <{{iri}}> ag:outcome ?outcome .
  ?other ag:outcome ?outcome .
  VALUES ?class {{{{ ag:Result ag:Comparison }}}}
  <{{iri}}> a ?class .
  ?other a ?class .
  FILTER (?other != <{{iri}}>)
}}}} ORDER BY ?other
"""

DISCREPANCIES = f"""{PREFIXES}
SELECT ?discrepancy ?label ?comment ?other WHERE {{{{
  ?discrepancy a ag:Discrepancy ; ag:between <{{iri}}> , ?other ; rdfs:label ?label .
  OPTIONAL {{{{ ?discrepancy rdfs:comment ?comment }}}}
  FILTER (?other != <{{iri}}>)
}}}} ORDER BY ?discrepancy ?other
"""

TOLD_APART_BY = ("statistic", "atTime", "afterCycle", "grade", "comparator", "partition")
"""What differs between figures of one outcome and the same people that are not the same figure."""
COUNTED = ("value", "numerator", "denominator", "valueStatus")
"""What a figure states; two that differ in one that both print, as far as they round, disagree."""
FLOAT_ERROR = 1e-9


@dataclass(frozen=True)
class Elsewhere:
    """A figure of the same people, how it goes with this one, and whether its report is another."""

    figure: Node
    verdict: str
    is_of_another_report: bool


@dataclass(frozen=True)
class Discrepancy:
    """Figures that a curator found not to go together, and why."""

    iri: str
    label: str
    why: str
    others: tuple[Node, ...]


def alike(reader: Reader, iri: str) -> list[str]:
    """The IRIs of the findings of the same kind on the same outcome in the same people."""
    return [text(row, "other") for row in reader.select(ALIKE.format(iri=iri))]


def rows_of_discrepancies(reader: Reader, iri: str) -> list[Row]:
    """A row for each finding that a curator found not to go together with this one."""
    return reader.select(DISCREPANCIES.format(iri=iri))


def elsewhere(reader: Reader, figure: Node, others: Iterable[Node]) -> tuple[Elsewhere, ...]:
    """What else is printed of the same people, the nearest report first."""
    same = [other for other in others if _told_apart(other) == _told_apart(figure)]
    found = [
        Elsewhere(other, verdict_on(figure, other), other.iris("report") != figure.iris("report"))
        for other in same
    ]

    def distance(item: Elsewhere) -> tuple[bool, int, str]:
        tier = tier_of(reader, item.figure)
        return not item.is_of_another_report, tier.rank if tier else 0, item.figure.iri

    return tuple(sorted(found, key=distance))


def verdict_on(figure: Node, other: Node) -> str:
    """Whether another figure of the same people says the same, and if not, whether it may not."""
    shared = [name for name in COUNTED if figure.texts(name) and other.texts(name)]
    if not shared and not _is_value_against_none(figure, other):
        return "told in another way"
    if shared and all(_agrees(name, figure, other) for name in shared):
        same = figure.texts("value") == other.texts("value")
        return "the same figure" if same else "the same figure, otherwise rounded"
    counted = figure.keys("outcomeDefinition"), other.keys("outcomeDefinition")
    return "counted otherwise" if all(counted) and counted[0] != counted[1] else "another figure"


def _is_value_against_none(figure: Node, other: Node) -> bool:
    """Whether one prints a value, and the other that there is none."""
    pairs = ((figure, other), (other, figure))
    return any(one.texts("value") and two.texts("valueStatus") for one, two in pairs)


def _agrees(name: str, figure: Node, other: Node) -> bool:
    margin = 0.0
    if name == "value":
        margin = max(float(each.value("tolerance") or 0) for each in (figure, other))
    return _same(figure.texts(name), other.texts(name), margin)


def discrepancies(rows: Sequence[Row], nodes: Nodes) -> Iterator[Discrepancy]:
    """The discrepancies that the rows name, each with the findings of the other side."""
    by_iri: dict[str, list[Row]] = {}
    for row in rows:
        by_iri.setdefault(text(row, "discrepancy"), []).append(row)
    for iri, of_one in by_iri.items():
        others = tuple(nodes[text(row, "other")] for row in of_one if text(row, "other") in nodes)
        yield Discrepancy(iri, text(of_one[0], "label"), text(of_one[0], "comment"), others)


def _told_apart(figure: Node) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(figure.texts(name)) for name in TOLD_APART_BY)


def _same(one: Sequence[str], other: Sequence[str], margin: float) -> bool:
    try:
        pairs = zip(sorted(map(float, one)), sorted(map(float, other)), strict=True)
        return all(abs(mine - yours) <= margin + FLOAT_ERROR for mine, yours in pairs)
    except ValueError:
        return set(one) == set(other)
