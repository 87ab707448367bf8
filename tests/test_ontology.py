"""The ontology: every term explained and used as declared, every closed list whole."""

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.namespaces import BASE
from allograph.rdf.vocabularies import AG, OWL, RDF, RDFS, SCHEMA, SKOS

SCHEMES = sorted((SOURCES.ontology / "schemes").glob("*.ttl"))


@pytest.fixture(scope="module")
def triples():
    return [quad.triple for quad in SNAPSHOT.loaded.quads]


@pytest.fixture(scope="module")
def values(triples):
    """The values of a property of a subject, as text."""
    table = {}
    for triple in triples:
        key = (triple.subject.value, triple.predicate.value)
        table.setdefault(key, []).append(triple.object.value)
    return table


@pytest.fixture(scope="module")
def terms(triples):
    return sorted(
        {
            triple.subject.value
            for triple in triples
            if triple.subject.value.startswith(AG) and triple.predicate.value == RDF.type
        }
    )


def test_every_term_has_a_label_a_definition_and_an_example(terms, values):
    assert len(terms) > 100
    bare = [
        (term, wanted)
        for term in terms
        for wanted in (RDFS.label, SKOS.definition, SKOS.example)
        if len(values.get((term, wanted), [])) != 1
    ]
    assert bare == []


def test_every_concept_has_a_label_a_definition_and_one_scheme(triples, values):
    concepts = {
        triple.subject.value
        for triple in triples
        if triple.predicate.value == RDF.type and triple.object.value == SKOS.Concept
    }
    assert len(concepts) > 100
    for concept in concepts:
        for wanted in (RDFS.label, SKOS.definition, SKOS.inScheme):
            assert len(values.get((concept, wanted), [])) == 1, (concept, wanted)


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_scheme_is_named_as_its_file(path, values):
    assert SKOS.ConceptScheme in values[(f"{BASE}{path.stem}", RDF.type)]


def test_every_property_used_is_declared_with_the_class_that_bears_it(triples, values):
    """A property declares its domain; a subclass may bear what its class may."""
    types = {}
    for (subject, predicate), objects in values.items():
        if predicate == RDF.type:
            types[subject] = set(objects)
    misused = {
        (triple.predicate.value, tuple(sorted(types.get(triple.subject.value, ()))))
        for triple in triples
        if triple.predicate.value.startswith(AG)
        and (domain := values.get((triple.predicate.value, SCHEMA.domainIncludes)))
        and not types.get(triple.subject.value, set()) & set(domain)
    }
    assert misused == set()


def test_alignments_speak_of_our_terms_with_skos_only():
    namespaces = SNAPSHOT.namespaces
    text = (SOURCES.ontology / "alignments.ttl").read_text(encoding="utf-8")
    assert "owl:equivalent" not in text
    assert "owl:sameAs" not in text
    for prefix in ("prov", "schema", "oa", "fabio", "obo"):
        assert namespaces.expand(f"{prefix}:x")
        assert f"{prefix}:" in text


def test_there_are_no_owl_restrictions(triples):
    used = {triple.object.value for triple in triples if triple.predicate.value == RDF.type}
    assert OWL.Restriction not in used
