"""What a record of a report enters, against the texts that print it: title, journal, pages, dates.

A report is printed in its own text, in those that are based on it, and in the references of those
that ``ag:printedIn`` names. There every value is printed, or ``ag:curated`` says that it was not.
Small and capital letters are alike, and last pages may be cut, as in ``740-53``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from allograph.checks.span.dates import COPYRIGHT, days_printed
from allograph.checks.span.identifiers import PATTERNS, end_of_text, lineage
from allograph.checks.span.reading import Reading, Told, plain, shown
from allograph.evidence.values import day
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import DCTERMS

NAMES: Mapping[str, str] = {
    DCTERMS["title"]: "title",
    "journal": "journal",
    "volume": "volume",
    "pages": "pages",
    DCTERMS.type: "type",
    DCTERMS.subject: "key word",
    DCTERMS.issued: "date",
    DCTERMS.available: "date online",
    DCTERMS.dateSubmitted: "date of submission",
    DCTERMS.dateAccepted: "date of acceptance",
    DCTERMS.identifier: "identifier",
}
"""What is held against the texts, and what it is called."""
_DATES = frozenset(name for name, called in NAMES.items() if called.startswith("date"))
_RIGHTS = re.compile(r"copyright|©|creative commons")
"""Lines that speak of a report itself, though they stand behind its references."""
_LICENCE = re.compile(r"creativecommons\.org/licenses/(?P<kind>[a-z-]+)/(?P<version>\d\.\d)")
LICENCES = {
    "by": "Attribution", "nc": "Non-?Commercial", "nd": "No-?Deriv", "sa": "Share-?Alike",
}  # fmt: skip
"""The parts of a licence of Creative Commons, and how each is printed."""


@dataclass(frozen=True)
class _Printed:
    """The parts of texts that speak of one report, in small letters."""

    own: str
    references: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        return "\n".join((self.own, *self.references))

    def near(self, node: Node) -> str:
        """The reference that gives the volume and pages of a report, and what is its own."""
        volume, pages = node.value("volume"), node.value("pages")
        wanted = re.compile(rf"{re.escape(plain(volume).lower())}\s*:\s*{_pages(pages)}")
        lines = [line for line in self.references if wanted.search(line)]
        return "\n".join((self.own, *lines)) if lines or wanted.search(self.own) else self.text


def citations(reading: Reading) -> Iterator[Told]:
    """A value that no text prints of this report, though it is not named as curated."""
    texts = _by_report(reading)
    for node in reading.evidence.nodes.having("tier"):
        curated = set(node.texts("curated"))
        if not _are_at_hand(reading, node):
            continue
        printed = texts.get(node.iri, _Printed("", ()))
        if not (curated or printed.text):
            continue
        near = printed.near(node)
        for name, called in NAMES.items():
            for value in node.texts(name):
                if value in curated or _is_printed(node, name, value, near):
                    continue
                message = (
                    f'The {called} "{value}" is not printed of this report: correct it, or name it '
                    "in ag:curated."
                )
                yield Told(node.iri, "citation", message, value)
        yield from _rights(node, printed.own)


def _by_report(reading: Reading) -> dict[str, _Printed]:
    """What the texts at hand say of each report."""
    own: dict[str, list[str]] = {}
    references: dict[str, list[str]] = {}
    for report, prose in reading.texts.items():
        end = end_of_text(prose)
        lines = [plain(line).lower() for line in prose.text[end:].splitlines()]
        rights = [line for line in lines if _RIGHTS.search(line)]
        before = "\n".join((plain(prose.text[:end]).lower(), *rights))
        for node in lineage(reading, report):
            own.setdefault(node.iri, []).append(before)
        for node in reading.evidence.nodes.having("printedIn"):
            if report in node.iris("printedIn"):
                references.setdefault(node.iri, []).extend(lines)
    return {
        iri: _Printed("\n".join(own.get(iri, ())), tuple(references.get(iri, ())))
        for iri in own.keys() | references.keys()
    }


def _are_at_hand(reading: Reading, node: Node) -> bool:
    """Whether all held texts that can print a report were read."""
    nodes = reading.evidence.nodes
    by = printed_by(nodes, {node.iri})
    return all(iri in reading.texts for iri in by if nodes.of(iri).all("heldAs"))


def printed_by(nodes: Nodes, reports: set[str]) -> set[str]:
    """The reports whose texts can print some reports: they, their abstracts and retellings."""
    found = reports | {iri for report in reports for iri in nodes.of(report).iris("printedIn")}
    for other in nodes.having("basedOn"):
        if not reports.isdisjoint(other.iris("basedOn")):
            found.add(other.iri)
    return found


def _is_printed(node: Node, name: str, value: str, text: str) -> bool:
    folded = plain(value).strip().lower().rstrip(".")
    if name in _DATES:
        full = day(node, name)
        return full in days_printed(text) if full else value[:4] in text
    if name == "pages":
        return bool(re.search(rf"(?<!\d){_pages(value)}(?!\d)", text))
    if name == DCTERMS.identifier:
        scheme, _colon, number = folded.partition(":")
        return scheme not in PATTERNS or number in text
    return bool(re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", text))


def _pages(pages: str) -> str:
    """Pages as a pattern: the last may be printed without the digits that it shares."""
    first, dash, last = plain(pages).lower().partition("-")
    last = first[: -len(last)] + last if 0 < len(last) < len(first) else last
    if not dash or len(first) != len(last):
        return re.escape(plain(pages).lower())
    same = next((at for at, (a, b) in enumerate(zip(first, last, strict=True)) if a != b), 0)
    lasts = "|".join(re.escape(last[at:]) for at in range(same + 1))
    return rf"{re.escape(first)}\s*-\s*(?:{lasts})"


def _rights(node: Node, text: str) -> Iterator[Told]:
    """A year of the rights, or a licence of Creative Commons, that is not the printed one."""
    years = set(COPYRIGHT.findall(text))
    for rights in node.texts(DCTERMS.rights):
        if years and years.isdisjoint(re.findall(r"\b(?:19|20)\d\d\b", rights)):
            message = f"The text has copyright {shown(years)}: correct dcterms:rights."
            yield Told(node.iri, "citation", message, rights)
    for licence in node.texts(DCTERMS.license) if "creative commons" in text else ():
        if (match := _LICENCE.search(licence)) is None:
            continue
        printed = {part for part, words in LICENCES.items() if re.search(rf"\b{words}", text, re.I)}
        is_version = re.search(rf"(?<![\d.]){re.escape(match['version'])}(?!\.?\d)", text)
        if set(match["kind"].split("-")) != printed or not is_version:
            message = "The text prints another licence of Creative Commons: correct it."
            yield Told(node.iri, "citation", message, licence)
