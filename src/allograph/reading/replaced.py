"""IRIs of ours that are no longer used, and what took their place."""

from __future__ import annotations

from collections.abc import Mapping

from allograph.rdf.vocabularies import DCTERMS, OWL
from allograph.reading.reader import Reader, text

REPLACED = f"""
SELECT ?old ?new WHERE {{ ?old <{OWL.deprecated}> true ; <{DCTERMS.isReplacedBy}> ?new }}
"""


def replacement_of(reader: Reader, iri: str) -> str | None:
    """What is used instead of an IRI; nothing if that is not deprecated."""
    return reader.once(read_replacements).get(iri)


def read_replacements(reader: Reader) -> Mapping[str, str]:
    """Read what took the place of each deprecated IRI."""
    return {text(row, "old"): text(row, "new") for row in reader.select(REPLACED)}
