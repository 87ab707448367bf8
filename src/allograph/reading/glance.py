"""The studies at a glance: design, people, drugs, a key figure and the gravest doubt.

Which figure is the key figure is for ``headline`` to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from allograph.reading.headline import Grave, KeyFigure, grave_of, headlines_of
from allograph.reading.reader import Reader, Row, text
from allograph.reading.tiers import Tier, nearest_of_studies
from allograph.reading.weighed.doubts import doubts_of
from allograph.reading.weighed.sayings import DECISIVE

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


@dataclass(frozen=True)
class Overview:
    """The studies of a release, how many doubts there are, and how many could change a decision."""

    studies: Sequence[Glance]
    doubts: int
    grave: int

    @property
    def figures(self) -> int:
        """How many figures the studies printed."""
        return sum(study.figures for study in self.studies)


@dataclass(frozen=True)
class Glance:
    """One study in a few words; the drugs as pairs of IRI and label.

    ``nearest`` is the tier of the nearest report that was read. ``grave`` are the doubts that
    could change a decision: first those about what would have been its key figure.
    """

    iri: str
    label: str
    design: str
    condition: str
    people: str
    figures: int
    drugs: Sequence[tuple[str, str]]
    key_figures: Sequence[KeyFigure]
    has_shares: bool
    grave: Sequence[Grave]
    nearest: Tier | None


def overview(reader: Reader) -> Overview:
    """The overview of what is read."""
    return reader.once(read_overview)


def read_overview(reader: Reader) -> Overview:
    """Read the studies, and count the doubts."""
    doubts = doubts_of(reader)
    grave = sum(doubt.weight.key == DECISIVE for doubt in doubts)
    return Overview(glances(reader), doubts=len(doubts), grave=grave)


def glances(reader: Reader) -> list[Glance]:
    """The studies, those with the most people first."""
    drugs = {
        study: [(text(row, "drug"), text(row, "label")) for row in rows]
        for study, rows in by_study(reader.select(DRUGS))
    }
    headlines = headlines_of(reader)
    nearest = nearest_of_studies(reader)
    return [
        Glance(
            iri=study,
            label=text(first, "label"),
            design=text(first, "design"),
            condition=text(first, "condition"),
            people=text(first, "people"),
            figures=int(text(first, "figures") or 0),
            drugs=drugs.get(study, ()),
            key_figures=headlines[study].figures if study in headlines else (),
            has_shares=study in headlines,
            grave=grave_of(reader, study, headlines.get(study)),
            nearest=nearest.get(study),
        )
        for study, (first, *_others) in by_study(reader.select(STUDIES))
    ]


def by_study(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    """Put the rows of each study together; they are ordered so."""
    return [
        (study, list(of_study)) for study, of_study in groupby(rows, lambda row: text(row, "study"))
    ]
