"""List every record and concept by name, for the search box, the lists and near matches.

Read once for each release from the curated named graphs, so bulk data does not slow it down.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from allograph.errors import close_to
from allograph.namespaces import BASE
from allograph.web.description import text
from allograph.web.evaluate import select
from allograph.web.service import once

NAMED = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?iri ?label ?synonym ?definition WHERE {{
  GRAPH ?graph {{ ?iri rdfs:label ?label }}
  OPTIONAL {{ ?iri skos:altLabel ?synonym }}
  OPTIONAL {{ ?iri skos:definition ?definition }}
  FILTER (STRSTARTS(STR(?iri), "{BASE}") && !CONTAINS(STR(?iri), "#"))
}} ORDER BY ?iri ?synonym
"""


@dataclass(frozen=True)
class Entry:
    """A record or a concept, and what it is called."""

    iri: str
    label: str
    synonyms: tuple[str, ...]
    definition: str

    @property
    def kind(self) -> str:
        """The kind of a record or the scheme of a concept: the first word of its address."""
        return self.iri.removeprefix(BASE).partition("/")[0]

    @property
    def key(self) -> str:
        """The last word of its address; empty for a scheme."""
        return self.iri.removeprefix(BASE).partition("/")[2]


def entries() -> tuple[Entry, ...]:
    """Return all entries of this release."""
    return once(read_entries)


def read_entries() -> tuple[Entry, ...]:
    """Read the entries from the store."""
    return tuple(_entries())


def _entries() -> Iterator[Entry]:
    for iri, rows in groupby(select(NAMED), key=lambda row: text(row, "iri")):
        first, *others = rows
        synonyms = (text(row, "synonym") for row in (first, *others) if "synonym" in row)
        yield Entry(
            iri, text(first, "label"), tuple(dict.fromkeys(synonyms)), text(first, "definition")
        )


def entries_of(kind: str) -> list[Entry]:
    """Return the records of a kind, or the concepts of a scheme, by label."""
    return sorted(
        (entry for entry in entries() if entry.kind == kind and entry.key),
        key=lambda entry: (entry.label.casefold(), entry.iri),
    )


def near(key: str, known: Iterable[str]) -> list[str]:
    """Return the keys that were probably meant."""
    return close_to(key, known, 3)
