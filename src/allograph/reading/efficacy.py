"""What studies of a drug found in brief: one row for each study, one figure for each outcome.

Of each study the figure is that of the nearest report; of several in one report, that of the most
people who were given the drug. Nothing is averaged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.rdf.nodes import Node
from allograph.reading.described import nodes_of
from allograph.reading.names import Names, names_in
from allograph.reading.reader import Reader, text, values
from allograph.reading.record import MEMBERS

COLUMNS = (
    ("complete-remission", "%"),
    ("mrd-negativity", "%"),
    ("overall-survival", "mo"),
    ("hsct-receipt", "%"),
    ("vod-sos", "%"),
)
"""The outcomes, by key, each with the unit of the figures that are shown."""

FIGURES = f"""
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX grouping: <https://w3id.org/allograph/grouping/>
SELECT DISTINCT ?study ?outcome ?unit ?result ?rank ?people WHERE {{{{
  VALUES (?outcome ?unit) {{{{
    {" ".join(f'(<{BASE}outcome/{key}> "{unit}")' for key, unit in COLUMNS)}
  }}}}
  ?result a ag:Result ; ag:outcome ?outcome ; ag:unit ?unit ; ag:study ?study ; ag:group ?group ;
    ag:value|ag:valueStatus ?any .
  ?group ag:regimen/ag:drug <{{iri}}> ; ag:grouping ?grouping .
  FILTER (?grouping NOT IN (grouping:external-control, grouping:background, grouping:non-human))
  FILTER (?unit = "%" || NOT EXISTS {{{{ ?result ag:atTime ?time }}}})
  OPTIONAL {{{{ ?result ag:report/ag:tier/ag:rank ?rank }}}}
  OPTIONAL {{{{ ?result ag:denominator ?denominator }}}}
  OPTIONAL {{{{ ?group ag:size ?size }}}}
  BIND (COALESCE(?denominator, ?size, 0) AS ?people)
}}}} ORDER BY ?study ?outcome ?rank DESC(?people) ?result
"""


@dataclass(frozen=True)
class Efficacy:
    """The figures in brief: by study, a figure or nothing for each of ``outcomes``."""

    outcomes: tuple[str, ...]
    by_study: Mapping[str, Sequence[Node | None]]
    names: Names


def efficacy_of(reader: Reader, drug: str) -> Efficacy:
    """What the studies in which a drug was given found, in brief."""
    chosen: dict[str, dict[str, str]] = defaultdict(dict)
    for row in reader.select(FIGURES.format(iri=drug)):
        chosen[text(row, "study")].setdefault(text(row, "outcome"), text(row, "result"))
    results = {result for of_study in chosen.values() for result in of_study.values()}
    triples = reader.construct(MEMBERS.format(iris=values(results))) if results else []
    nodes = nodes_of(triples, reader.namespaces)
    found = {outcome for of_study in chosen.values() for outcome in of_study}
    outcomes = [f"{BASE}outcome/{key}" for key, _ in COLUMNS if f"{BASE}outcome/{key}" in found]
    return Efficacy(
        outcomes=tuple(outcomes),
        by_study={
            study: [nodes.get(of_study.get(outcome, "")) for outcome in outcomes]
            for study, of_study in chosen.items()
        },
        names=names_in(reader, triples, *outcomes),
    )
