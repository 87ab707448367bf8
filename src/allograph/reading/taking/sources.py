"""Who prints the rows of an answer, and what is doubted of them: each once, with its rows.

Rows are numbered from 1, as they come, and noted one by one, so that an answer need not be held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from allograph.namespaces import BASE, key_of
from allograph.questions.question import Column
from allograph.rdf.rows import Row
from allograph.rdf.vocabularies import AG, DCTERMS, RDFS, SKOS
from allograph.reading.answers.rows import parts_of, text_of
from allograph.reading.reader import Reader, text, values

REPORT_COLUMNS = ("report", "report_label")
KIND_OF_DOUBT = {"flags": "flag", "findings": "rule"}
"""What the columns name: a flag and a rule may have the same key."""
AT_ONCE = 500
"""Rows whose reports are asked for in one query."""

REPORTS = f"""
SELECT ?report ?label ?tier ?address ?based WHERE {{
  ?report a <{AG.Report}> ; <{RDFS.label}> ?label .
  OPTIONAL {{ ?report <{AG.tier}>/<{RDFS.label}> ?tier }}
  OPTIONAL {{ ?report <{DCTERMS.source}> ?address }}
  OPTIONAL {{ ?report <{AG.basedOn}>/<{RDFS.label}> ?based }}
}} ORDER BY ?report ?address ?based
"""
DOUBTED = f"""
SELECT ?doubt ?label ?definition ?weight ?reason ?rank WHERE {{
  ?doubt <{AG.weight}> ?weighed ; <{RDFS.label}> ?label .
  ?weighed <{RDFS.label}> ?weight ; <{AG.rank}> ?rank .
  OPTIONAL {{ ?doubt <{SKOS.definition}> ?definition }}
  OPTIONAL {{ ?doubt <{AG.weightReason}> ?reason }}
}} ORDER BY ?rank ?label ?doubt
"""
PRINTED_IN = f"""
SELECT ?about ?report WHERE {{{{ VALUES ?about {{{{ {{iris}} }}}} ?about <{AG.report}> ?report }}}}
"""


@dataclass(frozen=True)
class Source:
    """A report: its name, how far it stands from its study, its address, and what it retells."""

    iri: str
    label: str
    tier: str
    address: str
    based_on: str


@dataclass(frozen=True)
class Doubt:
    """A flag or a rule: what it is called and means, how much it weighs, and why."""

    iri: str
    label: str
    definition: str
    weight: str
    reason: str

    @property
    def seen(self) -> str:
        """Who sees it: a flag is a curator's, a rule is computed."""
        is_flag = self.iri.startswith(f"{BASE}{KIND_OF_DOUBT['flags']}/")
        return "seen by a curator" if is_flag else "computed"


What = TypeVar("What", bound=Source | Doubt)


@dataclass(frozen=True)
class Noted(Generic[What]):
    """A source or a doubt, and the numbers of the rows that it is about, in order."""

    what: What
    rows: tuple[int, ...]


class Notes:
    """Notes the sources and the doubts of rows."""

    def __init__(self, reader: Reader, columns: Sequence[Column]) -> None:
        """Take the columns of the answer."""
        self._reader = reader
        names = [column.name for column in columns]
        self._report_columns = [name for name in REPORT_COLUMNS if name in names]
        self._doubt_columns = [name for name in KIND_OF_DOUBT if name in names]
        self._about = next((column.link for column in columns if column.link), "")
        self._reports = reader.once(reports_by_name)
        self._doubts = reader.once(doubts_by_name)
        self._sources_of: dict[str, list[int]] = defaultdict(list)
        self._doubts_of: dict[str, list[int]] = defaultdict(list)
        self._unknown: dict[str, list[int]] = defaultdict(list)

    def note(self, number: int, row: Row) -> None:
        """Note one row."""
        named = [text_of(row[name]) for name in self._report_columns]
        known = dict.fromkeys(self._reports[name].iri for name in named if name in self._reports)
        for iri in known:
            self._sources_of[iri].append(number)
        about = text_of(row[self._about]) if self._about else ""
        if not known and about.startswith(BASE):
            self._unknown[about].append(number)
        doubted = (
            self._doubts.get((KIND_OF_DOUBT[name], part))
            for name in self._doubt_columns
            for part in parts_of(text_of(row[name]))
        )
        for iri in dict.fromkeys(doubt.iri for doubt in doubted if doubt):
            self._doubts_of[iri].append(number)

    def sources(self) -> list[Noted[Source]]:
        """The reports, by the first of their rows."""
        self._ask_for_reports()
        found = ((min(rows), iri, rows) for iri, rows in self._sources_of.items())
        return [
            Noted(self._reports[iri], tuple(sorted(rows)))
            for _first, iri, rows in sorted(found)
            if iri in self._reports
        ]

    def doubts(self) -> list[Noted[Doubt]]:
        """The doubts, the gravest first."""
        return [
            Noted(doubt, tuple(self._doubts_of[doubt.iri]))
            for doubt in dict.fromkeys(self._doubts.values())
            if doubt.iri in self._doubts_of
        ]

    def _ask_for_reports(self) -> None:
        """Ask for the reports of rows that do not name any, by what they are about."""
        waiting, self._unknown = iter(self._unknown.items()), defaultdict(list)
        while some := dict(islice(waiting, AT_ONCE)):
            for row in self._reader.select(PRINTED_IN.format(iris=values(some))):
                self._sources_of[text(row, "report")].extend(some[text(row, "about")])


def reports_by_name(reader: Reader) -> Mapping[str, Source]:
    """The reports of the release, by IRI, by key, and by label where only one is called so."""
    found: dict[str, Source] = {}
    for row in reader.select(REPORTS):
        iri = text(row, "report")
        found.setdefault(
            iri,
            Source(iri, *(text(row, name) for name in ("label", "tier", "address", "based"))),
        )
    return {
        **dict(_by_label(found.values())),
        **{key_of(iri): it for iri, it in found.items()},
        **found,
    }


def doubts_by_name(reader: Reader) -> Mapping[tuple[str, str], Doubt]:
    """The flags and rules by their kind with key or label, the gravest first."""
    found: dict[tuple[str, str], Doubt] = {}
    for row in reader.select(DOUBTED):
        names = ("doubt", "label", "definition", "weight", "reason")
        doubt = Doubt(*(text(row, name) for name in names))
        kind, _slash, key = doubt.iri.removeprefix(BASE).partition("/")
        found.setdefault((kind, key), doubt)
        found.setdefault((kind, doubt.label), doubt)
    return found


def in_ranges(numbers: Iterable[int]) -> str:
    """Numbers in rising order, as people write them: ``2-5, 9``."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(f"{low}-{high}" if low < high else str(low) for low, high in ranges)


def _by_label(sources: Iterable[Source]) -> Iterator[tuple[str, Source]]:
    labelled: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        labelled[source.label].append(source)
    return ((label, found[0]) for label, found in labelled.items() if len(found) == 1)
