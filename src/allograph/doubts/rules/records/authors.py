"""The authors of a report: their order, their names, and the report that is called by the first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count

from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.words import KEPT
from allograph.evidence import Evidence
from allograph.evidence.values import whole
from allograph.namespaces import key_of
from allograph.rdf.nodes import Node
from allograph.text.words import compact, words_in

KEY = re.compile(r"author-([0-9]+)$")
CALLED = re.compile(r"([a-z]+)-[0-9]{4}(?:-[a-z]+)?$")
"""The key of a report that is called by its first author, as ``jabbour-2018``."""
FEW = 2
"""Of so many authors, a curator may have named the first and the last alone."""


_compact = lru_cache(KEPT)(compact)


@lru_cache(KEPT)
def _words(name: str) -> frozenset[str]:
    return frozenset(words_in(name))


def authors_in_order(evidence: Evidence) -> Iterator[Doubt]:
    """Places in the order of authors that are taken twice or left out, and names that differ."""
    for report in evidence.instances("Report"):
        authors = [evidence.nodes.of(iri) for iri in report.iris("author")]
        yield from _places(report, authors)
        yield from _names(report, authors)
        for author in authors:
            yield from _printed(author)


def _places(report: Node, authors: list[Node]) -> Iterator[Doubt]:
    taken: dict[int, Node] = {}
    for author in authors:
        place = whole(author, "position")
        if place is None:
            continue
        if place in taken:
            message = f"Place {place} is also that of {taken[place].label}."
            yield Doubt(author.iri, message, str(place), (taken[place].iri,))
        taken.setdefault(place, author)
        key = KEY.search(key_of(author.iri))
        if key and int(key[1]) != place:
            yield Doubt(author.iri, f"Its key says author {key[1]}, and its place is {place}.")
    left_out = next(place for place in count(1) if place not in taken)
    if left_out < max(taken, default=0) and len(authors) > FEW:
        message = f"Nobody has place {left_out} among its {len(authors)} authors."
        yield Doubt(report.iri, message, str(left_out))


def _names(report: Node, authors: list[Node]) -> Iterator[Doubt]:
    known: dict[str, Node] = {}
    for author in authors:
        name = _compact(author.label)
        if name and name in known:
            yield Doubt(author.iri, f"{author.label} is an author twice.", author.label)
        known.setdefault(name, author)
    first = next((author for author in authors if whole(author, "position") == 1), None)
    called = CALLED.fullmatch(key_of(report.iri))
    if first and called and called[1] not in _compact(first.label):
        message = f"Its key names {called[1].title()}, and its first author is {first.label}."
        yield Doubt(report.iri, message, first.label, (first.iri,))


def _printed(author: Node) -> Iterator[Doubt]:
    """A name and its printed form have the family name in common."""
    label, printed = author.label, author.value("reportedAs")
    families = {word for word in _words(label) if len(word) > FEW}
    if printed and families and families.isdisjoint(_words(printed)):
        yield Doubt(author.iri, f'Its name is {label}, and "{printed}" is printed.', printed)
