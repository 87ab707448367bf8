"""What a curator added to a report, against the report; and one paper, told twice.

The list of what was added (``ag:curated``) repeats values of the report, and the page of an
abstract has the dates, the volume and the pages of its article. A slip in one of them shows.
"""

from __future__ import annotations

from collections.abc import Iterator

from allograph.doubts.rules.dates.dates import period
from allograph.doubts.rules.records.identifiers import identifiers_of
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS
from allograph.text.words import compact

NOT_VALUES = frozenset({"curated", "comment"})
OF_PAPER = (DCTERMS["title"], DCTERMS.issued, DCTERMS.available, "volume", "pages")


def values_of_curators(evidence: Evidence) -> Iterator[Doubt]:
    """What is listed as added by a curator, and is no value of the report."""
    for report in evidence.instances("Report"):
        known = {
            text
            for name in report.properties()
            if key_of(name) not in NOT_VALUES
            for text in report.texts(name)
        }
        for added in report.texts("curated"):
            if added not in known:
                message = f'"{added}" is listed as added by a curator, and is no value of it.'
                yield Doubt(report.iri, message, added)


def papers_told_twice(evidence: Evidence) -> Iterator[Doubt]:
    """An abstract and its article, of one identifier, of another date, volume, page or title."""
    for report in evidence.reports.values():
        node = evidence.nodes.of(report.iri)
        for iri in report.based_on if report.tier == "abstract" else ():
            article = evidence.nodes.of(iri)
            if _numbers(node).isdisjoint(_numbers(article)):
                continue
            for name in OF_PAPER:
                own, theirs = node.text(name), article.text(name)
                if own and theirs and not _is_same(own, theirs):
                    message = f'Its {key_of(name)} is "{own}", and "{theirs}" in {article.label},'
                    message = f"{message} which is the same paper."
                    yield Doubt(report.iri, message, own, (iri,))


def _is_same(one: str, other: str) -> bool:
    """Whether two values are alike but for capitals; a year is the same as a day within it."""
    days, others = period(one), period(other)
    if days and others:
        return days[0] <= others[1] and others[0] <= days[1]
    return compact(one) == compact(other)


def _numbers(report: Node) -> set[tuple[str, str]]:
    return {(one.registry, one.value) for one in identifiers_of(report) if one.is_same}
