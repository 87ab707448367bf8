"""What a held text prints of its report and of those that it rests on: titles, dates, citations.

A title, an identifier or the date of a report is entered in the record of that report, which has no
span in the text. It is recognised where it stands: an identifier and a full date anywhere, a title
or an address word by word, key words in the line that names them so, volume and pages in a line
that prints both of one report, a year behind "Copyright".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from allograph.checks.entered import Said, said_by
from allograph.curated.held.folded import Folded, Span
from allograph.curated.held.locators import ReadText
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import Literal
from allograph.rdf.vocabularies import AG, DCTERMS
from allograph.text.lines import line_around
from allograph.text.printed import Kind, PrintedNumber, printed_numbers

_RELATIONS = ("basedOn", "updates", "cites")
_KEY_WORDS = re.compile(r"\W*key[\s-]?words?\b", re.IGNORECASE)
_LONG = 16
"""Characters of a text that stands where it does by no chance."""
_IN_A_CITATION = {AG.volume, AG.pages, DCTERMS.issued, DCTERMS.available, DCTERMS["date"]}
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))\s", re.IGNORECASE)


@dataclass(frozen=True)
class _Record:
    """A report or a part of it; the spans of its title and key words, and its citations."""

    iri: str
    pages: str
    said: Said
    titles: tuple[tuple[str, Span], ...]
    citations: tuple[Span, ...]


class Bibliography:
    """The reports that a text can speak of, and their places in it."""

    def __init__(self, report: str, nodes: Nodes, read: ReadText) -> None:
        self._text = read.prose.text
        folded = Folded(self._text)
        self._records = [
            _Record(
                node.iri,
                node.value("pages"),
                said_by(node),
                tuple(self._words(node, folded)),
                tuple(self._citations(node)),
            )
            for node in _nodes_of(report, nodes)
        ]

    def entries(self, number: PrintedNumber) -> Iterator[tuple[str, str]]:
        """The records that enter a number, each with the property that does."""
        for record in self._records:
            around = (
                name
                for name, (start, end) in record.titles
                if start <= number.start and number.end <= end
            )
            if property := next(around, "") or self._property(record, number):
                yield record.iri, property

    def _property(self, record: _Record, number: PrintedNumber) -> str:
        is_cited = any(start <= number.start < end for start, end in record.citations)
        is_day = any(len(date) == len("2018-10-15") for date in number.dates)
        behind = self._text[max(0, number.start - 16) : number.start]
        is_year = bool(record.said.dates) and bool(_COPYRIGHT.search(behind))
        if number.kind is Kind.IDENTIFIER or is_day or is_year:
            return record.said.enters(number)
        if is_cited and self._is_last_page(record, number):
            return AG.pages
        return record.said.enters(number, _IN_A_CITATION) if is_cited else ""

    def _is_last_page(self, record: _Record, number: PrintedNumber) -> bool:
        """Whether a number is the last page, abbreviated: the 50 of ``944-50`` for ``944-950``."""
        first, _dash, last = record.pages.partition("-")
        before = self._text[: number.start].rstrip("-\u2010\u2011\u2012\u2013\u2014")
        is_behind = before.endswith(first) and len(before) < number.start
        return bool(first and last) and is_behind and last.endswith(number.text)

    def _words(self, node: Node, folded: Folded) -> Iterator[tuple[str, Span]]:
        """Where its longer texts stand, a title or an address, and key words in a line of them."""
        for name in node.properties():
            for text in (term.value for term in node.all(name) if isinstance(term, Literal)):
                if len(text) >= _LONG and printed_numbers(text):
                    yield from ((name, span) for span in folded.find(text.rstrip(".")))
        for word in node.texts(DCTERMS.subject):
            for span in folded.find(word):
                if _KEY_WORDS.match(self._text, line_around(self._text, span[0])[0]):
                    yield DCTERMS.subject, span

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


def _nodes_of(report: str, nodes: Nodes) -> list[Node]:
    """The report, those that it is based on, updates or cites, and the parts of all of them.

    What is printed at a place of its own, as a figure is, is none of the record.
    """
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
    found = [nodes.of(iri) for iri in names]
    return [node for node in found if not node.all("passageOf") and not node.all("reportedAs")]
