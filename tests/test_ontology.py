"""The ontology: every term explained and used as declared, every closed list whole."""

import pytest
from approve import SNAPSHOT, SOURCES

from allograph import __version__
from allograph.namespaces import BASE
from allograph.rdf.vocabularies import AG, DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, XSD

SCHEME_FILES = [path for path in SNAPSHOT.loaded.files if path.startswith("ontology/schemes/")]
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


def test_each_foreign_term_that_ours_is_aligned_to_says_where_its_definition_was_read():
    kinds = ("exact", "close", "broad", "narrow", "related")
    matches = [SKOS[f"{kind}Match"] for kind in kinds]
    nodes = SNAPSHOT.loaded.nodes
    read = {
        node.iri_of("term") for node in nodes.instances("BorrowedTerm") if node.iris(DCTERMS.source)
    }
    aligned = {
        triple.object.value
        for path in ("ontology/alignments.ttl", *SCHEME_FILES)
        for triple in SNAPSHOT.loaded.files[path].triples
        if triple.predicate.value in matches
    }
    assert len(aligned) > 40
    assert aligned <= read


def test_a_term_is_borrowed_once():
    terms = [node.iri_of("term") for node in SNAPSHOT.loaded.nodes.instances("BorrowedTerm")]
    assert len(terms) == len(set(terms))


def test_the_ontology_says_its_version_its_maker_and_its_dates():
    node = SNAPSHOT.loaded.nodes[f"{BASE}ontology"]
    assert node.texts(OWL.versionInfo) == [__version__]
    assert node.texts(OWL.versionIRI) == [f"{BASE}ontology/{__version__}"]
    assert node.iri_of(OWL.priorVersion) != node.iri_of(OWL.versionIRI)
    created, modified, issued = (
        node.value(DCTERMS[name]) for name in ("created", "modified", "issued")
    )
    assert created <= modified <= issued
    assert node.iri_of(DCTERMS.creator) in SNAPSHOT.loaded.nodes
    assert node.value(DCTERMS.description)


def test_every_property_says_which_values_it_takes_and_what_bears_it():
    nodes = SNAPSHOT.loaded.nodes
    silent = [
        node.iri
        for node in [*nodes.instances(OWL.ObjectProperty), *nodes.instances(OWL.DatatypeProperty)]
        if not node.all(SCHEMA.domainIncludes) or not node.all(SCHEMA.rangeIncludes)
        if node.iri != f"{AG}about" and not node.all(OWL.deprecated)
    ]
    assert silent == []


def test_numbers_of_decimal_properties_are_decimals_or_whole_numbers_which_are_decimals(triples):
    nodes = SNAPSHOT.loaded.nodes
    decimal = {
        node.iri
        for node in nodes.instances(OWL.DatatypeProperty)
        if node.texts(SCHEMA.rangeIncludes) == [XSD.decimal]
    }
    used = {triple.object.datatype.value for triple in triples if triple.predicate.value in decimal}
    assert used <= {XSD.decimal, XSD.integer}


def test_what_is_declared_disjoint_or_symmetric_is_so_in_the_graph():
    nodes = SNAPSHOT.loaded.nodes
    pairs = [(node.iri, other) for node in nodes.values() for other in node.iris(OWL.disjointWith)]
    assert len(pairs) > 10
    for one, other in pairs:
        assert not {n.iri for n in nodes.instances(one)} & {n.iri for n in nodes.instances(other)}
    for study in nodes.instances("Study"):
        for other in study.iris("overlapsWith"):
            assert study.iri in nodes[other].iris("overlapsWith")
