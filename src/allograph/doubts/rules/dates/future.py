"""Dates that lie after the day on which a record, or the newest of all, was made."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from allograph.doubts.rules.dates.dates import Period, period, say
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.namespaces import graph_of, key_of
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal
from allograph.rdf.vocabularies import AG, DCTERMS, XSD

DATES = frozenset({XSD.date, XSD.gYear, XSD.gYearMonth, XSD.dateTime})
DATED = ("Study", "Report", "RegistryRecord")
"""The classes whose dates are looked at: those of people, papers and registries."""
DAYS = {"seenOn": "seen", "readOn": "read again", "dataCutoff": "cut off"}
"""What a curator did, or the source, on a day that may be later than the file was begun."""


def dates_after_records(evidence: Evidence) -> Iterator[Doubt]:
    """A date of a study, a report or a registration that was still to come for its curator."""
    for node in chain.from_iterable(evidence.instances(name) for name in DATED):
        made = _made(evidence, node)
        if made is None:
            continue
        for name, text in _dates(node):
            when = period(text)
            if when is not None and when[0] > made[1]:
                message = f"Its {name} is {say(when)}, and the record was made {say(made)}."
                yield Doubt(node.iri, message, text)


def days_to_come(evidence: Evidence) -> Iterator[Doubt]:
    """A day on which something was seen, read or cut off, after the newest record of the graph."""
    graphs = evidence.instances("RecordGraph")
    newest = max((day for graph in graphs if (day := _last(graph))), default=None)
    if newest is None:
        return
    for name, done in DAYS.items():
        for node in evidence.nodes.having(name):
            for text in node.texts(AG[name]):
                when = period(text)
                if when is not None and when[0] > newest[1]:
                    made = f"the newest record was made {say(newest)}"
                    yield Doubt(node.iri, f"It was {done} on {say(when)}, and {made}.", text)


def _made(evidence: Evidence, node: Node) -> Period | None:
    """The last day on which the file of a record is said to have been written."""
    return _last(evidence.nodes.of(graph_of(node.iri.partition("#")[0])))


def _last(graph: Node) -> Period | None:
    days = [
        when
        for name in (DCTERMS.created, DCTERMS.modified)
        for text in graph.texts(name)
        if (when := period(text[:10]))
    ]
    return max(days, default=None)


def _dates(node: Node) -> Iterator[tuple[str, str]]:
    for name in node.properties():
        for term in node.all(name):
            if isinstance(term, Literal) and term.datatype.value in DATES:
                yield key_of(name), term.value[:10]
