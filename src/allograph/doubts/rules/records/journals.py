"""The numbers of papers against each other: the DOI of a journal, and numbers that grow with time.

A journal writes its DOIs alike, as ``10.1002/cncr.31720`` in Cancer. PubMed numbers what comes in,
so a paper of years later has a higher number.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from allograph.doubts.rules.dates.dates import period
from allograph.doubts.rules.records.bibliography import is_same_journal
from allograph.doubts.rules.records.identifiers import identifiers_of
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.rdf.lexical import number_of
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import DCTERMS

STEM = re.compile(r"(10\.[0-9]+)/([a-z]{3,})[^a-z]")
"""The publisher of a DOI and the letters with which a journal begins its own."""
YEARS = 2
"""A paper may come into PubMed so many years late."""


def numbers_of_papers(evidence: Evidence) -> Iterator[Doubt]:
    """A DOI of another journal or publisher, or a PubMed number of another time."""
    papers: dict[tuple[str, ...], Node] = {}
    for node in evidence.instances("Report"):
        numbers = sorted(one.value for one in identifiers_of(node) if one.registry == "doi")
        papers.setdefault(tuple(numbers) or (node.iri,), node)
    yield from _journals(list(papers.values()))
    yield from _in_time(evidence.instances("Report"))


def _journals(reports: list[Node]) -> Iterator[Doubt]:
    known: dict[str, list[tuple[Node, str, str]]] = defaultdict(list)
    for node in reports:
        for one in identifiers_of(node):
            if one.registry == "doi" and (stem := STEM.match(one.value)):
                known[stem[2]].append((node, stem[1], node.value("journal")))
    for begins, papers in known.items():
        publishers = Counter(publisher for _node, publisher, _journal in papers)
        for node, publisher, journal in papers if len(papers) > 1 else ():
            other, theirs, their_journal = papers[0] if papers[0][0] is not node else papers[1]
            if publisher != theirs and publishers[publisher] == 1:
                message = f'A DOI that begins with "{begins}" is of {theirs} in {other.label},'
                message = f"{message} and of {publisher} here."
                yield Doubt(node.iri, message, publisher, (other.iri,))
            if journal and their_journal and not is_same_journal(journal, their_journal):
                message = f'The DOIs of "{their_journal}" begin with "{begins}",'
                message = f'{message} and this is in "{journal}".'
                yield Doubt(node.iri, message, journal, (other.iri,))


def _in_time(reports: list[Node]) -> Iterator[Doubt]:
    """A number that is lower than that of a paper of years before."""
    dated: list[tuple[date, Decimal, Node]] = []
    for node in reports:
        when = period(node.text(DCTERMS.available) or node.text(DCTERMS.issued))
        numbers = [one.value for one in identifiers_of(node) if one.registry == "pmid"]
        number = number_of(numbers[0]) if numbers else None
        if when and number is not None:
            dated.append((when[0], number, node))
    dated.sort(key=lambda paper: (paper[0], paper[1]))
    highest: tuple[date, Decimal, Node] | None = None
    early = 0
    for day, number, node in dated:
        while dated[early][0].year + YEARS <= day.year:
            if highest is None or dated[early][1] > highest[1]:
                highest = dated[early]
            early += 1
        if highest and number < highest[1]:
            message = f"Its number in PubMed is {number}, lower than {highest[1]} of"
            message = f"{message} {highest[2].label}, which is years older."
            yield Doubt(node.iri, message, str(number), (highest[2].iri,))
