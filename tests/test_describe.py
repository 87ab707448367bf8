"""The descriptions: computed, without blank nodes, and true."""

from dataclasses import replace

import pytest
import rdflib
from approve import QUESTIONS, SOURCES
from rdflib.namespace import DCAT, RDF, SH, VOID

from allograph.namespaces import BASE
from allograph.rdf.formats import FORMATS
from allograph.rdf.vocabularies import BY_PREFIX
from allograph.release.describe import DATASET, describe_examples, describe_service

SD = rdflib.Namespace(BY_PREFIX["sd"])
ENDPOINT = "http://127.0.0.1:8650/sparql"
GRAPH = f"{BASE}graph/study/ino-vate"


@pytest.fixture(scope="module")
def void(release):
    return rdflib.Graph().parse(release.void)


@pytest.fixture(scope="module")
def examples(release):
    return rdflib.Graph().parse(release.examples)


@pytest.fixture(scope="module")
def service():
    graph = rdflib.Graph()
    text = "\n".join(f"{triple} ." for triple in describe_service(ENDPOINT, [GRAPH]))
    return graph.parse(data=text, format="nt")


@pytest.mark.parametrize("name", ["void", "examples", "service"])
def test_no_node_is_blank(request, name):
    graph = request.getfixturevalue(name)
    assert not any(isinstance(term, rdflib.BNode) for triple in graph for term in triple)


def test_the_counts_are_those_of_the_graph(void, whole):
    triples = {quad.triple for quad in whole}
    dataset = rdflib.URIRef(DATASET)
    assert int(void.value(dataset, VOID.triples)) == len(triples)
    assert int(void.value(dataset, VOID.properties)) == len({t.predicate for t in triples})


def test_a_class_has_its_number_of_instances(void):
    study = rdflib.URIRef(f"{BASE}ontology#Study")
    partition = void.value(predicate=VOID["class"], object=study)
    assert int(void.value(partition, VOID.entities)) == len(list(SOURCES.graph.glob("study/*.ttl")))


def test_every_property_that_is_used_has_a_partition(void, whole):
    used = {quad.predicate.value for quad in whole}
    assert {str(term) for term in void.objects(None, VOID.property)} == used


def test_every_download_is_described_with_its_size(void, release):
    sizes = {
        str(void.value(node, DCAT.downloadURL)).rpartition("/")[2]: int(
            void.value(node, DCAT.byteSize)
        )
        for node in void.subjects(RDF.type, DCAT.Distribution)
    }
    expected = {name: file["bytes"] for name, file in release.manifest["exports"].items()}
    assert sizes == expected


def test_every_question_is_an_example_with_its_whole_text(examples):
    texts = {
        str(node).rpartition("/")[2]: str(examples.value(node, SH.select))
        for node in examples.subjects(RDF.type, SH.SPARQLSelectExecutable)
    }
    assert texts == {name: question.text for name, question in QUESTIONS.items()}


@pytest.mark.parametrize("form", ["select", "ask", "construct"])
def test_an_example_has_the_form_of_its_query(form):
    text = f"#+ title: select\nPREFIX a: # ask\n <x:a> {form.upper()} {{}}"
    question = replace(next(iter(QUESTIONS.values())), text=text)
    predicates = {triple.predicate.value for triple in describe_examples([question])}
    assert str(SH[form]) in predicates


def test_the_service_names_its_endpoint_formats_and_graphs(service):
    endpoint = rdflib.URIRef(ENDPOINT)
    assert service.value(endpoint, SD.endpoint) == endpoint
    assert {str(term) for term in service.objects(endpoint, SD.resultFormat)} == {
        format.iri for format in FORMATS if format.iri
    }
    assert list(service.objects(None, SD.name)) == [rdflib.URIRef(GRAPH)]
