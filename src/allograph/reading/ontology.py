"""Gather what the ontology page shows: terms, rules in words, examples from the graph, matches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allograph.namespaces import BASE
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.terms import NamedNode, Term
from allograph.rdf.vocabularies import OWL, RDF, SCHEMA, SKOS
from allograph.reading.described import nodes_of
from allograph.reading.names import Names, names_in
from allograph.reading.reader import Reader, text
from allograph.reading.shapes_in_words import ClassRules, Rule, rules_by_class

TERMS = f"""
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
CONSTRUCT {{ ?term ?predicate ?object }} WHERE {{
  {{ ?term rdfs:isDefinedBy <{BASE}ontology> }} UNION
  {{ ?term a skos:ConceptScheme }} UNION
  {{ ?term skos:inScheme ?scheme }}
  ?term ?predicate ?object .
}}
"""

# Only the named graphs of curated files are searched, so that bulk data does not slow it down.
MEMBERS = f"""
SELECT ?class (MIN(STR(?node)) AS ?member) (COUNT(DISTINCT ?node) AS ?members) WHERE {{
  GRAPH ?graph {{ ?node a ?class }}
  FILTER (STRSTARTS(STR(?class), "{BASE}ontology#"))
}} GROUP BY ?class
"""
USES = f"""
SELECT ?property ?subject (MIN(?value) AS ?object) WHERE {{
  {{ SELECT ?property (MIN(STR(?node)) AS ?first) WHERE {{
    GRAPH ?graph {{ ?node ?property ?any }}
    FILTER (STRSTARTS(STR(?property), "{BASE}ontology#"))
  }} GROUP BY ?property }}
  BIND (IRI(?first) AS ?subject)
  ?subject ?property ?value .
}} GROUP BY ?property ?subject
"""

# A list names its top concepts, and a narrower concept its broader one: neither is a use.
UNUSED = f"""
SELECT DISTINCT ?concept WHERE {{
  ?concept <{SKOS.inScheme}> ?scheme .
  OPTIONAL {{
    ?user ?property ?concept .
    FILTER (?property NOT IN (<{SKOS.hasTopConcept}>, <{SKOS.broader}>))
  }}
  FILTER (!BOUND(?user))
}}
"""

MATCHES = tuple(f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related"))
NO_RULES = ClassRules((), ())


@dataclass(frozen=True)
class Use:
    """One triple of the graph in which a property is used."""

    subject: str
    value: Term


@dataclass(frozen=True)
class OntologyView:
    """The terms as the page groups them."""

    classes: list[Node]
    properties: list[Node]
    schemes: list[Node]
    concepts: Mapping[str, list[Node]]
    rules: Mapping[str, ClassRules]
    told_under: Mapping[tuple[str, ...], str]
    members: Mapping[str, tuple[str, int]]
    uses: Mapping[str, Use]
    unused: frozenset[str]
    names: Names

    def rules_of(self, node: Node) -> ClassRules:
        """What must hold of the members of a class."""
        return self.rules.get(node.iri, NO_RULES)

    def required_first(self, node: Node) -> list[Rule]:
        """The rules on the properties of a class: first those that are required."""
        rules = self.rules_of(node).properties
        return sorted(rules, key=lambda r: (not r.least, self.names.label(r.path), r.path))

    def without_rule(self, node: Node) -> list[str]:
        """The other properties that the members of a class may have."""
        ruled = {rule.path for rule in self.rules_of(node).properties}
        declared = [p.iri for p in self.properties if node.iri in p.iris(SCHEMA.domainIncludes)]
        return [iri for iri in declared if iri not in ruled]

    def properties_by_class(self) -> list[tuple[Node | None, list[Node]]]:
        """The properties under the first class that may have them; last, those of anything."""
        by_class: dict[str, list[Node]] = {}
        for node in self.properties:
            domains = node.iris(SCHEMA.domainIncludes)
            first = next((each.iri for each in self.classes if each.iri in domains), "")
            by_class.setdefault(first, []).append(node)
        of_classes = [(each, by_class[each.iri]) for each in self.classes if each.iri in by_class]
        return [*of_classes, *([(None, by_class[""])] if "" in by_class else [])]

    def first_with(self, messages: tuple[str, ...]) -> str:
        """The class under which a rule is told: the first that has it."""
        return self.told_under.get(messages, "")

    def shared_rules(self, node: Node) -> list[tuple[str, int]]:
        """Count the further rules of a class that are told under others, by those."""
        firsts = [self.first_with((text,)) for text in self.rules_of(node).further]
        return sorted(Counter(first for first in firsts if first != node.iri).items())

    def matches(self, node: Node) -> list[tuple[str, tuple[str, ...]]]:
        """The terms of other vocabularies to which a term is matched, by how close."""
        return [(curie, node.iris(curie)) for curie in MATCHES if node.iris(curie)]

    def aligned(self) -> list[Node]:
        """Every class and property that is matched to another vocabulary."""
        return [node for node in (*self.classes, *self.properties) if self.matches(node)]


def ontology_view(reader: Reader) -> OntologyView:
    """Gather everything for the page."""
    triples = reader.construct(TERMS)
    nodes = nodes_of(triples, reader.namespaces)
    rules = rules_by_class(reader)
    members = {
        text(row, "class"): (text(row, "member"), int(text(row, "members")))
        for row in reader.select(MEMBERS)
    }
    uses = {
        text(row, "property"): Use(text(row, "subject"), row["object"])
        for row in reader.select(USES)
    }
    names = names_in(
        reader,
        triples,
        *(rule.path for found in rules.values() for rule in found.properties),
        *(member for member, _ in members.values()),
        *(use.subject for use in uses.values()),
        *(use.value.value for use in uses.values() if isinstance(use.value, NamedNode)),
    )
    classes = with_type(nodes, OWL.Class)
    properties = with_type(nodes, OWL.ObjectProperty, OWL.DatatypeProperty)
    schemes = with_type(nodes, SKOS.ConceptScheme)
    return OntologyView(
        classes=classes,
        properties=properties,
        schemes=schemes,
        concepts={scheme.iri: _in_scheme(nodes.values(), scheme.iri) for scheme in schemes},
        rules=rules,
        told_under=_told_under(classes, rules),
        members=members,
        uses=uses,
        unused=frozenset(text(row, "concept") for row in reader.select(UNUSED)),
        names=names,
    )


def with_type(nodes: Nodes, *classes: str) -> list[Node]:
    """The nodes of one of some classes, by IRI."""
    wanted = set(classes)
    return [node for _, node in sorted(nodes.items()) if wanted & set(node.iris(RDF.type))]


def _in_scheme(nodes: Iterable[Node], scheme: str) -> list[Node]:
    return [node for node in nodes if scheme in node.iris(SKOS.inScheme)]


def _told_under(
    classes: Iterable[Node], rules: Mapping[str, ClassRules]
) -> dict[tuple[str, ...], str]:
    """Map each rule, by its words, to the first class that has it."""
    found: dict[tuple[str, ...], str] = {}
    for node in classes:
        own = rules.get(node.iri, NO_RULES)
        for words in (*(rule.messages for rule in own.properties), *((w,) for w in own.further)):
            found.setdefault(words, node.iri)
    return found
