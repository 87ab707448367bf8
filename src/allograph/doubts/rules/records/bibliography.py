"""Journal, volume and pages of a report, against its label, its address and its DOI.

``Jabbour 2018, Cancer 124(20):4044`` is volume 124(20) from page 4044; some publishers write the
same into the DOI, after the ISSN, or into the address of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from allograph.doubts.rules.dates.dates import period
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.doubts.rules.words.words import KEPT
from allograph.evidence import Evidence
from allograph.evidence.records import Report
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS
from allograph.text.check_digits import is_issn
from allograph.text.words import words_in

LABEL = re.compile(
    r"(?:^|[0-9]{4},?\s+|,\s+)(?P<journal>[^\d,]*?)\s*\b(?P<volume>[0-9]{1,4})"
    r"(?:\((?P<issue>[^)]*)\))?:\s*(?P<page>[a-z]?[0-9]+)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"/article/(?P<volume>[0-9]+)/(?P<issue>[^/]+)/(?P<page>[0-9]+)(?:/|$)")
DOI = re.compile(
    r"/(?P<issn>[0-9]{4}-[0-9]{3}[0-9Xx])-(?P<year>[0-9]{4})-(?P<volume>[0-9]+)-(?P<issue>[0-9]+)"
    r"-(?P<page>[0-9]+)-(?P<last>[0-9]+)$"
)
VOLUME = re.compile(r"\s*(?P<volume>[0-9]+)(?:\s*\((?P<issue>[^)]*)\))?")
PAGES = re.compile(r"\s*(?P<page>[a-z]*[0-9]+)(?:\s*[-–]\s*(?P<last>[a-z]*[0-9]+))?", re.IGNORECASE)  # noqa: RUF001
NUMBERS = {"volume": "volume", "issue": "issue", "page": "first page", "last": "last page"}


@dataclass(frozen=True)
class Cited:
    """What a text says of the place of a report: parts by name, as in ``volume``."""

    text: str
    parts: dict[str, str | None]


def places_of_reports(evidence: Evidence) -> Iterator[Doubt]:
    """A journal, volume, issue or page that a label, an address or a DOI gives otherwise."""
    for report in evidence.reports.values():
        node = evidence.nodes.of(report.iri)
        own = _own(node)
        yield from _pages(report, own)
        for cited in _cited(report, node):
            for name, called in NUMBERS.items():
                said = _digits(cited.parts.get(name))
                if said and own.get(name) and said != _digits(own[name]):
                    yield _doubt(report, called, cited.text, said, own[name])
            journal = cited.parts.get("journal")
            if (
                journal
                and own.get("journal")
                and not is_same_journal(journal, own["journal"] or "")
            ):
                yield _doubt(report, "journal", cited.text, journal, own["journal"])
            yield from _issn_and_year(report, node, cited)
        yield from _journal_of_article(evidence, report, own)


@lru_cache(KEPT)
def is_same_journal(one: str, other: str) -> bool:
    """Whether one name is the other, or an abbreviation of it, word by word."""
    return _abbreviates(words_in(one), words_in(other)) or _abbreviates(
        words_in(other), words_in(one)
    )


def _abbreviates(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(any(word.startswith(part) for word in rest) for part in short)


def _own(node: Node) -> dict[str, str | None]:
    volume, pages = VOLUME.match(node.value("volume")), PAGES.match(node.value("pages"))
    return {
        "journal": node.text("journal"),
        **(volume.groupdict() if volume else {}),
        **(pages.groupdict() if pages else {}),
    }


def _cited(report: Report, node: Node) -> Iterator[Cited]:
    texts = (
        (LABEL, [label_of(report)]),
        (ADDRESS, node.texts(DCTERMS.source)),
        (DOI, [*node.texts(DCTERMS.identifier), *node.texts(DCTERMS.source)]),
    )
    for pattern, places in texts:
        for text in places:
            if match := pattern.search(text):
                yield Cited(text, match.groupdict())


def _pages(report: Report, own: dict[str, str | None]) -> Iterator[Doubt]:
    """A last page before the first; ``740-53`` leaves out digits."""
    first, last = _digits(own.get("page")), _digits(own.get("last"))
    if first and last and len(last) >= len(first) and int(last) < int(first):
        yield Doubt(report.iri, f"It ends on page {last} and begins on page {first}.", last)


def _issn_and_year(report: Report, node: Node, cited: Cited) -> Iterator[Doubt]:
    issn, year = cited.parts.get("issn"), cited.parts.get("year")
    if issn and not is_issn(issn):
        message = f'The ISSN {issn} in "{cited.text}" has a wrong check digit.'
        yield Doubt(report.iri, message, cited.text)
    issued = period(node.text(DCTERMS.issued))
    if year and issued and not issued[0].year <= int(year) <= issued[1].year:
        yield _doubt(report, "year", cited.text, year, str(issued[0].year))


def _journal_of_article(
    evidence: Evidence, report: Report, own: dict[str, str | None]
) -> Iterator[Doubt]:
    """The abstract of an article stands in the journal of the article."""
    for iri in report.based_on if report.tier == "abstract" else ():
        other = evidence.reports.get(iri)
        theirs = evidence.nodes.of(iri).text("journal")
        if other and own["journal"] and theirs and not is_same_journal(own["journal"], theirs):
            message = f'It is in "{own["journal"]}", and {other.label}, its article, in "{theirs}".'
            yield Doubt(report.iri, message, own["journal"], (iri,))


@lru_cache(KEPT)
def _digits(text: str | None) -> str:
    """The digits of a volume, issue or page: of ``Suppl 1`` and ``Supplement 1`` the same."""
    return "".join(re.findall("[0-9]+", re.sub("%20", " ", text or "")))


def _doubt(report: Report, name: str, text: str, said: str, own: str | None) -> Doubt:
    return Doubt(report.iri, f'"{text}" gives the {name} {said}, and the record has {own}.', own)
