"""What follows from files and ledger: words of SKOS and of Web Annotation, and keys of doubts."""

from collections import Counter, defaultdict

import pytest
from approve import SNAPSHOT

from allograph.curated.derived import NAMED_GRAPH, with_derived
from allograph.evidence import read_evidence
from allograph.namespaces import BASE
from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import NamedNode, Quad
from allograph.rdf.turtle import parse_turtle
from allograph.rdf.vocabularies import AG, OA, RDFS, SH, SKOS

TEXT = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX b: <https://w3id.org/allograph/>
PREFIX drug: <https://w3id.org/allograph/drug/>
ag:Drug rdfs:subClassOf skos:Concept .
b:drug a skos:ConceptScheme ; rdfs:label "drugs"@en .
drug:x a ag:Drug ; rdfs:label "x"@en .
drug:y a ag:Drug ; rdfs:label "y"@en ; skos:broader drug:x .
"""


@pytest.fixture(scope="module")
def nodes(whole):
    return Nodes(quad.triple for quad in whole)


def test_a_record_whose_class_is_a_kind_of_concept_is_one_in_the_scheme_of_its_kind():
    graph = NamedNode(f"{BASE}graph/drug/x")
    stated = [Quad(*triple, graph) for triple in parse_turtle(TEXT.encode(), "x.ttl").triples]
    derived = with_derived(stated)
    assert derived[: len(stated)] == tuple(stated)
    found = Nodes(quad.triple for quad in derived)
    assert found.of(f"{BASE}drug/x").iris(SKOS.topConceptOf) == (f"{BASE}drug",)
    assert found.of(f"{BASE}drug/y").iris(SKOS.topConceptOf) == ()
    assert found.of(f"{BASE}drug").iris(SKOS.hasTopConcept) == (f"{BASE}drug/x",)
    assert found.of(f"{BASE}drug/y").iris(SKOS.inScheme) == (f"{BASE}drug",)


def test_what_follows_stands_in_a_graph_of_its_own_and_nothing_is_said_twice(whole):
    curated = {quad.triple for quad in SNAPSHOT.loaded.quads}
    derived = [quad.triple for quad in whole if quad.graph_name.value == NAMED_GRAPH]
    assert derived
    assert max(Counter(derived).values()) == 1
    assert curated.isdisjoint(derived)


def test_each_concept_and_scheme_has_its_label_as_preferred_label(nodes):
    concepts = [*nodes.instances(SKOS.Concept), *nodes.instances(SKOS.ConceptScheme)]
    assert len(concepts) > 200
    for node in concepts:
        assert node.all(SKOS.prefLabel) == node.all(RDFS.label), node.iri


def test_each_scheme_has_top_concepts_which_say_so_too(nodes):
    for scheme in nodes.instances(SKOS.ConceptScheme):
        tops = scheme.iris(SKOS.hasTopConcept)
        assert tops, scheme.iri
        for top in tops:
            assert scheme.iri in nodes[top].iris(SKOS.topConceptOf)
            assert not nodes[top].all(SKOS.broader)


@pytest.mark.parametrize(
    "name", ["Condition", "Drug", "Procedure", "Target", "Outcome", "Statistic"]
)
def test_a_class_of_concepts_has_its_records_in_one_scheme(nodes, name):
    assert nodes.of(AG + name).iris(RDFS.subClassOf) == (SKOS.Concept,)
    for node in nodes.instances(name):
        assert node.iris(SKOS.inScheme) == (f"{BASE}{name.lower()}",)


def test_each_locator_of_a_held_text_reaches_the_text_that_it_points_into(nodes):
    """Web Annotation, section 4: a specific resource has one source and its selector."""
    places = nodes.instances(OA.SpecificResource)
    sources = {place.iri_of(OA.hasSelector): place.iri_of(OA.hasSource) for place in places}
    bearers = nodes.having("locator")
    assert len(bearers) > 200
    for bearer in bearers:
        report = (
            bearer.iri_of("report") or bearer.iri_of("disclosedIn") or bearer.iri.partition("#")[0]
        )
        for locator in bearer.iris("locator"):
            if nodes[locator].all("seenAt"):  # a cited place leads into no text
                assert locator not in sources
                continue
            assert sources[locator] == nodes[report].iri_of("heldAs")
            assert nodes[sources[locator]].value("fileName")


def test_each_doubted_node_has_the_keys_of_its_flags_and_of_its_findings(nodes):
    flagged = {node.iri: node.keys("flag") for node in nodes.having("flag")}
    found = defaultdict(set)
    for finding in nodes.instances(SH.ValidationResult):
        found[finding.iri_of(SH.focusNode)] |= finding.keys("rule")
    for name, wanted in (("flagKeys", flagged), ("findingKeys", found)):
        assert max(map(len, wanted.values())) > 1, name
        assert {node.iri: node.texts(name) for node in nodes.having(name)} == {
            iri: ["|".join(sorted(keys))] for iri, keys in wanted.items()
        }


def test_what_is_doubted_of_a_place_is_among_the_keys_of_what_stands_there():
    text = """
    PREFIX : <urn:x:> PREFIX ag: <https://w3id.org/allograph/ontology#>
    PREFIX flag: <https://w3id.org/allograph/flag/>
    :figure ag:flag flag:b ; ag:locator :place . :place ag:flag flag:a .
    """
    stated = [
        Quad(*triple, NamedNode("urn:x:g"))
        for triple in parse_turtle(text.encode(), "x.ttl").triples
    ]
    found = Nodes(quad.triple for quad in with_derived(stated))
    assert found.of("urn:x:figure").texts("flagKeys") == ["a|b"]
    assert found.of("urn:x:place").texts("flagKeys") == ["a"]
    assert not found.having("findingKeys")


def test_nothing_is_said_of_what_belongs_to_others(whole):
    subjects = {quad.subject.value for quad in whole}
    assert {iri for iri in subjects if not iri.startswith(BASE)} == set()


RESULTS = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX bound: <https://w3id.org/allograph/bound/>
PREFIX s: <https://w3id.org/allograph/study/s#>
s:share a ag:Result , ag:Proportion ; ag:value 92 .
s:months a ag:Result , ag:TimeToEvent ; ag:value 14.50 .
s:stated a ag:Result , ag:Proportion ; ag:value 92 ; ag:tolerance 0.05 .
s:count a ag:Result , ag:Count ; ag:value 44 .
s:bounded a ag:Result , ag:Proportion ; ag:value 90 ; ag:bound bound:more-than .
s:not-reached a ag:Result , ag:TimeToEvent .
s:mistyped a ag:Result , ag:Proportion ; ag:value "90%" .
s:ratio a ag:Comparison ; ag:value 0.71 .
"""


def test_a_tolerance_that_is_left_out_follows_from_the_digits_as_they_are_written():
    graph = NamedNode(f"{BASE}graph/study/s")
    stated = [Quad(*triple, graph) for triple in parse_turtle(RESULTS.encode(), "x.ttl").triples]
    found = Nodes(quad.triple for quad in with_derived(stated))
    assert {
        node.iri.partition("#")[2]: node.texts("tolerance") for node in found.having("tolerance")
    } == {
        "share": ["0.5"],
        "months": ["0.005"],
        "stated": ["0.05"],
    }
    evidence = read_evidence(quad.triple for quad in stated)
    for iri, result in evidence.results.items():
        assert (result.tolerance is None) == (not found.of(iri).all("tolerance")), iri
        assert result.tolerance is None or str(result.tolerance) in found.of(iri).texts("tolerance")


def test_each_side_of_a_discrepancy_is_flagged_though_nobody_wrote_it(nodes):
    (discrepancy,) = [
        node
        for node in nodes.instances("Discrepancy")
        if node.iri.endswith("/ino-vate-serious-vod")
    ]
    sides = [nodes.of(iri) for iri in discrepancy.iris("between")]
    assert len(sides) >= 2
    assert all("discrepancy" in node.keys("flag") for node in sides)
    assert all("discrepancy" in node.value("flagKeys").split("|") for node in sides)
    assert all("discrepancy" in node.value("findingKeys").split("|") for node in sides)
