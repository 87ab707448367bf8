"""Loading: one named graph for each file, and a way back to file and line."""

import pytest
import rdflib
from rdflib.compare import isomorphic

from allograph.curated.snapshot import load, read_snapshot
from allograph.curated.sources import Part, Sources, named_graph
from allograph.errors import Location
from allograph.namespaces import BASE


def test_a_named_graph_is_called_after_its_file():
    assert named_graph("graph/study/ino-vate.ttl") == f"{BASE}graph/study/ino-vate"
    assert named_graph("ontology/schemes/flag.ttl") == f"{BASE}graph/ontology/schemes/flag"


def test_every_file_but_the_shapes_is_a_named_graph(small_checkout):
    loaded = load(small_checkout)
    graphs = {quad.graph_name.value for quad in loaded.quads}
    assert graphs == {
        named_graph(small_checkout.relative(path))
        for path in small_checkout.files(Part.ONTOLOGY, Part.GRAPH)
    }
    assert not any("shapes" in graph for graph in graphs)


@pytest.mark.slow
def test_the_dataset_holds_what_rdflib_reads_from_each_file(small_checkout):
    dataset = load(small_checkout).dataset
    for path in small_checkout.files(Part.GRAPH)[:20]:
        expected = rdflib.Graph().parse(path)
        graph = dataset.graph(rdflib.URIRef(named_graph(small_checkout.relative(path))))
        assert isomorphic(graph, expected)


def test_an_iri_leads_back_to_the_line_of_its_subject(small_checkout):
    path = small_checkout.graph / "study" / "ino-vate.ttl"
    line = path.read_text().splitlines().index("study:ino-vate") + 1
    assert load(small_checkout).location(f"{BASE}study/ino-vate") == Location(
        "graph/study/ino-vate.ttl", line
    )


def test_the_fingerprint_changes_with_every_byte_and_every_name(small_checkout):
    before = read_snapshot(small_checkout).digest
    path = small_checkout.graph / "drug" / "blinatumomab.ttl"
    path.write_text(path.read_text() + "\n")
    changed = read_snapshot(small_checkout).digest
    path.rename(path.with_name("other.ttl"))
    assert len({before, changed, read_snapshot(small_checkout).digest}) == 3


def test_the_fingerprint_does_not_depend_on_the_folder(small_checkout):
    before = read_snapshot(small_checkout).digest
    moved = small_checkout.root.rename(small_checkout.root.with_name("moved"))
    assert read_snapshot(Sources(moved)).digest == before
