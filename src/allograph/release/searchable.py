"""Gather what can be found: records, groups, concepts and terms of the graph, and the questions.

Read from the curated named graphs when a release is built, so bulk data does not slow it down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from allograph.namespaces import BASE, KINDS, key_of
from allograph.questions.question import Question
from allograph.rdf.store import Store
from allograph.release.catalogue import Entry, rows_of

QUESTION, GROUP, TERM, FIGURE, TOPIC = "question", "group", "term", "figure", "topic"

# Of what fits equally, the kind that is named first comes first; closed lists stand before terms.
FIRST = ("study", "drug", "outcome")
LAST = ("organization", "discrepancy", "judgement", "reading")
LOOKUP = "lookup"
RANKED = (
    *FIRST,
    QUESTION,
    *(kind for kind in KINDS if kind not in (*FIRST, *LAST, LOOKUP)),
    FIGURE,
    GROUP,
    *LAST,
    TOPIC,
    LOOKUP,
)

PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

# The groups of people, and the classes and properties of the ontology.
PARTS = f"""{PREFIXES}
SELECT DISTINCT ?kind ?iri ?label ?definition WHERE {{
  {{
    VALUES (?class ?kind) {{
      (ag:StudyGroup "{GROUP}") (owl:Class "{TERM}")
      (owl:ObjectProperty "{TERM}") (owl:DatatypeProperty "{TERM}")
    }}
    GRAPH ?graph {{ ?iri a ?class ; rdfs:label ?label }}
    OPTIONAL {{ ?iri skos:definition ?definition }}
  }}
}} ORDER BY ?iri
"""

# Registers know a record by these; a study by the identifiers of its registrations.
IDENTIFIERS = f"""{PREFIXES}
SELECT DISTINCT ?iri ?identifier WHERE {{
  {{ GRAPH ?graph {{ ?iri dcterms:identifier ?identifier }} }} UNION
  {{ GRAPH ?graph {{ ?iri ag:registration/dcterms:identifier ?identifier }} }}
}} ORDER BY ?iri ?identifier
"""

# Names that are searched and not shown: how people speak of it.
HIDDEN = f"""{PREFIXES}
SELECT DISTINCT ?iri ?name WHERE {{
  GRAPH ?graph {{ ?iri skos:hiddenLabel ?name }}
}} ORDER BY ?iri ?name
"""

# What is nearest to what nobody may report.
NEAR = f"""{PREFIXES}
SELECT DISTINCT ?iri ?near WHERE {{
  GRAPH ?graph {{ ?iri skos:inScheme <https://w3id.org/allograph/topic> ; skos:related ?near }}
}} ORDER BY ?iri ?near
"""

# What else a report is looked for by: its title, its authors and its journal, by each of its names.
FURTHER = f"""{PREFIXES}
SELECT DISTINCT ?iri ?place ?piece WHERE {{
  {{ ?iri a ag:Report ; dcterms:title ?piece BIND (1 AS ?place) }} UNION
  {{ ?iri a ag:Report ; ag:author/rdfs:label ?piece BIND (2 AS ?place) }} UNION
  {{ ?iri a ag:Report ; ag:journal ?piece BIND (3 AS ?place) }} UNION
  {{ ?iri a ag:Report ; ag:journal ?printed .
     ?journal skos:inScheme <https://w3id.org/allograph/journal> ;
       rdfs:label|skos:altLabel|skos:hiddenLabel ?name .
     FILTER (STR(?name) = STR(?printed))
     ?journal rdfs:label|skos:altLabel|skos:hiddenLabel ?piece BIND (4 AS ?place) }}
}} ORDER BY ?iri ?place ?piece
"""

# What is said of an item in one line, piece after piece.
PIECES = f"""{PREFIXES}
SELECT DISTINCT ?iri ?place ?piece WHERE {{
  {{ ?iri a ag:Study ; ag:design/rdfs:label ?piece BIND (1 AS ?place) }} UNION
  {{ ?iri a ag:Study ; ag:condition/rdfs:label ?piece BIND (2 AS ?place) }} UNION
  {{ ?iri a ag:StudyGroup ; ag:size ?size
     BIND (CONCAT(STR(?size), " people") AS ?piece) BIND (1 AS ?place) }} UNION
  {{ ?iri a ag:StudyGroup ; ag:study/rdfs:label ?piece BIND (2 AS ?place) }} UNION
  {{ ?iri a ag:Report ; ag:tier/rdfs:label ?piece BIND (1 AS ?place) }} UNION
  {{ ?iri a ag:Report ; ag:reports/rdfs:label ?name
     BIND (CONCAT("reports ", ?name) AS ?piece) BIND (2 AS ?place) }} UNION
  {{ ?iri a ag:Drug ; ag:modality/rdfs:label ?piece BIND (1 AS ?place) }} UNION
  {{ ?iri a ag:Drug ; ag:binds/rdfs:label ?name
     BIND (CONCAT("binds ", ?name) AS ?piece) BIND (2 AS ?place) }} UNION
  {{ ?iri a ag:Regimen ; ag:drug/rdfs:label ?piece BIND (1 AS ?place) }} UNION
  {{ ?iri a ag:Lead BIND ("known, not yet read" AS ?piece) BIND (1 AS ?place) }} UNION
  {{ ?iri a ag:Lead ; ag:people ?piece BIND (2 AS ?place) }} UNION
  {{ ?iri a ag:Lookup ; ag:soughtFor ?piece BIND (1 AS ?place) }}
}} ORDER BY ?iri ?place ?piece
"""


@dataclass(frozen=True)
class Item:
    """Something to be found: what it is called, and a line about it.

    The line (``context``) is shown and searched, ``further`` words and ``hidden`` names are only
    searched. ``near`` are the IRIs of what to look at where it is not there itself. ``rank``
    orders kinds: of two items that fit equally, that of the lower rank comes first.
    """

    iri: str
    kind: str
    rank: int
    label: str
    names: tuple[str, ...] = ()
    key: str = ""
    context: str = ""
    further: str = ""
    hidden: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """What it is called: its label first, its key last."""
        return (self.label, *self.names, self.key)

    @property
    def searched_names(self) -> tuple[str, ...]:
        """What it is searched by."""
        return (*self.all_names, *self.hidden)


def items(store: Store, entries: Iterable[Entry], questions: Iterable[Question]) -> Iterator[Item]:
    """Gather everything that can be found."""
    identifiers = gathered(store, IDENTIFIERS, "identifier")
    pieces = gathered(store, PIECES, "piece")
    hidden, further = gathered(store, HIDDEN, "name"), gathered(store, FURTHER, "piece")
    near = gathered(store, NEAR, "near")
    for entry in entries:
        item = item_of_entry(entry, identifiers, pieces)
        words = " ".join((item.further, *further[entry.iri]))
        searched, beside = tuple(hidden[entry.iri]), tuple(near[entry.iri])
        yield replace(item, further=words, hidden=searched, near=beside)
    for row in rows_of(store, PARTS):
        iri, kind = row["iri"], row["kind"]
        context = " · ".join(pieces[iri]) or row.get("definition", "")
        key = iri.partition("#")[2] if kind == TERM else ""
        yield Item(iri, kind, rank_of(kind), row["label"], key=key, context=context)
    for question in questions:
        yield item_of_question(question)


def item_of_entry(
    entry: Entry, identifiers: Mapping[str, list[str]], pieces: Mapping[str, list[str]]
) -> Item:
    """Make the item of a record, a concept or a closed list."""
    return Item(
        iri=entry.iri,
        kind=entry.kind,
        rank=rank_of(entry.kind),
        label=entry.label,
        names=(*entry.synonyms, *identifiers[entry.iri]),
        key=entry.key,
        context=" · ".join(pieces[entry.iri]) or entry.definition,
        further=entry.definition,
    )


def item_of_question(question: Question) -> Item:
    """Make the item of a question."""
    return Item(
        iri=f"{BASE}questions/{question.name}",
        kind=QUESTION,
        rank=rank_of(QUESTION),
        label=question.title,
        key=question.name,
        context=" ".join(question.description.split()),
        further=" ".join((*question.tags, *asked_by_default(question))),
        hidden=question.also,
    )


def asked_by_default(question: Question) -> Iterator[str]:
    """Return the parameters of a question, and the keys of what they are when left alone."""
    for parameter in question.parameters:
        yield parameter.name.replace("_", " ")
        yield from map(key_of, parameter.defaults)


def rank_of(kind: str) -> int:
    """Return the rank of a kind; the terms of the ontology come after the closed lists."""
    return RANKED.index(kind) if kind in RANKED else len(RANKED) + (kind == TERM)


def gathered(store: Store, sparql: str, variable: str) -> dict[str, list[str]]:
    """What a query finds for each IRI, in its order."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows_of(store, sparql):
        found[row["iri"]].append(row[variable])
    return found
