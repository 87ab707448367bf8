"""How reports stand to one another: studies in common, tiers, kinds of publication, circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from allograph.doubts.rules.records.shared_identifiers import of_one_paper
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Report
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import DCTERMS, RDF
from allograph.rdf.walk import walk

ORIGINAL = ("primary", "abstract", "registry")
"""Tiers by those who did the study, of which none is based on another of its own."""
TIERS: Mapping[str, frozenset[str]] = {
    "Abstract": frozenset({"abstract"}),
    "NewsItem": frozenset({"retelling"}),
}
"""The tiers that a kind of publication (FaBiO) has; those of other kinds differ."""
NOT_ABSTRACT = frozenset({"JournalArticle", "WebPage"})
NOT_IN_PRINT = frozenset({"NewsItem", "WebPage", "WebSite", "BlogPost"})
PAPER = ("doi:", "pmid:", "pmcid:")
"""The identifiers that a paper in a journal has."""


def relations_of_reports(evidence: Evidence) -> Iterator[Doubt]:
    """A relation between reports of other studies, or of tiers that do not follow each other."""
    for report in evidence.reports.values():
        yield from _kind(evidence, report)
        yield from _printed_in(evidence, report)
        for iri in (*report.based_on, *report.updates):
            other = evidence.reports.get(iri)
            if other is None:
                continue
            if report.studies and other.studies and report.studies.isdisjoint(other.studies):
                message = f"It is based on {other.label}, or updates it, and reports another study."
                yield Doubt(report.iri, message, report.label, (iri,))
            if iri in report.based_on:
                yield from _tiers(evidence, report, other)
        if report.iri in _updated(evidence, report):
            message = "It updates itself, by way of other reports."
            yield Doubt(report.iri, message, report.label)


def _tiers(evidence: Evidence, report: Report, other: Report) -> Iterator[Doubt]:
    """A report is based on what stands nearer to the study; others than ORIGINAL on their like."""
    own, theirs = evidence.rank(report.tier), evidence.rank(other.tier)
    if own is None or theirs is None:
        return
    if own < theirs or (own == theirs and report.tier in ORIGINAL):
        message = f"A report of the tier {report.tier} is not based on {other.label},"
        message = f"{message} of the tier {other.tier}; where it continues it, it updates it."
        yield Doubt(report.iri, message, report.tier, (other.iri,))


def _kind(evidence: Evidence, report: Report) -> Iterator[Doubt]:
    kinds = {key_of(iri) for iri in evidence.nodes.of(report.iri).iris(RDF.type)}
    for kind in sorted(kinds & TIERS.keys()):
        if report.tier and report.tier not in TIERS[kind]:
            message = f"It is of the kind {kind}, and of the tier {report.tier}."
            yield Doubt(report.iri, message, report.tier)
    yield from _place(evidence, report, kinds)
    if report.tier == "abstract" and kinds & NOT_ABSTRACT and "Abstract" not in kinds:
        kind = min(kinds & NOT_ABSTRACT)
        yield Doubt(report.iri, f"It is of the kind {kind}, and of the tier abstract.", report.tier)


def _place(evidence: Evidence, report: Report, kinds: set[str]) -> Iterator[Doubt]:
    """A page or a news item is in no volume; an article that only retells is in a journal."""
    node = evidence.nodes.of(report.iri)
    has_volume = node.text("volume") is not None or node.text("pages") is not None
    has_number = any(text.startswith(PAPER) for text in node.texts(DCTERMS.identifier))
    other = kinds & NOT_IN_PRINT
    if has_volume and other and "Abstract" not in kinds:
        yield Doubt(report.iri, f"It is of the kind {min(other)}, and has volume or pages.")
    retells = report.tier == "retelling" and "JournalArticle" in kinds
    if retells and not has_volume and not has_number:
        message = "It is of the kind JournalArticle, and has neither volume, pages nor number."
        yield Doubt(report.iri, message, report.tier)


def _printed_in(evidence: Evidence, report: Report) -> Iterator[Doubt]:
    """What is printed of a report stands in one that is based on it, or that cites it."""
    for iri in evidence.nodes.of(report.iri).iris("printedIn"):
        other = evidence.reports.get(iri)
        if other is None or iri == report.iri:
            continue
        papers = of_one_paper(evidence, iri)
        cited = {cited for paper in papers for cited in evidence.nodes.of(paper).iris("cites")}
        if report.iri not in papers | cited:
            message = f"It is printed in {other.label}, which is not based on it, nor cites it."
            yield Doubt(report.iri, message, report.label, (iri,))


def _updated(evidence: Evidence, report: Report) -> set[str]:
    """The reports that a report updates, by way of others, too."""

    def updates(iri: str) -> Iterable[str]:
        known = evidence.reports.get(iri)
        return known.updates if known else ()

    return {iri for iri in walk(report.updates, updates) if iri in evidence.reports}
