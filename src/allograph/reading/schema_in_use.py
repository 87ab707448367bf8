"""Which properties the members of each class have, and what their values are, as the graph is.

Counted over the named graphs of curated files, so that bulk data does not slow it down, and only
of the release: of another store nobody knows how long that takes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from allograph.namespaces import BASE
from allograph.rdf.vocabularies import AG, RDF, SKOS
from allograph.reading.listing import entries
from allograph.reading.reader import Reader, text
from allograph.reading.terms_in_use import Term, terms_in_use

USES = """
SELECT ?class ?property (COUNT(DISTINCT ?node) AS ?nodes) WHERE {
  GRAPH ?graph { ?node a ?class }
  ?node ?property ?value .
} GROUP BY ?class ?property ORDER BY DESC(?nodes) ?class ?property
"""
LEADS_TO = """
SELECT ?property ?class (COUNT(DISTINCT ?value) AS ?nodes) WHERE {
  GRAPH ?graph { ?node ?property ?value }
  ?value a ?class .
} GROUP BY ?property ?class ORDER BY DESC(?nodes) ?property ?class
"""
NAMED = f"""
SELECT ?property ?value (COUNT(*) AS ?uses) WHERE {{
  GRAPH ?graph {{ ?node ?property ?value }}
  FILTER (isIRI(?value) && STRSTARTS(STR(?value), "{BASE}") && !CONTAINS(STR(?value), "#"))
  FILTER (?property NOT IN (<{SKOS.hasTopConcept}>, <{SKOS.topConceptOf}>))
}} GROUP BY ?property ?value ORDER BY DESC(?uses) ?property ?value
"""


@dataclass(frozen=True)
class Named:
    """A record or a concept that a query can name, and of how many triples it is the value."""

    iri: str
    label: str
    names: tuple[str, ...]
    definition: str
    used: int


@dataclass(frozen=True)
class Member:
    """A property of the members of a class: how many have it, and the classes of its values."""

    property: Term
    members: int
    leads_to: Sequence[str]


@dataclass(frozen=True)
class Schema:
    """What was counted: members by class and property; classes and kinds of values by property."""

    uses: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    leads_to: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kinds: Mapping[str, Sequence[str]] = field(default_factory=dict)
    used: Mapping[str, int] = field(default_factory=dict)


def schema_in_use(reader: Reader) -> Schema:
    """What was counted of the release; nothing of another store."""
    return reader.once(read_schema) if reader.is_release else Schema()


def read_schema(reader: Reader) -> Schema:
    """Count, in three passes over the graph."""
    uses: dict[str, dict[str, int]] = defaultdict(dict)
    for row in reader.select(USES):
        uses[text(row, "class")][text(row, "property")] = int(text(row, "nodes"))
    leads_to: dict[str, list[str]] = defaultdict(list)
    for row in reader.select(LEADS_TO):
        leads_to[text(row, "property")].append(text(row, "class"))
    kinds: dict[str, dict[str, None]] = defaultdict(dict)
    used: dict[str, int] = defaultdict(int)
    for row in reader.select(NAMED):
        kinds[text(row, "property")][kind_of(text(row, "value"))] = None
        used[text(row, "value")] += int(text(row, "uses"))
    return Schema(uses, leads_to, {iri: list(found) for iri, found in kinds.items()}, used)


def kind_of(iri: str) -> str:
    """The kind of a record, or the list of a concept: ``drug`` of ``…/drug/blinatumomab``."""
    return iri.removeprefix(BASE).partition("/")[0]


def named_things(reader: Reader) -> list[Named]:
    """What a query can name, the most used first; a list itself is none of it."""
    used = schema_in_use(reader).used
    known = (
        Named(entry.iri, entry.label, entry.synonyms, entry.definition, used.get(entry.iri, 0))
        for entry in entries(reader)
        if entry.key
    )
    return sorted(known, key=lambda thing: (-thing.used, thing.iri))


def classes_to_ask_for(reader: Reader) -> list[Term]:
    """The classes of ours that have members, those first that our questions ask for."""
    ours = (term for term in terms_in_use(reader).classes if term.iri.startswith(AG))
    return sorted((t for t in ours if t.used), key=lambda term: (-term.asked, -term.used, term.iri))


def members_of(reader: Reader, iri: str) -> Iterator[Member]:
    """The properties of the members of a class: first what many have and questions ask for."""
    schema = schema_in_use(reader)
    terms = {term.iri: term for term in terms_in_use(reader).properties}
    uses = schema.uses.get(iri, {})

    def weight(path: str) -> float:
        return uses[path] * (1 + terms[path].asked)

    for path in sorted(uses, key=lambda path: (-weight(path), path)):
        if path in terms and path != RDF.type:
            yield Member(terms[path], uses[path], ours_among(schema.leads_to.get(path, ())))


def ours_among(classes: Sequence[str]) -> list[str]:
    """The classes of the ontology that most of some values are of, at most two."""
    return [iri for iri in classes if iri.startswith(AG)][:2]
