"""The Summaries of Findings of a release: each made of what is read of it once."""

from __future__ import annotations

from collections import defaultdict

from allograph.evidence import Evidence
from allograph.reading.answers.known import read_known
from allograph.reading.reader import Reader
from allograph.reading.summary.notes import Doubted, Doubts
from allograph.reading.summary.subject import Offer, Subject, offers_of, subject_named
from allograph.reading.summary.summary import summary_of
from allograph.reading.summary.table import Summary
from allograph.reading.weighed.doubts import Doubt, doubts_of

BOOKKEEPING = "bookkeeping"
"""The key of the weight of what matters to curators alone."""


def evidence_in(reader: Reader) -> Evidence:
    """The evidence of a release."""
    return reader.once(read_known)


def offers_in(reader: Reader) -> tuple[Offer, ...]:
    """What can be summarised of a release."""
    return reader.once(_read_offers)


def subject_in(reader: Reader, name: str) -> Subject:
    """The subject of an address; raises ``ParameterError`` for a name that is none."""
    return subject_named(evidence_in(reader), name)


def summary_in(reader: Reader, subject: Subject) -> Summary:
    """The table of a subject."""
    release = reader.release.id if reader.is_release else ""
    issued = reader.release.manifest.get("issued", "") if reader.is_release else ""
    doubts = reader.once(read_doubts_about)
    return summary_of(evidence_in(reader), subject, doubts, release, issued)


def read_doubts_about(reader: Reader) -> Doubts:
    """The doubts that weigh, by each thing that they are about."""
    found: dict[str, list[Doubted]] = defaultdict(list)
    for doubt in doubts_of(reader):
        if doubt.weight.key != BOOKKEEPING:
            told = _doubted(doubt)
            for side in doubt.sides:
                found[side.iri].append(told)
    return found


def _doubted(doubt: Doubt) -> Doubted:
    saying = doubt.gravest
    detail = next(iter((*doubt.comments, *doubt.messages)), saying.plain)
    more = doubt.findings[0].iri if doubt.findings else saying.iri
    return Doubted(saying.label, detail, doubt.weight.label, doubt.weight.rank, more)


def _read_offers(reader: Reader) -> tuple[Offer, ...]:
    return offers_of(evidence_in(reader))
