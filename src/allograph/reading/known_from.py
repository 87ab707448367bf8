"""Say from which reports a study is known, where nobody read its primary report.

A figure is of the tier of the report that prints it. That a report is primary does not say that it
was read: often its abstract alone was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from allograph.rdf.vocabularies import AG, RDFS
from allograph.reading.reader import Reader, text

PLACES = f"""
SELECT DISTINCT ?study ?rank ?label ?section WHERE {{
  ?finding <{AG.study}> ?study ; <{AG.report}> ?report .
  ?report <{AG.tier}> ?tier .
  ?tier <{AG.rank}> ?rank ; <{RDFS.label}> ?label .
  OPTIONAL {{ ?finding <{AG.locator}>/<{AG.section}> ?section }}
}}
"""
PRIMARY = 1
"""The rank of the tier of primary reports."""
ABSTRACT = "abstract"
"""How the sections of an abstract are called, or begin."""


@dataclass(frozen=True)
class Unread:
    """That a primary report was not read, in a few words, and from what the study is known."""

    label: str
    explanation: str


def known_from(reader: Reader, study: str) -> Unread | None:
    """What to say of a study whose primary report nobody read; None where somebody did."""
    return reader.once(read_unread).get(study)


def read_unread(reader: Reader) -> Mapping[str, Unread]:
    """The studies whose primary report was not read, by IRI."""
    tiers: dict[str, dict[int, str]] = defaultdict(dict)
    sections: dict[str, set[str]] = defaultdict(set)
    for row in reader.select(PLACES):
        study, rank = text(row, "study"), int(text(row, "rank"))
        tiers[study][rank] = text(row, "label")
        if rank == PRIMARY:
            sections[study].add(text(row, "section").casefold())
    found = {study: _unread(known, sections[study]) for study, known in tiers.items()}
    return {study: unread for study, unread in found.items() if unread}


def _unread(tiers: Mapping[int, str], sections: set[str]) -> Unread | None:
    others = ", ".join(label for rank, label in sorted(tiers.items()) if rank != PRIMARY)
    if PRIMARY not in tiers:
        return Unread(
            "primary report not read",
            f"No figure was taken from the full report of the study. They come from: {others}.",
        )
    if all(section.startswith(ABSTRACT) for section in sections):
        known = f" Others come from: {others}." if others else ""
        return Unread(
            "only the abstract of the primary report read",
            f"What the full report adds to its abstract is not here.{known}",
        )
    return None
