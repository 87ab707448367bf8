"""An identifier against the label, the key and the addresses of its record, and its paper's.

A registry record is named for its number, and its address ends with it; the page of an abstract
has the number of the article. A slip in one of them shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from allograph.doubts.rules.records.identifiers import identifiers_of
from allograph.doubts.rules.records.shared_identifiers import of_one_paper
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Report
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS, RDFS, SKOS

NUMBERS: Mapping[str, re.Pattern[str]] = {
    "nct": re.compile(r"(?<![0-9a-z])nct[0-9]{3,}"),
    "eudract": re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{6}-[0-9]{2}(?!-?[0-9])"),
    "euct": re.compile(r"(?<![0-9])[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}(?![0-9])"),
    "isrctn": re.compile(r"(?<![0-9a-z])isrctn[0-9]{4,}"),
    "doi": re.compile(r"10\.[0-9]{4,9}/[^\s?#\"<>]+"),
    "pmid": re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|/pubmed)/([0-9]+)|\bpmid[: ]\s*([0-9]+)"),
    "pmcid": re.compile(r"(?<![0-9a-z])pmc[0-9]+"),
}
"""How the numbers of a registry are found in text in lower case."""
OF_PAPER = ("doi", "pmid", "pmcid")
"""What an abstract and its article have in common."""


def identifiers_and_addresses(evidence: Evidence) -> Iterator[Doubt]:
    """A number in a label, a key or an address that is not the one of the identifier."""
    for node in (*evidence.instances("RegistryRecord"), *evidence.instances("Report")):
        own = _own(node)
        for registry, pattern in NUMBERS.items():
            known = own.get(registry)
            if not known:
                continue
            for text in _places(node):
                for number in _found(pattern, text):
                    if not any(number == one or number.startswith(f"{one}/") for one in known):
                        said = f'"{number}" stands in "{text}", and the identifier is'
                        yield Doubt(node.iri, f'{said} "{min(known)}".', min(known))
    for report in evidence.reports.values():
        yield from _with_its_article(evidence, report)


def _own(node: Node) -> dict[str, set[str]]:
    """The identifiers of a record by registry, in lower case; a trial's name their own."""
    found: dict[str, set[str]] = {}
    for identifier in identifiers_of(node):
        if identifier.is_same and identifier.registry:
            found.setdefault(identifier.registry, set()).add(identifier.value)
            continue
        for registry, pattern in NUMBERS.items():
            if pattern.fullmatch(identifier.value):
                found.setdefault(registry, set()).add(identifier.value)
    return found


def _places(node: Node) -> Iterator[str]:
    """Where the number of a record stands beside its identifier: the key, names and addresses."""
    yield node.iri.rpartition("#")[2].rpartition("/")[2]
    for name in (RDFS.label, SKOS.altLabel, DCTERMS.source, RDFS.seeAlso):
        yield from node.texts(name)


def _found(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text.lower()):
        yield next((group for group in match.groups() if group), match[0]).rstrip("/.,;)")


def _with_its_article(evidence: Evidence, report: Report) -> Iterator[Doubt]:
    """An abstract and its article with two numbers of one registry."""
    if report.tier != "abstract":
        return
    own = _own(evidence.nodes.of(report.iri))
    for iri in sorted(of_one_paper(evidence, report.iri) - {report.iri}):
        other = evidence.reports.get(iri)
        theirs = _own(evidence.nodes.of(iri))
        for registry in OF_PAPER:
            one, another = own.get(registry), theirs.get(registry)
            if other is not None and one and another and one.isdisjoint(another):
                article = f'{other.label} is "{registry}:{min(another)}"'
                message = f'It is "{registry}:{min(one)}", and its article {article}.'
                yield Doubt(report.iri, message, min(one), (iri,))
