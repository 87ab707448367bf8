"""What is known of the study of a row: how it was set up, how many it counted, and in whom.

So rows stand in the order of what they can show, the randomised and the large first, and can be
narrowed by a population that the answer itself has no column for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from allograph.namespaces import key_of
from allograph.rdf.vocabularies import AG, RDFS, SKOS
from allograph.reading.reader import Reader, text

DESIGNS = (
    "randomised-trial",
    "controlled-trial",
    "single-arm-trial",
    "uncontrolled-cohort",
    "pooled-analysis",
    "indirect-comparison",
    "network-meta-analysis",
    "not-stated",
)
"""The keys of the designs, those first that leave the least to chance or choice."""

STUDY = ("study", "study_label")
"""The columns that say of which study a row is; the first that an answer has is read."""

STUDIES = f"""
SELECT ?study ?label ?design ?design_label ?people WHERE {{
  ?study a <{AG.Study}> ; <{RDFS.label}> ?label .
  OPTIONAL {{ ?study <{AG.design}> ?design . ?design <{RDFS.label}> ?design_label }}
  OPTIONAL {{
    SELECT ?study (MAX(?size) AS ?people) WHERE {{
      ?group a <{AG.StudyGroup}> ; <{AG.study}> ?study ; <{AG.size}> ?size .
    }} GROUP BY ?study
  }}
}}
"""

POPULATIONS = f"""
SELECT DISTINCT ?study ?label WHERE {{
  ?study a <{AG.Study}> ; <{AG.condition}>/<{SKOS.broader}>* ?condition .
  ?condition <{RDFS.label}> ?label .
}} ORDER BY ?label
"""

_ORDER = re.compile(r"ORDER\s+BY((?:\s+(?:(?:ASC|DESC)\s*\(\s*)?\?\w+(?:\s*\))?)+)\s*\Z")


@dataclass(frozen=True)
class StudyOfRow:
    """A study as a row needs it: ``populations`` are the conditions, with those that hold them."""

    key: str
    label: str
    design: str
    rank: int
    people: int
    populations: tuple[str, ...]

    @property
    def place(self) -> tuple[int, int, str]:
        """Where it stands among others: by its design, then by its size, then by its name."""
        return self.rank, -self.people, self.label.casefold()


def studies_by_name(reader: Reader) -> Mapping[str, StudyOfRow]:
    """The studies by key and by label."""
    populations = defaultdict(list)
    for row in reader.select(POPULATIONS):
        populations[text(row, "study")].append(text(row, "label"))
    found = {}
    for row in reader.select(STUDIES):
        design = key_of(text(row, "design")) if "design" in row else DESIGNS[-1]
        study = StudyOfRow(
            key_of(text(row, "study")),
            text(row, "label"),
            text(row, "design_label"),
            DESIGNS.index(design) if design in DESIGNS else len(DESIGNS),
            int(text(row, "people") or 0),
            tuple(populations[text(row, "study")]),
        )
        found[study.label] = found[study.key] = study
    return found


def blocks_of(query: str, names: Collection[str]) -> tuple[str, ...] | None:
    """The columns that a query sorts by before the study: within those, studies may change places.

    ``None`` where the study is not sorted by, or after something that the answer does not show.
    """
    if not (match := _ORDER.search(query)):
        return None
    sorted_by = re.findall(r"\?(\w+)", match[1])
    at = next((at for at, name in enumerate(sorted_by) if name in STUDY), None)
    if at is None or not set(sorted_by[:at]) <= set(names):
        return None
    return tuple(sorted_by[:at])


def study_in(texts: Mapping[str, str], studies: Mapping[str, StudyOfRow]) -> StudyOfRow | None:
    """The study that a row is of, by its key, its IRI or its label."""
    said = next((texts[name] for name in STUDY if texts.get(name)), "")
    return studies.get(said) or studies.get(said.rpartition("/")[2])


def in_blocks(values: Sequence[Sequence[str]]) -> list[int]:
    """The number of the block of each row: those with the same values, in order of appearance."""
    numbers: dict[tuple[str, ...], int] = {}
    return [numbers.setdefault(tuple(row), len(numbers)) for row in values]
