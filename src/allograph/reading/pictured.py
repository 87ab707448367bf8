"""Look up what a plot shows of its rows beside their columns: design, people, treatments.

A row is about a result or a comparison. What is read of groups, studies and outcomes is read once
for a release; a plot then asks only for what its rows are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allograph.evidence import evidence_of
from allograph.evidence.model import Evidence
from allograph.evidence.people import count_people
from allograph.namespaces import BASE
from allograph.rdf.nodes import Nodes
from allograph.rdf.vocabularies import OUTCOME
from allograph.reading.reader import Reader, Row, text, values

WHOM = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
CONSTRUCT { ?node ?property ?value } WHERE {
  VALUES ?class { ag:Study ag:StudyGroup ag:SharedPeople ag:Outcome ag:Regimen }
  ?node a ?class ; ?property ?value .
}
"""
ABOUT = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
SELECT ?about ?study ?group ?against ?outcome ?lower ?upper ?level WHERE {{
  VALUES ?about {{ {iris} }}
  ?about ag:study ?study .
  OPTIONAL {{ ?about ag:group ?group }}
  OPTIONAL {{ ?about ag:comparator ?against }}
  OPTIONAL {{ ?about ag:outcome ?outcome }}
  OPTIONAL {{ ?about ag:printedLowerLimit ?lower ; ag:printedUpperLimit ?upper }}
  OPTIONAL {{ ?about ag:confidenceLevel ?level }}
}} ORDER BY ?about ?group ?against ?outcome
"""

DESIGNS: Mapping[str, str] = {
    "randomised-trial": "randomised trial",
    "controlled-trial": "controlled trial, not randomised",
    "single-arm-trial": "single-arm trial",
    "uncontrolled-cohort": "uncontrolled cohort",
    "pooled-analysis": "pooled analysis",
    "indirect-comparison": "indirect comparison",
    "network-meta-analysis": "network meta-analysis",
}
"""In the order in which people rely on them; the others come last."""

UNSAID = re.compile(r", (?:\w+ )?not (?:stated|specified)$")
LATER = ("death", "relapse", "response", "transplant", "adverse-event", "alive")
"""What becomes of people under treatment: a share of those it befell is no share of all."""


@dataclass(frozen=True)
class Pictured:
    """What a row is about, beyond its columns.

    ``rank`` is that of its design, from 0; ``size`` and ``other_size`` are those of its group and
    of the comparator. ``among`` says of whom a
    share is one, where not of all: ``those who died``. ``treatment`` and ``other_treatment`` are
    what its group and the comparator were given, else empty. ``limits`` are those that its source
    prints, with their level.
    """

    study: str = ""
    design: str = ""
    rank: int = len(DESIGNS)
    size: int | None = None
    other_size: int | None = None
    among: str = ""
    is_desirable: bool | None = None
    treatment: str = ""
    other_treatment: str = ""
    limits: tuple[str, str, str] = ("", "", "")
    groups: tuple[str, ...] = ()


NOTHING_KNOWN = Pictured()


def look_at(reader: Reader, about: Iterable[str]) -> dict[str, Pictured]:
    """Look up what rows are about, by IRI; what is no part of a study is missing."""
    wanted = dict.fromkeys(iri for iri in about if iri.startswith(BASE))
    if not wanted:
        return {}
    evidence = reader.once(read_whom)
    found: dict[str, Pictured] = {}
    for row in reader.select(ABOUT.format(iris=values(wanted))):
        found.setdefault(text(row, "about"), pictured(evidence, row_texts(row)))
    return found


def people_of(reader: Reader, groups: Iterable[str]) -> str:
    """How many people groups have together, each counted once: ``384``, or ``at most 384``."""
    people = count_people(reader.once(read_whom), groups)
    return "" if people.number is None else str(people)


def read_whom(reader: Reader) -> Evidence:
    """Studies, groups, what groups share, outcomes and regimens: everything but figures."""
    return evidence_of(Nodes(reader.construct(WHOM)))


def row_texts(row: Row) -> dict[str, str]:
    """What a row says, by variable; empty where it says nothing."""
    names = ("study", "group", "against", "outcome", "lower", "upper", "level")
    return {name: text(row, name) for name in names}


def pictured(evidence: Evidence, texts: Mapping[str, str]) -> Pictured:
    """What is known of a figure, from the IRIs of its study, groups and outcome, and its limits."""
    study = evidence.studies.get(texts["study"])
    design = (study.design if study else None) or ""
    group, against = texts["group"], texts["against"]
    return Pictured(
        study=texts["study"],
        design=DESIGNS.get(design, ""),
        rank=[*DESIGNS, design].index(design),
        size=evidence.size(group or None),
        other_size=evidence.size(against or None),
        among=among(evidence, group),
        is_desirable=evidence.is_desirable(texts["outcome"] or None),
        treatment=treatment(evidence, group),
        other_treatment=treatment(evidence, against),
        limits=(texts["lower"], texts["upper"], texts["level"]),
        groups=tuple(filter(None, (group, against))),
    )


def among(evidence: Evidence, group: str) -> str:
    """Say by what befell them people were chosen under treatment; empty for all who began it."""
    chain = [one for one in (evidence.groups.get(group), *evidence.ancestors(group)) if one]
    told = [
        clause(evidence, outcome, is_with=is_with)
        for one in chain
        for is_with, outcomes in ((True, one.selected_by), (False, one.without))
        for outcome in sorted(outcomes)
        if is_later(evidence, outcome)
    ]
    return " among ".join(dict.fromkeys(told))


def is_later(evidence: Evidence, outcome: str) -> bool:
    """Tell whether an outcome comes about under treatment, and not before it."""
    broader = evidence.broader(outcome)
    return any(OUTCOME[key] in broader for key in LATER)


def clause(evidence: Evidence, outcome: str, *, is_with: bool) -> str:
    """People by what became of them: ``those with complete remission``."""
    if is_with and OUTCOME["death"] in evidence.broader(outcome):
        return "those who died"
    label = UNSAID.sub("", evidence.nodes.of(outcome).label)
    return f"those with {label}" if is_with else f"those without {label}"


def treatment(evidence: Evidence, group: str) -> str:
    """What a group was given, as its regimens are called; what they leave unsaid is left out."""
    found = evidence.groups.get(group)
    labels = [evidence.nodes.of(iri).label for iri in sorted(found.regimens)] if found else []
    return " or ".join(UNSAID.sub("", label) for label in labels if label)
