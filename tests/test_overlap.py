"""Overlap of reviews: which review includes which study as data, and how much they repeat."""

from pathlib import Path

import pytest
from approve import QUESTIONS, SNAPSHOT
from hypothesis import given
from hypothesis import strategies as st

from allograph.curated.derived import with_derived
from allograph.namespaces import BASE
from allograph.rdf.nodes import Nodes
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import NamedNode, Quad
from allograph.rdf.turtle import parse_turtle
from allograph.reading.reader import Reader
from allograph.reading.reviews import read_reviews
from allograph.release import Release
from allograph.synthesis.overlap import covered_area, pairs

THREE = {
    "first": ["1", "2"],
    "second": ["2"],
    "third": ["1", "3"],
}
GRAPH = """
PREFIX ag:      <https://w3id.org/allograph/ontology#>
PREFIX basis:   <https://w3id.org/allograph/basis/>
PREFIX design:  <https://w3id.org/allograph/design/>
PREFIX family:  <https://w3id.org/allograph/family/>
PREFIX rdfs:    <http://www.w3.org/2000/01/rdf-schema#>
PREFIX report:  <https://w3id.org/allograph/report/>
PREFIX sharing: <https://w3id.org/allograph/sharing/>
PREFIX study:   <https://w3id.org/allograph/study/>
PREFIX tier:    <https://w3id.org/allograph/tier/>
PREFIX x:       <https://w3id.org/allograph/study/x#>
PREFIX y:       <https://w3id.org/allograph/study/y#>

study:x a ag:Study ; rdfs:label "X: a trial"@en ; ag:design design:randomised-trial .
study:y a ag:Study ; rdfs:label "Y: a cohort"@en .
study:across a ag:Study ; rdfs:label "Across two trials"@en ; ag:design design:indirect-comparison .
x:all a ag:StudyGroup ; rdfs:label "All"@en ; ag:study study:x .
x:cr a ag:Result ; rdfs:label "Remission"@en ; ag:study study:x ; ag:report report:tables .
y:cr a ag:Result ; rdfs:label "Remission"@en ; ag:study study:y ; ag:report report:article .
report:article a ag:Report ; rdfs:label "The article"@en ; ag:tier tier:primary .
report:tables a ag:Report ; rdfs:label "A review with tables"@en ; ag:tier tier:review .
report:names a ag:Report ; rdfs:label "A review that names them"@en ; ag:tier tier:review .
report:names-x a ag:Inclusion ; rdfs:label "X"@en ; ag:includesStudy study:x ;
  ag:report report:names ; ag:reportedAs "trial X" ; ag:locator report:names-at .
report:names-at a ag:CitedPlace ; ag:section "Table 1" .
report:names-y a ag:Inclusion ; rdfs:label "Y"@en ; ag:includesStudy study:y ;
  ag:report report:names .
family:f a ag:Family ; rdfs:label "F"@en .
family:same a ag:SharedPeople ; rdfs:label "All"@en ; ag:family family:f ;
  ag:sharing sharing:same ; ag:between x:all , study:across ; ag:basis basis:curated .
"""


def iri(key):
    return f"{BASE}{key}"


@pytest.fixture(scope="module")
def quads():
    graph = NamedNode(iri("graph/made-up"))
    triples = parse_turtle(GRAPH.encode(), "made.ttl").triples
    return with_derived(Quad(*triple, graph) for triple in triples)


@pytest.fixture(scope="module")
def reviewed(quads):
    store = OxigraphStore.in_memory(quads)
    reader = Reader(Release(Path()), store, QUESTIONS, SNAPSHOT.namespaces, is_release=False)
    return read_reviews(reader)


# The measure


def test_the_corrected_covered_area_is_of_repeats_among_those_that_could_be():
    area = covered_area(THREE)
    assert (area.inclusions, area.studies, area.reviews) == (5, 3, 3)
    assert area.corrected == pytest.approx((5 - 3) / (3 * 3 - 3))


@pytest.mark.parametrize(
    ("included", "corrected"),
    [
        ({"a": ["1", "2"], "b": ["3"]}, 0),
        ({"a": ["1", "2"], "b": ["2", "1"]}, 1),
        ({"a": ["1", "1"], "b": []}, 0),
    ],
)
def test_it_is_nothing_without_repeats_and_one_if_all_are_in_all(included, corrected):
    assert covered_area(included).corrected == corrected


@pytest.mark.parametrize("included", [{}, {"a": ["1"]}, {"a": [], "b": []}])
def test_where_nothing_can_overlap_there_is_no_number_and_a_reason(included):
    area = covered_area(included)
    assert area.corrected is None
    assert area.reason.endswith(".")


reviews = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=2), st.frozensets(st.integers(0, 8).map(str)), max_size=6
)


@given(reviews)
def test_it_lies_between_nothing_and_one_in_whatever_order_reviews_stand(included):
    area = covered_area(included)
    turned = covered_area(dict(reversed(included.items())))
    assert area == turned
    assert area.corrected is None or 0 <= area.corrected <= 1


@given(reviews)
def test_a_pair_of_reviews_has_what_both_include(included):
    for pair in pairs(included):
        assert pair.shared == included[pair.one] & included[pair.other] != frozenset()
        assert 0 < (pair.area.corrected or 0) <= 1


# The graph


def test_a_review_includes_what_it_names_and_what_it_prints_figures_of(quads):
    nodes = Nodes(quad.triple for quad in quads)
    of = {
        key: set(nodes.of(iri(f"report/{key}")).iris("includesStudy"))
        for key in ("names", "tables")
    }
    assert of == {"names": {iri("study/x"), iri("study/y")}, "tables": {iri("study/x")}}
    assert nodes.of(iri("report/article")).iris("includesStudy") == ()


def test_a_comparison_across_trials_includes_those_whose_people_it_counts_again(quads):
    nodes = Nodes(quad.triple for quad in quads)
    assert nodes.of(iri("study/across")).iris("includesStudy") == (iri("study/x"),)
    assert nodes.of(iri("study/x")).iris("includesStudy") == ()


def test_the_matrix_says_how_each_study_is_included(reviewed):
    assert [study.short for study in reviewed.studies] == ["X", "Y"]
    assert reviewed.how == {
        (iri("report/names"), iri("study/x")): "named",
        (iri("report/names"), iri("study/y")): "named",
        (iri("report/tables"), iri("study/x")): "1 figure",
        (iri("study/across"), iri("study/x")): "compared",
    }
    assert reviewed.times(reviewed.studies[0]) == 3
    assert (reviewed.area.inclusions, reviewed.area.studies, reviewed.area.reviews) == (4, 2, 3)
    assert reviewed.area.corrected == pytest.approx(0.5)


def test_each_inclusion_of_the_curated_graph_has_its_place():
    nodes = SNAPSHOT.loaded.nodes
    inclusions = nodes.instances("Inclusion")
    assert inclusions
    for node in inclusions:
        (place,) = node.iris("locator")
        assert node.value("reportedAs")
        assert nodes.of(place).value("seenAt") or nodes.of(place).value("sha256")
