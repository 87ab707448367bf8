"""Dates that a held text prints, against those of its report, of the article and of the study.

Dates in points are read with the day first. A date that a text does not print proves nothing; one
that differs from a printed date in one part, or by day and month exchanged, is told, unless another
record has that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from allograph.checks.span.identifiers import lineage
from allograph.checks.span.reading import Reading, Told, plain
from allograph.curated.results import Severity
from allograph.evidence.values import day
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS
from allograph.text.dates import printed_dates

COPYRIGHT = re.compile(r"(?:copyright(?: \(c\))?|©)\s+(?P<year>(?:19|20)\d\d)", re.IGNORECASE)
DATES = (
    DCTERMS.issued,
    DCTERMS.available,
    DCTERMS.dateSubmitted,
    DCTERMS.dateAccepted,
    "accrualStart",
    "accrualEnd",
)


def dates(reading: Reading) -> Iterator[Told]:
    """A date that is nearly one that the text prints, or printed as that of another event."""
    for report, prose in reading.texts.items():
        text = plain(prose.text)
        printed = days_printed(text)
        nodes = list(lineage(reading, report))
        entered = {(found, name) for node in nodes for name in DATES if (found := day(node, name))}
        for node in nodes:
            for name in DATES:
                if (own := day(node, name)) is None:
                    continue
                others = {found for found, other in entered if other != name}
                near = [one for one in printed if one not in others and _is_near(own, one)]
                if own not in printed and near:
                    yield _told(node, name, own, near[0])
                elif printed.get(own) is not None and name in (DCTERMS.issued, DCTERMS.available):
                    yield from _events(node, name, own, printed)
        yield from _years(reading.evidence.nodes[report], text)


def days_printed(text: str) -> dict[date, bool]:
    """The days that a text prints, and whether each is that of a publication online (Epub)."""
    return {
        day: text[: printed.start].casefold().endswith("epub ")
        for printed in printed_dates(text)
        for day in printed.days
    }


def _is_near(one: date, other: date) -> bool:
    """Whether two days differ in one part, or by day and month exchanged."""
    parts = zip((one.year, one.month, one.day), (other.year, other.month, other.day), strict=True)
    is_turned = (one.year, one.month, one.day) == (other.year, other.day, other.month)
    return is_turned or sum(a != b for a, b in parts) == 1


def _events(node: Node, name: str, own: date, printed: dict[date, bool]) -> Iterator[Told]:
    """A date online that is given as the date in print, where the text prints both."""
    if any(printed.values()) and not all(printed.values()):
        is_online = name == DCTERMS.available
        both = bool(day(node, DCTERMS.issued) and day(node, DCTERMS.available))
        if both and printed[own] != is_online:
            kind = "Epub" if printed[own] else "in print"
            message = f"{own} is {kind} in the text: exchange dcterms:issued and available."
            yield Told(node.iri, "date", message, str(own))


def _years(node: Node, text: str) -> Iterator[Told]:
    """A year of publication that is not the one of the copyright."""
    issued = (node.text(DCTERMS.issued) or "")[:4]
    years = {match["year"] for match in COPYRIGHT.finditer(text)}
    if len(years) == 1 and issued and issued not in years:
        message = f"It is of {issued} here, and the text has copyright {min(years)}: correct it."
        yield Told(node.iri, "date", message, issued, Severity.WARNING)


def _told(node: Node, name: str, own: date, printed: date) -> Told:
    short = name.rpartition("/")[2]
    message = f"The date ({short}) is {own} here, and the text prints {printed}: correct it."
    return Told(node.iri, "date", message, str(own))
