"""Which reports were retracted, warned of or corrected, and which findings of a page are theirs.

What is retracted stays in the graph, since it was printed; whoever looks at it is told first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allograph.curated.notices import CONCERN, RETRACTED
from allograph.namespaces import BASE, key_of
from allograph.rdf.nodes import Node
from allograph.rdf.terms import NamedNode, value_of
from allograph.rdf.vocabularies import AG, DCTERMS, FLAG, RDF, RDFS
from allograph.reading.answers.table import Table
from allograph.reading.behind import Behind
from allograph.reading.reader import Reader, text

MARKS = (RETRACTED, CONCERN)
"""The keys of the flags that follow from notices, the gravest first."""
REPORT = f"{BASE}report/"
FINDINGS = frozenset((AG.Result, AG.Comparison, AG.Claim))

MARKED = f"""
SELECT ?report ?flag ?label WHERE {{
  VALUES ?flag {{ {" ".join(f"<{FLAG[mark]}>" for mark in MARKS)} }}
  ?report a <{AG.Report}> ; <{AG.flag}> ?flag ; <{RDFS.label}> ?label
}} ORDER BY ?report
"""

NOTICES = f"""
SELECT ?report ?notice ?kind ?label ?kind_label ?comment ?issued ?source ?seen_at ?seen_on WHERE {{
  ?report <{AG.notice}> ?notice .
  ?notice <{AG.noticeKind}> ?kind ; <{RDFS.label}> ?label .
  ?kind <{RDFS.label}> ?kind_label .
  OPTIONAL {{ ?notice <{RDFS.comment}> ?comment }}
  OPTIONAL {{ ?notice <{DCTERMS.issued}> ?issued }}
  OPTIONAL {{ ?notice <{DCTERMS.source}> ?source }}
  OPTIONAL {{ ?notice <{AG.seenAt}> ?seen_at }}
  OPTIONAL {{ ?notice <{AG.seenOn}> ?seen_on }}
}} ORDER BY ?report ?issued ?notice
"""


@dataclass(frozen=True)
class Notice:
    """One notice of a report; what was not to be seen is empty, and dates are as printed."""

    iri: str
    kind: str
    label: str
    comment: str
    issued: str
    source: str
    seen_at: str
    seen_on: str


@dataclass(frozen=True)
class Marked:
    """A report that was retracted or warned of, and how many findings of it a page shows.

    ``notices`` is empty where it only retells such a report.
    """

    iri: str
    label: str
    notices: tuple[Notice, ...]
    findings: int


@dataclass(frozen=True)
class Banner:
    """What stands above a page: the key of the flag, and its reports."""

    mark: str
    reports: tuple[Marked, ...]


def notices_of_reports(reader: Reader) -> Mapping[str, tuple[Notice, ...]]:
    """The notices of each report, by its IRI, the earliest first."""
    found: dict[str, tuple[Notice, ...]] = {}
    for row in reader.select(NOTICES):
        notice = Notice(
            iri=text(row, "notice"),
            kind=text(row, "kind_label"),
            label=text(row, "label"),
            comment=text(row, "comment"),
            issued=text(row, "issued"),
            source=text(row, "source"),
            seen_at=text(row, "seen_at"),
            seen_on=text(row, "seen_on"),
        )
        found[text(row, "report")] = (*found.get(text(row, "report"), ()), notice)
    return found


def marks_of_reports(reader: Reader) -> Mapping[str, Mapping[str, str]]:
    """The labels of the reports with each mark, by its key and by the IRI of the report."""
    found: dict[str, dict[str, str]] = {mark: {} for mark in MARKS}
    for row in reader.select(MARKED):
        found[key_of(text(row, "flag"))][text(row, "report")] = text(row, "label")
    return found


def banners(reader: Reader, findings: Mapping[str, int]) -> list[Banner]:
    """The banners of a page that shows so many findings of each report, by IRI."""
    notices = reader.once(notices_of_reports)
    marked = reader.once(marks_of_reports)
    found = []
    for mark in MARKS:
        reports = tuple(
            Marked(iri, label, notices.get(iri, ()), findings[iri])
            for iri, label in marked[mark].items()
            if iri in findings
        )
        if reports:
            found.append(Banner(mark, reports))
    return found


def findings_of_reports(nodes: Iterable[Node]) -> Mapping[str, int]:
    """How many findings each report prints; 0 of one that prints groups of people alone."""
    found: Counter[str] = Counter()
    for node in nodes:
        is_finding = not FINDINGS.isdisjoint(node.iris(RDF.type))
        for report in node.iris("report"):
            found[report] += is_finding
    return found


def rows_of_reports(table: Table, behind: Behind) -> Mapping[str, int]:
    """How many rows of an answer show each report, or what it prints."""
    found: Counter[str] = Counter()
    page = table.rows[table.start : table.start + len(table.lines)]
    for line, row in zip(table.lines, (each.terms for each in page), strict=True):
        shown = {iri for iri in map(_report_in, row.values()) if iri}
        if key := row.get("report"):
            shown.add(f"{REPORT}{value_of(key).removeprefix(REPORT)}")
        if evidence := behind.by_iri.get(line.about):
            shown.update(evidence.node.iris("report"))
        found.update(shown)
    return found


def _report_in(term: object) -> str:
    return term.value if isinstance(term, NamedNode) and term.value.startswith(REPORT) else ""
