"""The studies at a glance: design, people, drugs and a key figure, and what the release holds.

The key figure is chosen by one rule for all studies: of the outcomes in ``KEY_OUTCOMES``, the first
for which the study prints a share; of its shares those of the least nested groups, so that arms
stand beside each other and no subgroup stands for the whole; of these what the nearest report
prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from allograph.namespaces import BASE
from allograph.reading.reader import Reader, Row, text
from allograph.reading.weighed.doubts import doubts_of

KEY_OUTCOMES = ("complete-remission", "overall-response", "hsct-receipt", "overall-survival")
ABREAST = 2
"""Key figures of a study that are shown side by side."""

PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX grouping: <https://w3id.org/allograph/grouping/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""

# A row for each study: its people are those of its largest group.
STUDIES = f"""{PREFIXES}
SELECT ?study ?label ?design ?condition ?people ?figures WHERE {{
  ?study a ag:Study ; rdfs:label ?label .
  OPTIONAL {{ ?study ag:design/rdfs:label ?design }}
  OPTIONAL {{ ?study ag:condition/rdfs:label ?condition }}
  OPTIONAL {{
    SELECT ?study (MAX(?size) AS ?people) WHERE {{
      ?group a ag:StudyGroup ; ag:study ?study ; ag:size ?size .
    }} GROUP BY ?study
  }}
  OPTIONAL {{
    SELECT ?study (COUNT(?result) AS ?figures) WHERE {{
      ?result a ag:Result ; ag:study ?study .
    }} GROUP BY ?study
  }}
}} ORDER BY DESC(?people) ?label ?study ?design ?condition
"""

# What the study itself gave, not what a comparator from outside was given.
DRUGS = f"""{PREFIXES}
SELECT DISTINCT ?study ?drug ?label WHERE {{
  ?study a ag:Study .
  ?group ag:study ?study ; ag:grouping ?grouping ; ag:regimen/ag:drug ?drug .
  FILTER (?grouping NOT IN (grouping:external-control, grouping:background, grouping:non-human))
  ?drug rdfs:label ?label .
}} ORDER BY ?study ?label
"""

KEY_FIGURES = f"""{PREFIXES}
SELECT ?study ?order ?result ?label ?value ?numerator ?denominator ?group ?rank ?definition
  (COUNT(DISTINCT ?above) AS ?depth) (COUNT(DISTINCT ?flag) AS ?doubts) WHERE {{
  VALUES (?outcome ?order) {{
    {" ".join(f"(<{BASE}outcome/{key}> {at})" for at, key in enumerate(KEY_OUTCOMES))}
  }}
  ?result a ag:Result ; rdfs:label ?label ; ag:study ?study ; ag:outcome ?outcome ;
    ag:value ?value ; ag:unit "%" ; ag:group ?counted .
  ?counted rdfs:label ?group .
  OPTIONAL {{ ?result ag:report/ag:tier/ag:rank ?rank }}
  OPTIONAL {{ ?result ag:outcomeDefinition ?definition }}
  OPTIONAL {{ ?result ag:numerator ?numerator }}
  OPTIONAL {{ ?result ag:denominator ?denominator }}
  OPTIONAL {{ ?result ag:flag ?flag }}
  OPTIONAL {{ ?counted ag:subgroupOf+ ?above }}
}} GROUP BY ?study ?order ?result ?label ?value ?numerator ?denominator ?group ?rank ?definition
ORDER BY ?study ?order ?depth ?rank DESC(?value) ?result
"""


@dataclass(frozen=True)
class Overview:
    """The studies of a release, and how many doubts its ledger holds."""

    studies: Sequence[Glance]
    doubts: int

    @property
    def figures(self) -> int:
        """How many figures the studies printed."""
        return sum(study.figures for study in self.studies)


@dataclass(frozen=True)
class Glance:
    """One study in a few words; the drugs as pairs of IRI and label."""

    iri: str
    label: str
    design: str
    condition: str
    people: str
    figures: int
    drugs: Sequence[tuple[str, str]]
    key_figures: Sequence[Row]


def overview(reader: Reader) -> Overview:
    """The overview of what is read."""
    return reader.once(read_overview)


def read_overview(reader: Reader) -> Overview:
    """Read the studies, and count the doubts."""
    return Overview(glances(reader), doubts=len(doubts_of(reader)))


def glances(reader: Reader) -> list[Glance]:
    """The studies, those with the most people first."""
    drugs = {
        study: [(text(row, "drug"), text(row, "label")) for row in rows]
        for study, rows in by_study(reader.select(DRUGS))
    }
    key_figures = {
        study: key_of_study(rows) for study, rows in by_study(reader.select(KEY_FIGURES))
    }
    return [
        Glance(
            iri=study,
            label=text(first, "label"),
            design=text(first, "design"),
            condition=text(first, "condition"),
            people=text(first, "people"),
            figures=int(text(first, "figures") or 0),
            drugs=drugs.get(study, ()),
            key_figures=key_figures.get(study, ()),
        )
        for study, (first, *_others) in by_study(reader.select(STUDIES))
    ]


def key_of_study(rows: Sequence[Row]) -> list[Row]:
    """The shares of the first outcome in the least nested groups, by the nearest report.

    All are counted by one definition, so that two arms stand beside each other.
    """
    first = rows[0]
    alike = ("order", "depth", "rank", "definition")
    same = [row for row in rows if all(row.get(name) == first.get(name) for name in alike)]
    return same[:ABREAST]


def by_study(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Put the rows of each study together; they are ordered so."""
    return [
        (study, list(of_study)) for study, of_study in groupby(rows, lambda row: text(row, "study"))
    ]
