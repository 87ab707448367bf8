"""The doubts of a release, each once, with what is doubted and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from allograph.reading.ledger import DOUBTS, PREFIXES
from allograph.reading.reader import Reader, Row, text
from allograph.reading.weighed.sayings import Saying, Weight, sayings_of
from allograph.reading.weighed.together import BETWEEN, put_together

# What kind of thing is doubted, and of which study it is: it, a group of it, a report of it.
PLACES = f"""{PREFIXES}
SELECT DISTINCT ?part ?kind ?study ?study_label WHERE {{
  {{ SELECT DISTINCT ?part WHERE {{
    {{ ?part ag:flag ?flag }} UNION {{ ?finding sh:focusNode ?part }}
  }} }}
  OPTIONAL {{
    VALUES (?class ?kind) {{
      (ag:Result "figure") (ag:Comparison "comparison") (ag:Claim "claim") (ag:StudyGroup "group")
      (ag:DoseStep "dose") (ag:Regimen "regimen") (ag:RegistryRecord "registration")
      (ag:Report "report") (ag:Study "study")
    }}
    ?part a ?class
  }}
  OPTIONAL {{
    ?part ag:study|^ag:study/ag:study|^ag:registration|ag:reports|(^ag:step)?/^ag:regimen/ag:study
      ?study .
    ?study a ag:Study ; rdfs:label ?study_label .
  }}
}} ORDER BY ?part ?kind ?study
"""
INVOLVED = f"{PREFIXES} SELECT ?finding ?other WHERE {{ ?finding ag:involves ?other }}"
COMMENTS = f"""{PREFIXES}
SELECT DISTINCT ?part ?comment WHERE {{ ?part ag:flag|ag:between ?any ; rdfs:comment ?comment }}
ORDER BY ?part ?comment
"""
SOURCES = f"""{PREFIXES}
SELECT ?part ?report ?label WHERE {{
  ?part ag:report ?report . ?report rdfs:label ?label .
  FILTER EXISTS {{ {{ ?part ag:flag ?flag }} UNION {{ ?finding sh:focusNode ?part }} }}
}} ORDER BY ?part ?report
"""
RETOLD = "https://w3id.org/allograph/flag/secondary-source"


@dataclass(frozen=True)
class Link:
    """Something that has an address and a name."""

    iri: str
    label: str

    @property
    def short(self) -> str:
        """The name up to a colon."""
        return self.label.partition(":")[0]


@dataclass(frozen=True)
class Side:
    """One thing that is doubted: as printed, of what kind, of which studies, in which reports."""

    iri: str
    label: str
    reported_as: str
    kind: str
    studies: Sequence[Link]
    reports: Sequence[Link]


@dataclass(frozen=True)
class Finding:
    """What a rule found of a part, with its IRI and in its words."""

    iri: str
    part: str
    message: str

    @property
    def anchor(self) -> str:
        """The fragment of its IRI, by which the page names its place."""
        return self.iri.partition("#")[2]


@dataclass(frozen=True)
class Doubt:
    """One doubt: what says it, of what, and why; ``comments`` are a curator's words.

    ``beside`` are the things that it was compared with and that are not doubted themselves.
    ``is_retold`` tells whether all its sides stand in retellings alone.
    """

    sayings: Sequence[Saying]
    sides: Sequence[Side]
    findings: Sequence[Finding]
    found_by: str
    comments: Sequence[str]
    beside: Sequence[str]
    is_retold: bool

    @cached_property
    def saying(self) -> Saying:
        """What gives the doubt its name: its only rule, else its flag."""
        rules = [saying for saying in self.sayings if saying.is_rule]
        flags = [saying for saying in self.sayings if not saying.is_rule]
        return rules[0] if len(rules) == 1 or not flags else flags[0]

    @cached_property
    def gravest(self) -> Saying:
        """What gives the doubt its weight; its own name, where that weighs as much."""
        weight = min(saying.weight for saying in self.sayings)
        said = (self.saying, *self.sayings)
        return next(saying for saying in said if saying.weight == weight)

    @property
    def weight(self) -> Weight:
        """How much it matters."""
        return self.gravest.weight

    @cached_property
    def studies(self) -> tuple[Link, ...]:
        """The studies that it is about, each once."""
        return tuple(dict.fromkeys(study for side in self.sides for study in side.studies))

    @property
    def kind(self) -> str:
        """What kind of thing is doubted."""
        return self.sides[0].kind

    @property
    def is_between(self) -> bool:
        """Tell whether it stands between its sides, and is not about each of them."""
        return any(saying.iri in BETWEEN for saying in self.sayings)

    @property
    def is_of_a_group(self) -> bool:
        """Tell whether it is about a group of people, and so about all figures of it."""
        return self.kind == "group" and not self.is_between

    @property
    def messages(self) -> Sequence[str]:
        """What rules say of it: of several sides once, and nothing that a curator's reason says."""
        if self.is_between and self.comments:
            return ()
        found = list(dict.fromkeys(finding.message for finding in self.findings))
        return found[:1] if len(self.sides) > 1 else found


def doubts_of(reader: Reader) -> Sequence[Doubt]:
    """The doubts of what is read, the gravest first, those of one study together."""
    return reader.once(read_doubts)


def read_doubts(reader: Reader) -> Sequence[Doubt]:
    """Read every finding and every flag, and put together what says the same."""
    rows = reader.select(DOUBTS)
    involved = _lists(reader.select(INVOLVED), "finding", "other")
    comments = _lists(reader.select(COMMENTS), "part", "comment")
    sides = _sides(rows, reader)
    retold = {text(row, "part") for row in rows if text(row, "flag") == RETOLD}
    sayings = sayings_of(reader)
    doubts = (
        _doubt(together, sides, sayings, involved, comments, retold)
        for together in put_together(rows, involved)
    )
    return tuple(sorted(doubts, key=_order))


def _doubt(
    rows: Sequence[Row],
    sides: Mapping[str, Side],
    sayings: Mapping[str, Saying],
    involved: Mapping[str, Sequence[str]],
    comments: Mapping[str, Sequence[str]],
    retold: set[str],
) -> Doubt:
    said = dict.fromkeys(
        text(row, name) for row in rows for name in ("rule", "flag") if name in row
    )
    parts = dict.fromkeys(text(row, "part") for row in rows)
    found = {
        text(row, "finding"): Finding(text(row, "finding"), text(row, "part"), text(row, "message"))
        for row in rows
        if "finding" in row
    }
    others = dict.fromkeys(chain.from_iterable(involved.get(iri, ()) for iri in found))
    beside = [iri for iri in others if iri not in parts]
    of_parts = sorted((sides[iri] for iri in parts), key=lambda it: (it.kind != "group", it.iri))
    # A discrepancy gives its reason itself: a comment on a side may be about another flag.
    is_between = not BETWEEN.isdisjoint(said)
    commented = beside if is_between else [of_parts[0].iri]
    found_by = {text(row, "found_by") for row in rows}
    return Doubt(
        sayings=[sayings[iri] for iri in said if iri in sayings],
        sides=of_parts,
        findings=list(found.values()),
        found_by=found_by.pop() if len(found_by) == 1 else "rule and curator",
        comments=[comment for iri in commented for comment in comments.get(iri, ())],
        beside=beside,
        is_retold=retold.issuperset(parts),
    )


def _sides(rows: Iterable[Row], reader: Reader) -> Mapping[str, Side]:
    """What is doubted, by IRI; the kind of a record that is of no class here is its own."""
    kinds: dict[str, str] = {}
    studies: dict[str, list[Link]] = {}
    for row in reader.select(PLACES):
        part = text(row, "part")
        kinds.setdefault(part, text(row, "kind"))
        study = Link(text(row, "study"), text(row, "study_label"))
        if study.iri and study not in studies.setdefault(part, []):
            studies[part].append(study)
    reports: dict[str, list[Link]] = {}
    for row in reader.select(SOURCES):
        reports.setdefault(text(row, "part"), []).append(
            Link(text(row, "report"), text(row, "label"))
        )
    found = {}
    for row in rows:
        part, record = text(row, "part"), text(row, "record")
        of_record = [Link(record, text(row, "record_label"))] if "/study/" in record else []
        found[part] = Side(
            part,
            text(row, "label"),
            text(row, "reported_as"),
            kinds.get(part) or record.removesuffix("/").rpartition("/")[0].rpartition("/")[2],
            of_record or studies.get(part, []),
            reports.get(part, []),
        )
    return found


def _lists(rows: Iterable[Row], key: str, value: str) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(text(row, key), []).append(text(row, value))
    return found


def _order(doubt: Doubt) -> tuple[int, str, str, str]:
    first = doubt.studies[0].label if doubt.studies else ""
    return doubt.weight.rank, first.casefold(), doubt.sides[0].iri, doubt.saying.label
