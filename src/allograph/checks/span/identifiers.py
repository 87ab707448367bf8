"""Identifiers that a held text prints: DOI, PMID, NCT number and ORCID of the records it is about.

A text is about its report, the reports that this is based on, and their studies. A kind that the
text prints nowhere outside its references proves nothing; where it prints one, the curated one is
among them, or it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from allograph.checks.span.reading import Reading, Told, plain
from allograph.curated.held.prose import Prose
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS
from allograph.rdf.walk import walk

PATTERNS: Mapping[str, re.Pattern[str]] = {
    "doi": re.compile(r"\b10\.\d{4,9}/[^\s\"<>;,()]+[^\s\"<>;,().]"),
    "pmid": re.compile(r"\bPMID:?\s*(\d{1,8})\b", re.IGNORECASE),
    "pmcid": re.compile(r"\bPMC\d{4,8}\b"),
    "nct": re.compile(r"\bNCT\d{8}\b"),
}
"""How each kind is printed."""
ORCID = re.compile(r"\b\d{4}-\d{4}-\d{4}-\d{3}[\dX]\b")
_REFERENCES = re.compile(r"^\s*(?:References|Bibliography|Similar articles)\s*$", re.M | re.I)


def identifiers(reading: Reading) -> Iterator[Told]:
    """An identifier of a kind that the text prints, and that is not printed there."""
    for report, prose in reading.texts.items():
        text = prose.text[: end_of_text(prose)]
        for kind, pattern in PATTERNS.items():
            printed = {match[match.lastindex or 0].lower() for match in pattern.finditer(text)}
            curated = [
                (node, value) for node in lineage(reading, report) for value in _of(node, kind)
            ]
            if not printed or not curated or any(value in printed for _node, value in curated):
                continue
            for node, value in curated:
                message = f"{value} is not printed; the text has {' and '.join(sorted(printed))}."
                yield Told(node.iri, "identifier", f"{message[:-1]}: correct it.", value)


def orcids(reading: Reading) -> Iterator[Told]:
    """An ORCID that the text prints beside another author, or not at all though others are."""
    for report, prose in reading.texts.items():
        text = plain(prose.text)
        owners = {match[0]: match.start() for match in ORCID.finditer(text)}
        authors = list(_with_orcid(reading, report)) if owners else []
        for author, orcid in authors:
            if orcid not in owners:
                message = f"{orcid} is not printed, and other ORCIDs are: correct it."
                yield Told(author.iri, "orcid", message, orcid)
                continue
            before = text[: owners[orcid]]
            at = {one.iri: before.rfind(_as_printed(one)) for one, _orcid in authors}
            nearest = max(at, key=lambda iri: at[iri])
            if at[author.iri] < at[nearest]:
                label = reading.evidence.nodes[nearest].label
                message = f'{orcid} stands beside "{label}" in the text: correct ag:orcid.'
                yield Told(author.iri, "orcid", message, orcid)


def _as_printed(author: Node) -> str:
    return plain(author.text("reportedAs") or author.label)


def lineage(reading: Reading, report: str) -> Iterator[Node]:
    """A report, those that it is based on, and the studies that they report, each once."""
    nodes = reading.evidence.nodes

    def further(iri: str) -> list[str]:
        names = ("basedOn", "reports", "registration")
        return [other for name in names for other in nodes.of(iri).iris(name)]

    yield from (nodes[iri] for iri in walk([report], further) if iri in nodes)


def _of(node: Node, kind: str) -> Iterator[str]:
    """The identifiers of a kind that a node has, in small letters."""
    for text in (*node.texts(DCTERMS.identifier), *node.texts("number")):
        scheme, _colon, rest = text.partition(":")
        if scheme.lower() == kind and rest:
            yield rest.lower()
        elif kind == "nct" and PATTERNS["nct"].fullmatch(text):
            yield text.lower()


def _with_orcid(reading: Reading, report: str) -> Iterator[tuple[Node, str]]:
    """The authors of a report and of those it is based on, each with the ORCID that it has."""
    nodes = reading.evidence.nodes
    for node in lineage(reading, report):
        for iri in node.iris("author"):
            for text in nodes.of(iri).texts("orcid"):
                if match := ORCID.search(text):
                    yield nodes[iri], match[0]


def end_of_text(prose: Prose) -> int:
    """Where the references begin."""
    last = [match.start() for match in _REFERENCES.finditer(prose.text)]
    return last[-1] if last else len(prose.text)
