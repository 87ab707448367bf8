"""What a held text prints of its report and of those that it rests on: titles, dates, citations.

A title, an identifier or the date of a report is entered in the record of that report, which has no
span in the text. It is recognised where it stands: an identifier and a full date anywhere, a title
word by word, volume and pages in a line that prints both of one report, a year behind "Copyright".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from allograph.checks.entered import Said, said_by
from allograph.curated.held.folded import Folded, Span
from allograph.curated.held.locators import ReadText
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import DCTERMS
from allograph.text.lines import line_around
from allograph.text.printed import Kind, PrintedNumber, printed_numbers

_RELATIONS = ("basedOn", "updates", "cites")
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))\s", re.IGNORECASE)


@dataclass(frozen=True)
class _Record:
    """A report or a part of it; the spans in which its title stands, and its citations."""

    iri: str
    said: Said
    titles: tuple[Span, ...]
    citations: tuple[Span, ...]


class Bibliography:
    """The reports that a text can speak of, and their places in it."""

    def __init__(self, report: str, nodes: Nodes, read: ReadText) -> None:
        self._text = read.prose.text
        folded = Folded(self._text)
        self._records = [
            _Record(
                node.iri,
                said_by(node),
                tuple(span for title in _titles(node) for span in folded.find(title)),
                tuple(self._citations(node)),
            )
            for node in _nodes_of(report, nodes)
        ]

    def entries(self, number: PrintedNumber) -> Iterator[tuple[str, str]]:
        """The records that enter a number, each with the property that does."""
        for record in self._records:
            if any(start <= number.start and number.end <= end for start, end in record.titles):
                yield record.iri, DCTERMS["title"]
            elif property := self._property(record, number):
                yield record.iri, property

    def _property(self, record: _Record, number: PrintedNumber) -> str:
        is_cited = any(start <= number.start < end for start, end in record.citations)
        is_day = any(len(date) == len("2018-10-15") for date in number.dates)
        behind = self._text[max(0, number.start - 16) : number.start]
        is_year = bool(record.said.dates) and bool(_COPYRIGHT.search(behind))
        if number.kind is Kind.IDENTIFIER or is_cited or is_day or is_year:
            return record.said.enters(number)
        return ""

    def _citations(self, node: Node) -> Iterator[Span]:
        """The lines that print both the volume and the first page of a report."""
        volume = printed_numbers(node.value("volume"))[:1]
        page = printed_numbers(node.value("pages"))[:1]
        if not volume or not page:
            return
        form = (
            rf"(?<!\w){re.escape(volume[0].text)}(?!\w)[^\r\n]{{0,40}}?(?<!\w){page[0].text}(?!\w)"
        )
        for match in re.finditer(form, self._text):
            yield line_around(self._text, match.start())


def _titles(node: Node) -> Iterable[str]:
    return (text.rstrip(".") for text in node.texts(DCTERMS["title"]))


def _nodes_of(report: str, nodes: Nodes) -> list[Node]:
    """The report, those that it is based on, updates or cites, and the parts of all of them."""
    reports, queue = [report], [report]
    while queue:
        node = nodes.of(queue.pop())
        for iri in (iri for name in _RELATIONS for iri in node.iris(name)):
            if iri not in reports:
                reports.append(iri)
                queue.append(iri)
    names = dict.fromkeys(reports)
    for iri in reports:
        names |= dict.fromkeys(one for one in nodes if one.startswith(f"{iri}#"))
    return [nodes.of(iri) for iri in names if not nodes.of(iri).all("passageOf")]
