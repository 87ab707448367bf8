"""List every record and concept in use by name, for the search box, the lists and near matches.

Read from the curated named graphs when a release is built, so bulk data does not slow it down.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from allograph.namespaces import BASE
from allograph.rdf.store import Store, select
from allograph.rdf.terms import value_of

NAMED = f"""
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?iri ?label ?synonym ?definition WHERE {{
  GRAPH ?graph {{ ?iri rdfs:label ?label }}
  OPTIONAL {{ ?iri skos:altLabel ?synonym }}
  OPTIONAL {{ ?iri skos:definition ?definition }}
  OPTIONAL {{ ?iri owl:deprecated ?deprecated }}
  FILTER (STRSTARTS(STR(?iri), "{BASE}") && !CONTAINS(STR(?iri), "#") && !BOUND(?deprecated))
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


def read_catalogue(store: Store) -> tuple[Entry, ...]:
    """The entries of a store, by IRI."""
    return tuple(_entries(store))


def _entries(store: Store) -> Iterator[Entry]:
    for iri, rows in groupby(rows_of(store, NAMED), key=lambda row: row["iri"]):
        first, *others = rows
        synonyms = (row["synonym"] for row in (first, *others) if "synonym" in row)
        yield Entry(
            iri, first["label"], tuple(dict.fromkeys(synonyms)), first.get("definition", "")
        )


def rows_of(store: Store, sparql: str) -> list[dict[str, str]]:
    """The solutions of a query as text; an unbound variable is absent from its row."""
    solutions = select(store, sparql)
    variables = [variable.value for variable in solutions.variables]
    return [
        {name: value_of(term) for name in variables if (term := solution[name]) is not None}
        for solution in solutions
    ]


def of_kind(entries: Iterable[Entry], kind: str) -> list[Entry]:
    """The records of a kind, or the concepts of a scheme, by label."""
    return sorted(
        (entry for entry in entries if entry.kind == kind and entry.key),
        key=lambda entry: (entry.label.casefold(), entry.iri),
    )
