"""One identifier, one name, one held text belongs to one record.

Reports of one paper rightly share what identifies it: those that are based on one another, as the
abstract page on its article. They have to agree on it, as the next module asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from allograph.doubts.rules.records.identifiers import identified, identifiers_of
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.names import names_of
from allograph.rdf.walk import walk
from allograph.text.words import compact

NAMED = ("Drug", "Target", "Procedure", "Condition", "Organization")
"""The classes whose names are told apart; outcomes share abbreviations."""


def identifiers_of_two(evidence: Evidence) -> Iterator[Doubt]:
    """An identifier that two records have, or two authors of one report."""
    owners: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for node in identified(evidence):
        for identifier in identifiers_of(node):
            if identifier.is_same:
                owners[identifier.registry, identifier.value][node.iri] = identifier.shown
    for report in evidence.instances("Report"):
        for author in map(evidence.nodes.of, report.iris("author")):
            for orcid in author.iris("orcid"):
                owners[f"an author of {report.iri}", orcid.lower()][author.iri] = orcid
        for held in map(evidence.nodes.of, report.iris("heldAs")):
            for digest in held.texts("sha256"):
                owners["sha256", digest.lower()][report.iri] = digest
    for shown_by in owners.values():
        yield from _shared(evidence, shown_by)


def names_of_two(evidence: Evidence) -> Iterator[Doubt]:
    """A label or another name that two records of a class have."""
    for name in NAMED:
        owners: dict[str, dict[str, str]] = defaultdict(dict)
        for node in evidence.instances(name):
            for text in names_of(node):
                owners[compact(text)][node.iri] = text
        for shown_by in owners.values():
            yield from _shared(evidence, shown_by)


def of_one_paper(evidence: Evidence, report: str) -> set[str]:
    """The reports that a report is based on, by way of others, too, and itself."""

    def based_on(iri: str) -> Iterable[str]:
        known = evidence.reports.get(iri)
        return known.based_on if known else ()

    return set(walk([report], based_on))


def _shared(evidence: Evidence, shown_by: dict[str, str]) -> Iterator[Doubt]:
    """A doubt about each of several owners that has another that is not of the same paper."""
    if len(shown_by) < 2:
        return
    papers = {iri: of_one_paper(evidence, iri) for iri in shown_by}
    for iri, shown in shown_by.items():
        others = sorted(
            other for other in shown_by if other not in papers[iri] and iri not in papers[other]
        )
        if others:
            labels = " and ".join(
                dict.fromkeys(evidence.nodes.of(other).label or other for other in others)
            )
            yield Doubt(iri, f'"{shown}" is also that of {labels}.', shown, tuple(others))
