"""In which order a page tells the outcomes: the primary ones of a study, then topic by topic.

A topic is an outcome that nothing is broader than, and its place is data (``ag:order``): what
treatment is given for comes first. Within a topic comes first what most studies report. What a text
says of people in general, or of cells, was not measured by a study: it is background.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias

from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import AG, FLAG, RDFS, SKOS
from allograph.reading.reader import Reader, text

TOPICS = f"""
SELECT ?outcome ?topic ?label ?order WHERE {{
  ?topic <{AG.order}> ?order ; a <{AG.Outcome}> ; <{RDFS.label}> ?label .
  ?outcome <{SKOS.broader}>* ?topic .
}} ORDER BY ?outcome ?order ?topic
"""

STUDIES = f"""
SELECT ?outcome (COUNT(DISTINCT ?study) AS ?studies) WHERE {{
  ?finding <{AG.outcome}> ?outcome ; <{AG.study}> ?study .
}} GROUP BY ?outcome
"""

Rank: TypeAlias = tuple[int, str, int]
"""What findings on one outcome are sorted by: distance of the report, record, people from below."""

PRIMARY = "Primary outcomes"
LAST = 1000
"""The place of an outcome that is under no topic."""
NOT_OF_THE_STUDY = frozenset(("background", "non-human"))
"""The keys of the kinds of group that no study counted."""
BACKGROUND = FLAG["background-statement"]


@dataclass(frozen=True)
class Section:
    """Nodes under one heading, which is an IRI: a class, an outcome or a property."""

    heading: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True)
class Topic:
    """The outcomes that a page tells together; ``label`` is empty where nothing names them."""

    label: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Placed:
    """Where an outcome is told: its topic, and how many studies report it."""

    order: int
    topic: str
    studies: int


@dataclass(frozen=True)
class Outcomes:
    """The places of all outcomes, by IRI."""

    by_iri: Mapping[str, Placed]

    def place(self, outcome: str, primary: Sequence[str] = ()) -> tuple[int, int]:
        """What to sort an outcome by; what is primary comes first."""
        if outcome in primary:
            return 0, primary.index(outcome)
        placed = self.by_iri.get(outcome)
        return (placed.order, -placed.studies) if placed else (LAST, 0)

    def topics(self, sections: Iterable[Section], primary: Sequence[str]) -> list[Topic]:
        """Put sections on outcomes together by topic, the primary outcomes of a study before all.

        The sections are in the order of ``place``.
        """
        sections = list(sections)
        first = [section for section in sections if section.heading in primary]
        rest = [section for section in sections if section.heading not in primary]
        found = [Topic(PRIMARY, tuple(first))] if first else []
        return found + [
            Topic(label, tuple(of_topic)) for label, of_topic in groupby(rest, key=self._label)
        ]

    def _label(self, section: Section) -> str:
        placed = self.by_iri.get(section.heading)
        return placed.topic if placed else ""


def read_outcomes(reader: Reader) -> Outcomes:
    """Read the places of the outcomes, for ``Reader.once``.

    An outcome under several topics stands under the first of them; a topic is called by its label
    without what that adds behind a comma.
    """
    studies = {text(row, "outcome"): int(text(row, "studies")) for row in reader.select(STUDIES)}
    found: dict[str, Placed] = {}
    for row in reader.select(TOPICS):
        label = text(row, "label").partition(",")[0]
        outcome = text(row, "outcome")
        placed = Placed(
            int(text(row, "order")), label[:1].upper() + label[1:], studies.get(outcome, 0)
        )
        found.setdefault(outcome, placed)
    return Outcomes(found)


def is_background(finding: Node, nodes: Nodes) -> bool:
    """Tell whether a finding is of nobody whom its study counted."""
    kinds = [nodes.of(iri).key("grouping") for iri in finding.iris("group")]
    return BACKGROUND in finding.iris("flag") or (
        bool(kinds) and NOT_OF_THE_STUDY.issuperset(kinds)
    )


def by_outcome(
    results: Iterable[Node],
    outcomes: Outcomes,
    label: Callable[[str], str],
    rank: Callable[[Node], Rank],
) -> list[Section]:
    """Put the results on one outcome together, those that ``rank`` places first before others.

    Results of one rank stay in the order in which they come.
    """

    def outcome(result: Node) -> str:
        return next(iter(result.iris("outcome")), "")

    def place(result: Node) -> tuple[tuple[int, int], str, str, Rank]:
        iri = outcome(result)
        return outcomes.place(iri), label(iri).casefold(), iri, rank(result)

    ordered = sorted(results, key=place)
    return [Section(iri, tuple(group)) for iri, group in groupby(ordered, key=outcome)]
