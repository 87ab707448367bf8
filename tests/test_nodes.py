"""One index over triples, and one table of vocabularies."""

import ast
import copy
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

import allograph
from allograph.rdf.nodes import Node, Nodes
from allograph.rdf.vocabularies import AG, BY_PREFIX, DCTERMS, RDF, RDFS, SH

TURTLE = """
PREFIX ag:   <https://w3id.org/allograph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
<https://w3id.org/allograph/study/a> a ag:Study ; rdfs:label "A" ;
  ag:design <https://w3id.org/allograph/design/cohort> ; ag:size 12 , 13 .
<https://w3id.org/allograph/study/b> a ag:Study , ag:Other .
"""


@pytest.fixture
def nodes():
    return Nodes(quad.triple for quad in parse(TURTLE.encode(), RdfFormat.TURTLE))


def test_a_node_gives_its_values_in_their_order(nodes):
    node = nodes["https://w3id.org/allograph/study/a"]
    assert node.texts("size") == ["12", "13"]
    assert (node.value("size"), node.text("size"), node.text("design")) == ("12", "12", None)
    assert node.label == "A"
    assert node.key("design") == "cohort" and node.keys("design") == {"cohort"}
    assert set(node.properties()) == {RDF.type, RDFS.label, AG.design, AG["size"]}


def test_a_node_without_triples_has_no_values(nodes):
    nothing = nodes.of("urn:x")
    assert (nothing.iri, nothing.label, nothing.one("size")) == ("urn:x", "", None)
    assert "urn:x" not in nodes


def test_nodes_are_found_by_class_and_by_property(nodes):
    assert [node.iri[-1] for node in nodes.instances("Study")] == ["a", "b"]
    assert [node.iri[-1] for node in nodes.instances(AG.Other)] == ["b"]
    assert [node.iri[-1] for node in nodes.having("size")] == ["a"]


def test_who_wants_more_of_a_node_makes_it(nodes):
    class Other(Node):
        pass

    triples = (quad.triple for quad in parse(TURTLE.encode(), RdfFormat.TURTLE))
    assert all(type(node) is Other for node in Nodes(triples, Other).values())
    assert all(type(node) is Node for node in nodes.values())


def test_a_term_of_a_vocabulary_is_its_iri():
    assert SH.targetClass == "http://www.w3.org/ns/shacl#targetClass"
    assert DCTERMS["format"] == "http://purl.org/dc/terms/format"
    assert copy.copy(SH) == SH == "http://www.w3.org/ns/shacl#"
    assert SH.targetClass is SH.targetClass


def iris_in(path):
    """The texts of a module that are IRIs of a vocabulary of the table."""
    for part in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        text = part.value if isinstance(part, ast.Constant) else None
        if isinstance(text, str) and text.startswith(("ontology#", *BY_PREFIX.values())):
            yield f"{path.name}:{part.lineno}: {text}"


def test_the_iris_of_vocabularies_are_written_in_the_table_alone():
    # Pages have vocabularies as data, too: their names for people, what search engines read.
    shown = ("web", "reading", "drawings", "vocabularies.py")
    package = Path(allograph.__file__).parent
    paths = [path for path in package.rglob("*.py") if not set(path.parts) & set(shown)]
    assert len(paths) > 100
    assert [iri for path in paths for iri in iris_in(path)] == []


@pytest.mark.parametrize("prefix", BY_PREFIX)
def test_the_table_and_the_curated_files_mean_the_same_by_a_prefix(prefix, namespaces):
    assert dict(namespaces.items()).get(prefix, BY_PREFIX[prefix]) == BY_PREFIX[prefix]
