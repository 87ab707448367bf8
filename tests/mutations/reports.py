"""Slips of reports: another report, tier, class or relation, and dates of all kinds.

The class of a report, what it reports, what it is based on and where it is printed are in the
graph. A date is in a label, among what a curator looked up, in a held text, or nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from allograph.rdf.terms import Literal, NamedNode, Triple, value_of
from allograph.rdf.vocabularies import DCTERMS, RDF
from mutations.ground import Ground
from mutations.slip import Holds, Slip, concept, key_of, like, local, swapped

FABIO = "http://purl.org/spar/fabio/"
CLASSES = ("JournalArticle", "Abstract", "WebPage", "NewsItem")
RELATIONS = ("basedOn", "updates", "cites", "printedIn")
OTHER_REPORTS = ("jabbour-2018-abstract", "blood-144-5880", "medivizor-2019")
TO_COME = 2091


def slips(ground: Ground) -> Iterator[Slip]:
    """Every slip of these kinds."""
    for path, file in ground.loaded.files.items():
        for triple in file.triples if path.startswith("graph/") else ():
            for make in (_report, _tier, _class, _relation, _date):
                yield from make(ground, path, triple)


def _report(_ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """The place of the figure is in the text of its report."""
    if local(triple) == "report" and path.startswith("graph/study/"):
        other = next(key for key in OTHER_REPORTS if key != key_of(triple.object))
        yield swapped("another report", path, triple, concept("report", other), Holds.GRAPH)


def _tier(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """An abstract has a class of its own; what retells says what it is based on."""
    if local(triple) != "tier":
        return
    right = key_of(triple.object)
    has_basis = bool(ground.node(triple.subject).all("basedOn"))
    for other in ("primary", "abstract", "retelling"):
        if other != right:
            is_known = has_basis or "abstract" in (right, other)
            by = Holds.GRAPH if is_known else Holds.READER
            yield swapped("another tier", path, triple, concept("tier", other), by)


def _class(_ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """The tier goes with the class; which of two that retell it is, a reader knows."""
    if triple.predicate.value != RDF.type or not value_of(triple.object).startswith(FABIO):
        return
    right = key_of(triple.object)
    for other in CLASSES:
        if other != right:
            is_known = not {right, other} <= {"WebPage", "NewsItem"}
            by = Holds.GRAPH if is_known else Holds.READER
            yield swapped("another class", path, triple, NamedNode(f"{FABIO}{other}"), by)


def _relation(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """Reports that hang together report the same study, or one is printed in the other."""
    if local(triple) == "reports":
        for study in ground.of_class("Study"):
            if study != triple.object:
                yield swapped("another relation", path, triple, study, Holds.GRAPH)
                return
    if local(triple) not in RELATIONS:
        return
    right = ground.node(triple.object)
    for other in ground.of_class("Report"):
        node = ground.node(other)
        is_other = node.value("reports") != right.value("reports")
        is_elsewhere = node.value("printedIn") != right.value("printedIn")
        if other != triple.subject and node.all("reports") and is_other and is_elsewhere:
            is_free = local(triple) == "cites" and not ground.node(triple.subject).all("heldAs")
            by = Holds.READER if is_free else Holds.GRAPH  # a report may cite whom it likes
            yield swapped("another relation", path, triple, other, by)
            return


def _date(ground: Ground, path: str, triple: Triple) -> Iterator[Slip]:
    """A date to come is none; the day and the year may be printed, or be in the label."""
    right = triple.object
    is_date = isinstance(right, Literal) and right.datatype.value.endswith("#date")
    if not is_date or triple.predicate.value in (DCTERMS.created, DCTERMS.modified):
        return
    day = date.fromisoformat(value_of(right))
    is_of_curator = local(triple) in ("seenOn", "readOn", "dataCutoff")
    whole = Holds.READER if is_of_curator else ground.by(path, triple, *forms(day))
    year = whole
    if (
        whole is Holds.READER
        and not is_of_curator
        and re.search(rf"\b{day.year}\b", ground.node(triple.subject).label)
    ):
        year = Holds.GRAPH
    wrongs = {
        day.replace(year=TO_COME): Holds.GRAPH,
        day.replace(year=day.year + 1): year,
        day.replace(year=day.year - 1): year,
        day + timedelta(days=1): whole,
        day + timedelta(days=31): whole,
    }
    if day.day <= 12 and day.day != day.month:
        wrongs[day.replace(day=day.month, month=day.day)] = whole
    for wrong, by in wrongs.items():
        yield swapped("date", path, triple, like(right, wrong.isoformat()), by)


def forms(day: date) -> list[str]:
    """The ways in which a date is written."""
    number = str(day.day)
    return [
        day.isoformat(),
        f"{number} {day:%B %Y}",
        f"{day:%B} {number}, {day.year}",
        f"{day:%b} {number}, {day.year}",
        f"{day.year} {day:%b} {number}",
        f"{day:%d.%m.%Y}",
        f"{day:%d/%m/%Y}",
    ]
