"""Loading: one named graph for each file, and a way back to file and line."""

import rdflib
from rdflib.compare import isomorphic

from allograph.errors import Location
from allograph.load import load
from allograph.namespaces import BASE
from allograph.sources import Sources


def test_a_named_graph_is_called_after_its_file(checkout):
    assert checkout.named_graph(checkout.graph / "study" / "ino-vate.ttl") == (
        f"{BASE}graph/study/ino-vate"
    )
    assert checkout.named_graph(checkout.ontology / "schemes" / "flag.ttl") == (
        f"{BASE}graph/ontology/schemes/flag"
    )


def test_every_file_but_the_shapes_is_a_named_graph(checkout):
    loaded = load(checkout)
    graphs = {quad.graph_name.value for quad in loaded.quads}
    assert graphs == {checkout.named_graph(path) for path in checkout.turtle_files()}
    assert not any("shapes" in graph for graph in graphs)


def test_the_dataset_holds_what_rdflib_reads_from_each_file(checkout):
    dataset = load(checkout).dataset
    for path in checkout.graph_files()[:20]:
        expected = rdflib.Graph().parse(path)
        graph = dataset.graph(rdflib.URIRef(checkout.named_graph(path)))
        assert isomorphic(graph, expected)


def test_an_iri_leads_back_to_the_line_of_its_subject(checkout):
    path = checkout.graph / "study" / "ino-vate.ttl"
    line = path.read_text().splitlines().index("study:ino-vate") + 1
    assert load(checkout).location(f"{BASE}study/ino-vate") == Location(
        "graph/study/ino-vate.ttl", line
    )


def test_the_fingerprint_changes_with_every_byte_and_every_name(checkout):
    before = checkout.fingerprint()
    path = checkout.graph / "drug" / "blinatumomab.ttl"
    path.write_text(path.read_text() + "\n")
    changed = checkout.fingerprint()
    path.rename(path.with_name("other.ttl"))
    assert len({before, changed, checkout.fingerprint()}) == 3


def test_the_fingerprint_does_not_depend_on_the_folder(checkout):
    before = checkout.fingerprint()
    moved = checkout.root.rename(checkout.root.with_name("moved"))
    assert Sources(moved).fingerprint() == before
